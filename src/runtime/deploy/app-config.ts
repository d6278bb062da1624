import { existsSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod/mini'
import { isRecord } from '../../base/json.ts'
import { check, findProblems } from '../../base/validation.ts'
import { findLine, formatPlace, type Lines, readYaml } from './yaml-file.ts'

/**
 * The configuration of an App Builder project, as `aio` reads it (@adobe/aio-cli-lib-app-config, src/index.js). That loader itself
 * knows no folder but the current one, reads the configuration and the login of the user besides, and tells mistakes as pages of
 * JSON.
 */
export const APP_CONFIG = 'app.config.yaml'

/** The manifest of projects from before there were extensions; elsewhere it is that of the application. */
export const MANIFEST = 'manifest.yml'

const INCLUDE = '$include'

/** A part of a project that has actions: its application, or an extension. */
export interface AppPart {
  /** `application`, or the name of the extension, such as `dx/asset-compute/worker/1`. */
  readonly name: string
  /** The file that it is in, relative to the project. */
  readonly file: string
  /** What the file has below `runtimeManifest`, with absolute paths; or the whole of a `manifest.yml`, as it is. */
  readonly manifest: unknown
  /** What the manifest is a member of, or is itself; and where what is in there is written. */
  readonly root: unknown
  readonly lines: Lines
  /** Whether the manifest is a file of its own, rather than a member of the configuration. */
  readonly isFile: boolean
  /** The folder of its tests, as an absolute path; it need not exist. */
  readonly tests: string
}

const partSchema = z.nullish(z.record(z.string(), z.unknown(), { error: 'an object' }))

const configSchema = z.looseObject(
  {
    application: partSchema,
    extensions: z.nullish(
      z.record(z.string(), partSchema, { error: 'an object of extensions by name' }),
    ),
  },
  { error: 'an object with application or extensions' },
)

const includeSchema = z.object({ [INCLUDE]: z.string({ error: 'the path of a file' }) })

/**
 * The folder of the project that a folder belongs to; undefined when it is in none. A `manifest.yml` without a `package.json`
 * beside it may be one that a configuration further up includes.
 */
export function findProject(folder: string): string | undefined {
  const has = (...names: readonly string[]) =>
    foldersUp(folder).find((each) => names.every((name) => existsSync(path.join(each, name))))
  const roots = [has(APP_CONFIG), has(MANIFEST, 'package.json')].filter(
    (each) => each !== undefined,
  )
  // Both are above the folder, so the longer path is nearer to it.
  return roots.toSorted((one, other) => other.length - one.length)[0] ?? has(MANIFEST)
}

function foldersUp(folder: string): string[] {
  const above = path.dirname(folder)
  return above === folder ? [folder] : [folder, ...foldersUp(above)]
}

/**
 * Reads the parts of a project that have actions: first its application, then its extensions.
 *
 * @param project - the folder of its `app.config.yaml`, or of its `manifest.yml`
 * @throws {Error} one sentence naming the file that is wrong, and the line
 */
export function readAppParts(project: string): AppPart[] {
  const lines: Lines = new Map()
  const { application, extensions } = existsSync(path.join(project, APP_CONFIG))
    ? readConfig(project, lines)
    : { application: undefined, extensions: [] }
  const own = application && readPart('application', application, { project, lines })
  return [
    own ?? readLegacy(project, lines, application?.node),
    ...extensions.map(([name, part]) => part && readPart(name, part, { project, lines })),
  ].filter((part) => part !== undefined)
}

/** An object of a configuration, and the file that has its first member, by which `aio` tells where its folders are. */
interface Located {
  readonly node: Record<string, unknown>
  readonly file: string
}

function readConfig(
  project: string,
  lines: Lines,
): {
  application: Located | undefined
  extensions: readonly (readonly [name: string, part: Located | undefined])[]
} {
  const content = readYaml(path.join(project, APP_CONFIG), APP_CONFIG, lines)
  const whole = include(content, { project, files: [APP_CONFIG], keys: [], lines })
  const [problem] = findProblems(configSchema, whole, 'The file')
  if (problem !== undefined) {
    throw new Error(`${placeOf(lines, whole, problem.path)}: ${problem.message}`)
  }
  if (!isRecord(whole) || !('application' in whole || 'extensions' in whole)) {
    const right = 'an object with application or extensions'
    throw new Error(`${APP_CONFIG}: The file must be ${right}, but it has neither.`)
  }
  const { application, extensions } = whole
  const locate = (node: unknown): Located | undefined =>
    isRecord(node) ? { node, file: fileOf(lines, node) ?? APP_CONFIG } : undefined
  const named = Object.entries(isRecord(extensions) ? extensions : {})
  return {
    application: locate(application),
    extensions: named.map(([name, node]) => [name, locate(node)]),
  }
}

/** The file that has the first member of an object. */
function fileOf(lines: Lines, node: unknown): string | undefined {
  const [first] = lines.get(node)?.values() ?? []
  return first?.file
}

/** The place of a mistake; the file alone where nothing that leads to it is written. */
function placeOf(lines: Lines, root: unknown, keys: readonly PropertyKey[]): string {
  const found = findLine(lines, root, keys)
  return found === undefined ? APP_CONFIG : formatPlace(found)
}

function readPart(
  name: string,
  { node, file }: Located,
  { project, lines }: { project: string; lines: Lines },
): AppPart | undefined {
  const { runtimeManifest: manifest } = node
  if (manifest === undefined || manifest === null) return undefined
  const tests = testsOf(node, file, project)
  return { name, file, manifest, root: node, lines, isFile: false, tests }
}

/** A `manifest.yml` beside the configuration is the application's, unless that one has actions itself. */
function readLegacy(
  project: string,
  lines: Lines,
  application: Record<string, unknown> = {},
): AppPart | undefined {
  const file = path.join(project, MANIFEST)
  if (!existsSync(file)) return undefined
  const manifest = readYaml(file, MANIFEST, lines)
  return {
    name: 'application',
    file: MANIFEST,
    manifest,
    root: manifest,
    lines,
    isFile: true,
    tests: testsOf(application, MANIFEST, project),
  }
}

function testsOf({ unitTest }: Record<string, unknown>, file: string, project: string): string {
  return typeof unitTest === 'string' ? unitTest : path.join(project, path.dirname(file), 'test')
}

/** What is known of a value of a configuration. */
interface Place {
  readonly project: string
  /** The file that it is in, after those that include it, each relative to the project. */
  readonly files: readonly string[]
  /** The names that lead to it. */
  readonly keys: readonly string[]
  /** Is told where the members are written of what is put together. */
  readonly lines: Lines
}

/** Puts what is included where it is, and makes paths absolute. */
function include(value: unknown, place: Place): unknown {
  const { project, files, keys, lines } = place
  const file = files.at(-1) ?? APP_CONFIG
  if (typeof value === 'string' && isPath(keys)) {
    return path.resolve(project, path.dirname(file), value)
  }
  if (Array.isArray(value)) {
    const whole = value.map((each) => include(each, place))
    lines.set(whole, lines.get(value) ?? new Map())
    return whole
  }
  if (!isRecord(value)) return value
  const { [INCLUDE]: name, ...own } = value
  const members = Object.entries(own).map(([key, member]) => [
    key,
    include(member, { ...place, keys: [...keys, key] }),
  ])
  const others = name === undefined ? {} : readIncluded(name, value, place)
  const whole = { ...others, ...Object.fromEntries(members) }
  const written = new Map(lines.get(value))
  written.delete(INCLUDE)
  for (const [key, each] of lines.get(others) ?? []) if (!written.has(key)) written.set(key, each)
  lines.set(whole, written)
  return whole
}

/**
 * @param including - the object that names it
 * @throws {Error} one sentence when it cannot be included
 */
function readIncluded(name: unknown, including: unknown, place: Place): Record<string, unknown> {
  const { project, files, lines } = place
  const file = files.at(-1) ?? APP_CONFIG
  const written = placeOf(lines, including, [INCLUDE])
  const named = check(includeSchema, { [INCLUDE]: name }, 'The file')
  if (!named.ok) throw new Error(`${written}: ${named.message}`)
  const target = path.join(path.dirname(file), named.value[INCLUDE])
  if (files.includes(target)) throw new Error(`${written} includes ${target}, which includes it.`)
  if (!existsSync(path.join(project, target))) {
    throw new Error(`${written} includes ${target}, and there is no such file.`)
  }
  const content = readYaml(path.join(project, target), target, lines)
  const checked = check(z.looseObject({}, { error: 'an object' }), content, 'which')
  if (!checked.ok) throw new Error(`${written} includes ${target}, ${checked.message}`)
  const included = include(content, { ...place, files: [...files, target] })
  if (isRecord(included)) return included
  throw new Error(`${target} stays an object, whatever it includes`)
}

/** Members that are paths, relative to the file that they are in; `*` is any name. */
const PATHS = [
  ['unitTest'],
  ['runtimeManifest', 'packages', '*', 'actions', '*', 'function'],
] as const

function isPath(keys: readonly string[]): boolean {
  const [kind = ''] = keys
  const inside = keys.slice(kind === 'extensions' ? 2 : 1)
  return PATHS.some(
    (names) =>
      names.length === inside.length &&
      names.every((name, at) => name === '*' || name === inside[at]),
  )
}
