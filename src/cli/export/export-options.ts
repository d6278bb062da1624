import { parseArguments, UsageError } from '../arguments.ts'
import { readCompany, readOrigin } from '../scene7/service-options.ts'
import { STANDARD_OUTPUT } from '../standard-output.ts'
import { EXPORT_USAGE } from './usage.ts'

/** What `npm run export` was asked to do. */
export interface ExportCall {
  /** Names, patterns and folders. */
  readonly subjects: readonly string[]
  /** Whether these are files of this machine, and not assets. */
  readonly isOfFiles: boolean
  /** A folder, or {@link STANDARD_OUTPUT}. */
  readonly out: string
  readonly fmt: 'orig' | 'convert'
  readonly macro: string | undefined
  readonly modifier: string | undefined
  /** Of the job. */
  readonly name: string
  readonly force: boolean
  readonly quiet: boolean
  readonly json: boolean
  /** Undefined for that of scene7.env. */
  readonly company: string | undefined
  /** The origin of a service; undefined for that of the state folder. */
  readonly url: string | undefined
}

/**
 * Reads the command line.
 *
 * @returns the call, or `'help'`
 * @throws {UsageError}
 */
export function readExportCall(args: string[]): ExportCall | 'help' {
  const { values, positionals: subjects } = parse(args)
  if (values.help === true) return 'help'
  const isOfFiles = values.files === true
  if (subjects.length === 0) {
    throw new UsageError(`It needs ${isOfFiles ? 'FILES' : 'ASSETS'} to export.\n\n${EXPORT_USAGE}`)
  }
  const { macro, modifier } = values
  const isConversion = macro !== undefined || modifier !== undefined
  const fmt = readFormat(values.fmt ?? (isConversion ? 'convert' : 'orig'))
  if (fmt === 'convert' && !isConversion) {
    throw new UsageError('--fmt convert needs --macro or --modifier, which say what to convert to.')
  }
  if (fmt === 'orig' && isConversion) {
    throw new UsageError('--fmt orig exports files as they are, without --macro and --modifier.')
  }
  const { out = '.', json = false } = values
  if (out === STANDARD_OUTPUT && json) {
    throw new UsageError('--out - writes the file where --json writes the outcome.')
  }
  return {
    subjects,
    isOfFiles,
    out,
    fmt,
    macro,
    modifier,
    name: values.name ?? 'npm run export',
    force: values.force === true,
    quiet: values.quiet === true,
    json,
    company: readCompany(values.company),
    url: readOrigin(values.url),
  }
}

function readFormat(text: string): ExportCall['fmt'] {
  if (text === 'orig' || text === 'convert') return text
  throw new UsageError(`--fmt must be orig or convert, but it is ${JSON.stringify(text)}.`)
}

function parse(args: string[]) {
  return parseArguments({
    args,
    allowPositionals: true,
    options: {
      files: { type: 'boolean' },
      out: { type: 'string' },
      macro: { type: 'string' },
      modifier: { type: 'string' },
      fmt: { type: 'string' },
      name: { type: 'string' },
      force: { type: 'boolean' },
      quiet: { type: 'boolean' },
      json: { type: 'boolean' },
      company: { type: 'string' },
      url: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
}
