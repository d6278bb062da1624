import { existsSync } from 'node:fs'
import { basename, dirname, extname } from 'node:path'
import { findUnknownMembers } from '../../base/unknown-members.ts'
import { convertOptions } from '../../doors/jobs/operations/convert-options.ts'
import { parseArguments, UsageError } from '../arguments.ts'
import { readConcurrency } from '../concurrency.ts'
import { findFiles, tellLeftOut } from '../given-files/find-files.ts'
import { KNOWN_FILES } from '../given-files/known-files.ts'
import type { FilesCall } from '../make-files.ts'
import { STANDARD_OUTPUT } from '../standard-output.ts'
import { CONVERT_USAGE } from './usage.ts'

/** What `npm run convert` was asked to do. */
export interface ConvertCall extends FilesCall {
  /** The options of the task, as the API takes them. */
  payload: Readonly<Record<string, string>>
  force: boolean
  concurrency: number
  url: string | undefined
  key: string | undefined
  /** A sentence each about options that there are not, as the service says it too. */
  unknownOptions: readonly string[]
}

/** Options of the task that have a flag of their own. */
const FLAGS = ['width', 'height', 'fit', 'quality', 'pages'] as const

/** What the command says of a task itself. */
const OWN: ReadonlySet<string> = new Set(['operation', 'input', 'output_format'])

/**
 * Reads the command line.
 *
 * @returns what to do, or `'help'`
 * @throws {UsageError}
 */
export function readConvertCall(args: string[]): ConvertCall | 'help' {
  const { values, positionals } = parse(args)
  if (values.help === true) return 'help'
  if (positionals.length === 0) throw new UsageError(`There is no file.\n\n${CONVERT_USAGE}`)
  const made = values.to === undefined ? readMade(positionals, values) : undefined
  const subjects = made === undefined ? positionals : positionals.slice(0, 1)
  if (made === undefined && values.to === undefined) checkUnnamed(positionals)
  const { files: sources, leftOut } = findFiles(subjects, { meant: KNOWN_FILES })
  const to = values.to ?? made?.to
  if (to === undefined) {
    throw new UsageError(
      '--to must tell the format, such as --to jpg; of one file, the name of what is made of it may, as in: a.png b.jpg',
    )
  }
  const payload = new Map<string, string>([['output_format', to]])
  if (made !== undefined) payload.set('filename', made.filename)
  for (const flag of FLAGS) {
    const value = values[flag]
    if (value !== undefined) payload.set(flag, value)
  }
  for (const option of values.option ?? []) {
    const [name, value] = parseOption(option)
    if (OWN.has(name)) {
      throw new UsageError(
        `--option ${option}: ${name} is not to be chosen here; --to tells the format.`,
      )
    }
    if (payload.has(name)) throw new UsageError(`--option ${option}: ${name} is given twice.`)
    payload.set(name, value)
  }
  const out = values.out ?? made?.out ?? '.'
  const json = values.json === true
  if (out === STANDARD_OUTPUT) checkOnlyOne(sources.length, json)
  const options = Object.fromEntries(payload)
  const unknown = findUnknownMembers(options, Object.keys(convertOptions.def.shape))
  return {
    sources,
    payload: options,
    out,
    force: values.force === true,
    concurrency: readConcurrency(values.concurrency),
    quiet: values.quiet === true,
    json,
    url: values.url,
    key: values.key,
    remarks: [
      ...tellLeftOut(leftOut, KNOWN_FILES),
      ...unknown.map(({ message }) => `--option ${message}`),
    ],
    unknownOptions: unknown.map(({ message }) => message),
  }
}

function checkOnlyOne(sources: number, json: boolean): void {
  if (json) throw new UsageError('--out - writes the file where --json writes the outcome.')
  if (sources === 1) return
  throw new UsageError(`--out - is for one file that is made of one, but there are ${sources}.`)
}

/** @throws {UsageError} when the last of several is as if it were to be made of the others, and cannot be */
function checkUnnamed(paths: readonly string[]): void {
  const [first = '', ...others] = paths
  const last = others.at(-1)
  if (last === undefined) return
  if (!existsSync(last)) {
    const how =
      others.length > 1
        ? '--to tells the format of several files, as in: a.png b.png --to jpg'
        : `to be made of ${basename(first)}, its name must end in a format, as in: a.png b.jpg`
    throw new UsageError(`${last}: there is no such file; ${how}`)
  }
  if (others.length === 1 && extname(first).toLowerCase() !== extname(last).toLowerCase()) {
    throw new UsageError(
      `${last} is there already; --force overwrites it, or --to tells the format to make of both files.`,
    )
  }
}

/** The file that is to be made, when it is named behind the only source: `a.mov b.mp4`. */
function readMade(
  [, path, ...others]: readonly string[],
  { out, force = false }: { readonly out?: string; readonly force?: boolean },
): { to: string; filename: string; out: string } | undefined {
  if (path === undefined || others.length > 0 || out !== undefined) return undefined
  // Two files that are there are two files to be converted.
  if (existsSync(path) && !force) return undefined
  const to = extname(path).slice(1).toLowerCase()
  return to === '' ? undefined : { to, filename: basename(path), out: dirname(path) }
}

function parseOption(text: string): [name: string, value: string] {
  const separator = text.indexOf('=')
  if (separator < 1) throw new UsageError(`--option ${text}: it must be NAME=VALUE.`)
  return [text.slice(0, separator), text.slice(separator + 1)]
}

function parse(args: string[]) {
  return parseArguments({
    args,
    allowPositionals: true,
    options: {
      to: { type: 'string' },
      out: { type: 'string' },
      force: { type: 'boolean' },
      concurrency: { type: 'string' },
      quiet: { type: 'boolean' },
      width: { type: 'string' },
      height: { type: 'string' },
      fit: { type: 'string' },
      quality: { type: 'string' },
      pages: { type: 'string' },
      option: { type: 'string', multiple: true },
      json: { type: 'boolean' },
      url: { type: 'string' },
      key: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
}
