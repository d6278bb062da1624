import { findUnknownInstructions } from '../../contract/instructions/unknown-instructions.ts'
import { parseArguments, UsageError } from '../arguments.ts'
import { readConcurrency } from '../concurrency.ts'
import { findFiles, tellLeftOut } from '../given-files/find-files.ts'
import { PICTURES_AND_DOCUMENTS } from '../given-files/known-files.ts'
import type { FilesCall } from '../make-files.ts'
import type { NamedInstructions } from '../make-renditions.ts'
import { STANDARD_OUTPUT } from '../standard-output.ts'
import { AEM_PROFILE, parseRendition, readProfile } from './renditions.ts'
import { PROCESS_USAGE } from './usage.ts'

/** What the command was asked to do. */
export interface ProcessOptions extends FilesCall {
  readonly renditions: readonly NamedInstructions[]
  readonly concurrency: number
  /** A service that runs; undefined to start one. */
  readonly url: string | undefined
}

/**
 * Reads the command line.
 *
 * @returns the options, or `'help'`
 * @throws {UsageError}
 */
export function readProcessOptions(args: string[]): ProcessOptions | 'help' {
  const { values, positionals } = parse(args)
  if (values.help === true) return 'help'
  if (positionals.length === 0) throw new UsageError(`There is no source.\n\n${PROCESS_USAGE}`)
  if (values.url !== undefined && URL.parse(values.url)?.protocol !== 'https:') {
    throw new UsageError(`--url must be an https:// URL, but it is ${JSON.stringify(values.url)}.`)
  }
  const { out = 'renditions' } = values
  const found = findFiles(positionals, { meant: PICTURES_AND_DOCUMENTS, except: out })
  const renditions = readRenditions(values)
  const json = values.json === true
  if (out === STANDARD_OUTPUT) checkOnlyOne(found.files.length, renditions.length, json)
  return {
    sources: found.files,
    renditions,
    out,
    concurrency: readConcurrency(values.concurrency),
    quiet: values.quiet === true,
    json,
    url: values.url?.replace(/\/+$/, ''),
    remarks: [
      ...tellLeftOut(found.leftOut, PICTURES_AND_DOCUMENTS),
      ...renditions.flatMap(tellUnknown),
    ],
  }
}

function readRenditions({
  profile,
  rendition = [],
}: {
  profile?: string
  rendition?: string[]
}): readonly NamedInstructions[] {
  const named = profile ?? (rendition.length === 0 ? AEM_PROFILE : undefined)
  const renditions = [
    ...(named === undefined ? [] : readProfile(named)),
    ...rendition.map(parseRendition),
  ]
  const names = renditions.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice === undefined) return renditions
  throw new UsageError(
    `Two renditions have the name ${JSON.stringify(twice)}, and the second file would replace the first.`,
  )
}

function checkOnlyOne(sources: number, renditions: number, json: boolean): void {
  if (json) throw new UsageError('--out - writes the rendition where --json writes the outcome.')
  if (sources === 1 && renditions === 1) return
  throw new UsageError(
    `--out - is for one rendition of one source, but there are ${renditions} of ${sources}; --rendition tells the one.`,
  )
}

function tellUnknown(rendition: NamedInstructions): string[] {
  return findUnknownInstructions(rendition).map(({ message }) => `${rendition.name}: ${message}`)
}

function parse(args: string[]) {
  return parseArguments({
    args,
    allowPositionals: true,
    options: {
      rendition: { type: 'string', multiple: true },
      profile: { type: 'string' },
      out: { type: 'string' },
      concurrency: { type: 'string' },
      quiet: { type: 'boolean' },
      json: { type: 'boolean' },
      url: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
}
