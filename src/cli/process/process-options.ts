import { parseArguments, UsageError } from '../arguments.ts'
import { checkFile } from '../files-of-call.ts'
import type { NamedInstructions } from '../make-renditions.ts'
import { AEM_PROFILE, parseRendition, readProfile } from './renditions.ts'
import { PROCESS_USAGE } from './usage.ts'

/** What the command was asked to do. */
export interface ProcessOptions {
  sources: string[]
  renditions: readonly NamedInstructions[]
  out: string
  json: boolean
  /** A service that runs; undefined to start one. */
  url: string | undefined
}

/**
 * Reads the command line.
 *
 * @returns the options, or `'help'`
 * @throws {UsageError}
 */
export function readProcessOptions(args: string[]): ProcessOptions | 'help' {
  const { values, positionals: sources } = parse(args)
  if (values.help === true) return 'help'
  if (sources.length === 0) throw new UsageError(`There is no source.\n\n${PROCESS_USAGE}`)
  sources.forEach(checkFile)
  if (values.url !== undefined && URL.parse(values.url)?.protocol !== 'https:') {
    throw new UsageError(`--url must be an https:// URL, but it is ${JSON.stringify(values.url)}.`)
  }
  const profile = values.profile ?? (values.rendition === undefined ? AEM_PROFILE : undefined)
  const renditions = [
    ...(profile === undefined ? [] : readProfile(profile)),
    ...(values.rendition ?? []).map(parseRendition),
  ]
  const names = renditions.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined)
    throw new UsageError(`Two renditions have the name ${JSON.stringify(twice)}.`)
  return {
    sources,
    renditions,
    out: values.out ?? 'renditions',
    json: values.json === true,
    url: values.url?.replace(/\/+$/, ''),
  }
}

function parse(args: string[]) {
  return parseArguments({
    args,
    allowPositionals: true,
    options: {
      rendition: { type: 'string', multiple: true },
      profile: { type: 'string' },
      out: { type: 'string' },
      json: { type: 'boolean' },
      url: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
}
