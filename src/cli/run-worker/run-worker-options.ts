import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import * as z from 'zod/mini'
import { parseJson } from '../../base/json.ts'
import { check } from '../../base/validation.ts'
import { parseArguments, UsageError } from '../arguments.ts'
import { INSPECT_OPTIONS, type Inspect, readInspect } from '../inspect-options.ts'
import type { NamedInstructions } from '../make-renditions.ts'
import { STANDARD_OUTPUT } from '../standard-output.ts'

/** What `--help` prints. */
export const RUN_WORKER_USAGE = `Usage: npm run run-worker -- FILE RENDITION [options]

Runs a worker of the project in this folder on a file, as "aio asset-compute run-worker" does.

  FILE                   the source
  RENDITION              the file to write, whose extension is the fmt unless a parameter says another one; with --data a
                         folder; - for the standard output, with --param fmt
  -a, --action ACTION    the worker, by its name in manifest.yml; need not be given when there is only one
  -p, --param KEY VALUE  a parameter of the rendition (may be repeated)
  -P, --paramFile FILE   a JSON object of parameters of the rendition
  -d, --data JSON        all parameters, {"renditions": [...]}, for several renditions
      --json             print the outcome as JSON
      --inspect          run the worker under Node's inspector, for a debugger to attach to 127.0.0.1:9229; it is never ended
                         for the time that it takes then
      --inspect-brk      the same, and stop before its first line until one is attached
  -h, --help             print this

Exit status: 0 when all renditions were made, 1 otherwise.`

/** What the command was asked to do. */
export interface RunWorkerOptions {
  readonly file: string
  readonly action: string | undefined
  readonly renditions: readonly NamedInstructions[]
  /** The folder for the renditions, or {@link STANDARD_OUTPUT} for the only one. */
  readonly out: string
  readonly json: boolean
  /** How the worker is debugged, if it is. */
  readonly inspect: Inspect | undefined
}

const dataSchema = z.looseObject(
  {
    renditions: z
      .array(
        z.looseObject(
          { name: z.optional(z.string({ error: 'a file name' })) },
          { error: 'an object' },
        ),
        { error: 'an array of renditions' },
      )
      .check(z.minLength(1, { error: 'an array of at least one rendition' })),
  },
  { error: 'a JSON object with renditions' },
)

const paramsSchema = z.record(z.string(), z.unknown(), { error: 'a JSON object of parameters' })

/**
 * Reads the command line.
 *
 * @returns the options, or `'help'`
 * @throws {UsageError}
 */
export function readRunWorkerOptions(args: string[]): RunWorkerOptions | 'help' {
  const { values, positionals, params } = parse(args)
  if (values.help === true) return 'help'
  const [file, rendition, third] = positionals
  if (file === undefined || rendition === undefined) {
    throw new UsageError(`There must be a FILE and a RENDITION.\n\n${RUN_WORKER_USAGE}`)
  }
  if (third !== undefined)
    throw new UsageError(`${third} is neither FILE nor RENDITION; --help tells the options.`)
  if (!existsSync(file)) throw new UsageError(`${file}: there is no such file.`)
  if (!statSync(file).isFile()) throw new UsageError(`${file}: this is not a file.`)

  const { action, data, paramFile, json = false } = values
  const inspect = readInspect(values)
  if (data === undefined) {
    const given = { ...(paramFile === undefined ? {} : readParamFile(paramFile)), ...params }
    if (rendition === STANDARD_OUTPUT) {
      return { file, action, renditions: [piped(given, json)], out: rendition, json, inspect }
    }
    const renditions = [named(given, rendition)]
    return { file, action, renditions, out: path.dirname(rendition), json, inspect }
  }
  if (paramFile !== undefined || Object.keys(params).length > 0) {
    throw new UsageError(
      '--data has all parameters; --param and --paramFile cannot be given as well.',
    )
  }
  if (rendition === STANDARD_OUTPUT) {
    throw new UsageError('With --data, RENDITION must be a folder, and not the standard output.')
  }
  if (existsSync(rendition) && !statSync(rendition).isDirectory()) {
    throw new UsageError(`With --data, RENDITION must be a folder, but ${rendition} is not.`)
  }
  return { file, action, renditions: readData(data), out: rendition, json, inspect }
}

/** Before a word that parseArgs is not to take for an option; no word of a command line has it. */
const MARK = '\0'

/** A negative number is the value of the key before it, and no option. */
function markNegative(word: string, at: number, words: readonly string[]): string {
  const isValue = /^-\.?\d/.test(word) && words[at - 1]?.startsWith('-') === false
  return isValue ? MARK + word : word
}

function parse(args: string[]) {
  const config = {
    args: args.map(markNegative),
    allowPositionals: true,
    tokens: true,
    options: {
      action: { type: 'string', short: 'a' },
      param: { type: 'string', short: 'p', multiple: true },
      paramFile: { type: 'string', short: 'P' },
      data: { type: 'string', short: 'd' },
      json: { type: 'boolean' },
      ...INSPECT_OPTIONS,
      help: { type: 'boolean', short: 'h' },
    },
  } as const satisfies Parameters<typeof parseArgs>[0]
  const { values, tokens } = parseArguments(config)
  // A --param takes a key and a value, and once FILE and RENDITION are there, any number of such pairs.
  const positionals: string[] = []
  const words: string[] = []
  let inParam = false
  for (const token of tokens) {
    if (token.kind === 'option') {
      inParam = token.name === 'param'
      if (inParam && token.value !== undefined) words.push(token.value)
    } else if (token.kind === 'positional') {
      const isWord = inParam && (words.length % 2 === 1 || positionals.length >= 2)
      const list = isWord ? words : positionals
      list.push(token.value.replace(MARK, ''))
    }
  }
  return { values, positionals, params: readPairs(words) }
}

function readPairs(words: readonly string[]): Record<string, string> {
  const params: Record<string, string> = {}
  for (let at = 0; at < words.length; at += 2) {
    const [key = '', value] = words.slice(at, at + 2)
    if (value === undefined) {
      throw new UsageError(`--param ${key}: there is no value; it must be --param KEY VALUE.`)
    }
    params[key] = value
  }
  return params
}

function readParamFile(file: string): Record<string, unknown> {
  if (!existsSync(file)) throw new UsageError(`--paramFile ${file}: there is no such file.`)
  const checked = check(paramsSchema, parseJson(readFileSync(file, 'utf8')), 'The file')
  if (!checked.ok) throw new UsageError(`--paramFile ${file}: ${checked.message}`)
  return checked.value
}

function readData(data: string): NamedInstructions[] {
  const checked = check(dataSchema, parseJson(data), 'It')
  if (!checked.ok) throw new UsageError(`--data: ${checked.message}`)
  // Names with folders would lead out of the one that was named.
  const renditions = checked.value.renditions.map((rendition, index) => ({
    ...rendition,
    name: path.basename(rendition.name ?? `rendition${index}`),
  }))
  const names = renditions.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined)
    throw new UsageError(`--data: two renditions have the name ${JSON.stringify(twice)}.`)
  return renditions
}

/** @throws {UsageError} when nothing says what goes to the standard output, or something else does too */
function piped(params: Record<string, unknown>, json: boolean): NamedInstructions {
  if (json) throw new UsageError('- writes the rendition where --json writes the outcome.')
  const { fmt } = params
  if (typeof fmt !== 'string') {
    throw new UsageError('- has no extension that says the format; --param fmt png does.')
  }
  return { ...params, fmt, name: `rendition.${fmt}` }
}

function named(params: Record<string, unknown>, rendition: string): NamedInstructions {
  const fmt = path.extname(rendition).slice(1)
  return { ...(fmt === '' ? {} : { fmt }), ...params, name: path.basename(rendition) }
}
