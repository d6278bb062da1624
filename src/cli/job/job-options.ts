import { readFileSync } from 'node:fs'
import { isRecord, parseJson } from '../../base/json.ts'
import { parseArguments, UsageError } from '../arguments.ts'
import { checkFile } from '../files-of-call.ts'
import { STANDARD_OUTPUT } from '../standard-output.ts'
import { JOB_USAGE } from './usage.ts'

/** What `npm run job` was asked to do. */
export interface JobCall {
  /** As `POST /jobs` takes it. */
  body: Readonly<Record<string, unknown>>
  /** The files to upload, by the names of their tasks. */
  inputs: ReadonlyMap<string, string>
  /** A folder, or {@link STANDARD_OUTPUT}. */
  out: string
  force: boolean
  /** Whether nothing is printed but what is wrong. */
  quiet: boolean
  json: boolean
  url: string | undefined
  key: string | undefined
}

/**
 * Reads the command line, and the job.
 *
 * @returns what to do, or `'help'`
 * @throws {UsageError}
 */
export function readJobCall(args: string[]): JobCall | 'help' {
  const { values, positionals } = parse(args)
  if (values.help === true) return 'help'
  const [file, another] = positionals
  if (file === undefined) throw new UsageError(`There is no job.\n\n${JOB_USAGE}`)
  if (another !== undefined) {
    throw new UsageError(`There must be one job, but ${another} would be another.`)
  }
  checkFile(file)
  const body = parseJson(readFileSync(file, 'utf8'))
  if (body === undefined) throw new UsageError(`${file}: a job must be JSON, and this is none.`)
  if (!isRecord(body))
    throw new UsageError(`${file}: a job must be a JSON object, and this is none.`)
  const inputs = readInputs(values.input ?? [])
  checkInputs(body, inputs)
  const { out = '.', json = false, force = false, quiet = false } = values
  if (out === STANDARD_OUTPUT && json) {
    throw new UsageError('--out - writes the file where --json writes the outcome.')
  }
  return {
    body,
    inputs,
    out,
    force,
    quiet,
    json,
    url: values.url,
    key: values.key,
  }
}

function readInputs(texts: readonly string[]): Map<string, string> {
  const inputs = new Map<string, string>()
  for (const text of texts) {
    const separator = text.indexOf('=')
    if (separator < 1) throw new UsageError(`--input ${text}: it must be TASK=FILE.`)
    const task = text.slice(0, separator)
    const file = text.slice(separator + 1)
    if (inputs.has(task)) throw new UsageError(`--input ${text}: ${task} has a file already.`)
    checkFile(file)
    inputs.set(task, file)
  }
  return inputs
}

/** A task that nobody uploads to would wait for hours, and a file without a task would go nowhere. */
function checkInputs(body: JobCall['body'], inputs: JobCall['inputs']): void {
  const { tasks } = body
  const uploads = Object.entries(isRecord(tasks) ? tasks : {})
    .filter(([, task]) => isRecord(task) && task['operation'] === 'import/upload')
    .map(([name]) => name)
  for (const name of inputs.keys()) {
    if (uploads.includes(name)) continue
    const right = uploads.length === 0 ? 'the job has none' : `the job has ${uploads.join(', ')}`
    throw new UsageError(`--input ${name}: it must be a task import/upload; ${right}.`)
  }
  const missing = uploads.find((name) => !inputs.has(name))
  if (missing !== undefined) {
    throw new UsageError(
      `The task ${missing} waits for a file; give it with --input ${missing}=FILE.`,
    )
  }
}

function parse(args: string[]) {
  return parseArguments({
    args,
    allowPositionals: true,
    options: {
      input: { type: 'string', multiple: true },
      out: { type: 'string' },
      force: { type: 'boolean' },
      quiet: { type: 'boolean' },
      json: { type: 'boolean' },
      url: { type: 'string' },
      key: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
}
