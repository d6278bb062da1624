import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod/mini'
import { parseJson } from '../base/json.ts'
import { check } from '../base/validation.ts'

/**
 * A case as `aio asset-compute test-worker` knows it: a folder of a source (`file.*`), the instructions of one rendition
 * (`params.json`) and either that rendition (`rendition.*`) or, in the params, the `errorReason` with which it fails.
 */
export interface ReadyCase {
  readonly state: 'ready'
  /** Action and folder, such as `worker/width-only`. */
  readonly name: string
  readonly action: string
  readonly folder: string
  /** The path of the source. */
  readonly source: string
  /** Without `errorReason`, and with the format of the expected rendition when they give none. */
  readonly instructions: Readonly<Record<string, unknown>>
  /** The path of the expected rendition. */
  readonly rendition: string | undefined
  readonly errorReason: string | undefined
  /** The path of the program that compares renditions of this case. */
  readonly validate: string | undefined
  /** The paths of `mock-HOST.json`: what those hosts answer while the case runs. */
  readonly mocks: readonly string[]
  /** The names of the other files, which the instructions may use. */
  readonly files: readonly string[]
}

/** A folder that is no case which could be run, and why. */
export interface UnfitCase {
  readonly state: 'skipped' | 'invalid'
  readonly name: string
  readonly action: string
  readonly reason: string
}

const paramsSchema = z.looseObject(
  { errorReason: z.optional(z.string({ error: 'a reason such as "SourceCorrupt"' })) },
  { error: 'a JSON object of instructions' },
)

/** The actions that have cases: the names of the folders in `folder`; none when it does not exist. */
export function actionsWithCases(folder: string): string[] {
  return existsSync(folder) ? foldersIn(folder) : []
}

/** Reads the cases of an action: the folders in `folder`, by their names. */
export function readCases(folder: string): (ReadyCase | UnfitCase)[] {
  return foldersIn(folder).map((name) => readCase(path.join(folder, name)))
}

/** Reads the cases of all actions: `folder` has a folder for each action, and that one for each case. */
export function readAllCases(folder: string): (ReadyCase | UnfitCase)[] {
  return actionsWithCases(folder).flatMap((action) => readCases(path.join(folder, action)))
}

/**
 * Reads a case by the names of its action and of itself. They are only compared with the names of folders, so that none
 * leads out of `folder`.
 *
 * @returns undefined when there is no such case
 */
export function findCase(
  folder: string,
  action: string,
  name: string,
): ReadyCase | UnfitCase | undefined {
  if (!actionsWithCases(folder).includes(action)) return undefined
  const cases = path.join(folder, action)
  return foldersIn(cases).includes(name) ? readCase(path.join(cases, name)) : undefined
}

/** Whether a case can be run. */
export function isReady(each: ReadyCase | UnfitCase): each is ReadyCase {
  return each.state === 'ready'
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .toSorted()
}

/** @returns undefined when it is no JSON, or a link to nothing or to what is no file, such as a device without an end */
function readJson(file: string): unknown {
  const isFile = existsSync(file) && statSync(file).isFile()
  return isFile ? parseJson(readFileSync(file, 'utf8')) : undefined
}

/** Reads a case. */
export function readCase(folder: string): ReadyCase | UnfitCase {
  const action = path.basename(path.dirname(folder))
  const name = `${action}/${path.basename(folder)}`
  const unfit = (state: UnfitCase['state'], reason: string) => ({ state, name, action, reason })

  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .toSorted()
  const source = names.find((each) => each.startsWith('file'))
  if (source === undefined) return unfit('skipped', 'no test input file found')
  const rendition = names.find((each) => each.startsWith('rendition.'))
  const link = [source, rendition].find((each) => each?.endsWith('.link'))
  if (link !== undefined) {
    return unfit('invalid', `${link} names a file in S3; put the file itself into the case`)
  }

  const params = names.includes('params.json')
    ? check(paramsSchema, readJson(path.join(folder, 'params.json')), 'The file')
    : { ok: true as const, value: {} }
  if (!params.ok) return unfit('invalid', `params.json: ${params.message}`)
  const { errorReason, ...given }: z.infer<typeof paramsSchema> = params.value
  if (errorReason !== undefined && rendition !== undefined) {
    const both = `expects an error ('errorReason' in params.json) and a rendition (${rendition})`
    return unfit('invalid', `Invalid test case '${path.basename(folder)}': ${both}`)
  }

  // As in the original, the format is that of the expected rendition, unless the params name one.
  const fmt = rendition === undefined ? {} : { fmt: path.extname(rendition).slice(1) }
  const validate = names.find((each) => each === 'validate')
  const mocks = names.filter((each) => /^mock-.+\.json$/.test(each))
  const special = new Set([source, rendition, validate, 'params.json', ...mocks])
  return {
    state: 'ready',
    name,
    action,
    folder,
    source: path.join(folder, source),
    instructions: { ...fmt, ...given },
    rendition: rendition && path.join(folder, rendition),
    errorReason,
    validate: validate && path.join(folder, validate),
    mocks: mocks.map((each) => path.join(folder, each)),
    files: names.filter((each) => !special.has(each)),
  }
}
