import { existsSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod/mini'
import { check, findProblems } from '../../base/validation.ts'
import { type Action, NODE_KIND } from '../run/action.ts'
import { LIMITS, limitSchema } from '../run/limits.ts'
import { APP_CONFIG, MANIFEST, readAppParts } from './app-config.ts'
import { findLine, formatPlace, type Lines, readYaml } from './yaml-file.ts'

const inputsSchema = z.optional(z.record(z.string(), z.unknown(), { error: 'an object' }))

const actionSchema = z.looseObject(
  {
    function: z.string({ error: 'the path of the action, relative to the manifest' }),
    web: z.optional(
      z.union([z.boolean(), z.enum(['yes', 'no', 'true', 'false', 'raw'])], {
        error: 'yes, no or raw',
      }),
    ),
    inputs: inputsSchema,
    limits: z.optional(
      z.looseObject(
        {
          timeout: limitSchema('timeout'),
          memorySize: limitSchema('memorySize'),
          // What `aio` reads as well when there is no memorySize.
          memory: limitSchema('memorySize'),
          concurrency: limitSchema('concurrency'),
        },
        { error: 'an object with timeout, memorySize and concurrency' },
      ),
    ),
    annotations: z.optional(z.record(z.string(), z.unknown(), { error: 'an object' })),
  },
  { error: 'an object with a function' },
)

const packagesSchema = z.record(
  z.string(),
  z.looseObject(
    {
      // What all of its actions have, unless they have another value.
      inputs: inputsSchema,
      actions: z.record(z.string(), actionSchema, { error: 'an object of actions by name' }),
    },
    { error: 'an object with actions' },
  ),
  { error: 'an object of packages by name' },
)

const manifestSchema = z.looseObject(
  { packages: packagesSchema, local: z.optional(packagesSchema) },
  { error: 'a manifest with packages' },
)

const unreadPackages = z.optional(
  z.record(
    z.string(),
    z.looseObject(
      { actions: z.record(z.string(), z.unknown()) },
      { error: 'an object with actions' },
    ),
    { error: 'an object of packages by name' },
  ),
)

/** What `aio` does not read of a `manifest.yml`. */
const unreadSchema = z.looseObject({ resident: unreadPackages, local: unreadPackages })

/** What a file has to say of actions. */
interface Manifest {
  readonly content: unknown
  /** The folder that paths in it are relative to. */
  readonly folder: string
  /** What it is called in a sentence. */
  readonly called: string
  /** What leads to it in its file, if it is not the whole of that. */
  readonly member: string | undefined
  /** What it is a member of, or is itself; and where what is in there is written. */
  readonly root: unknown
  readonly lines: Lines
}

/** The file that has the actions of a project: its app.config.yaml, or its manifest.yml when it has no such file. */
export function manifestOf(project: string): string {
  const config = path.join(project, APP_CONFIG)
  return existsSync(config) ? config : path.join(project, MANIFEST)
}

/** That of a `manifest.yml`, or those of the parts of a project whose `app.config.yaml` it is. */
function manifestsOf(file: string): Manifest[] {
  const folder = path.dirname(file)
  const called = path.basename(file)
  if (called !== APP_CONFIG) {
    const lines: Lines = new Map()
    const content = readYaml(file, called, lines)
    return [{ content, folder, called, member: undefined, root: content, lines }]
  }
  return readAppParts(folder).map((part) => ({
    content: part.manifest,
    folder,
    called: part.file,
    member: part.isFile ? undefined : 'runtimeManifest',
    root: part.root,
    lines: part.lines,
  }))
}

/** @throws {Error} one sentence naming the file, the line and the entry that is wrong */
function checkManifest<T>(
  { content, called, member, root, lines }: Manifest,
  schema: z.ZodMiniType<T>,
): T {
  const [problem] =
    member === undefined
      ? findProblems(schema, content, 'The file')
      : findProblems(z.object({ [member]: schema }), { [member]: content }, 'The file')
  const checked = check(schema, content)
  if (problem === undefined && checked.ok) return checked.value
  const { path: keys = [], message = '' } = problem ?? {}
  const written = findLine(lines, root, keys)
  throw new Error(`${written === undefined ? called : formatPlace(written)}: ${message}`)
}

/** The names, with their packages, of what a manifest that is a file of its own has below a word that `aio` does not read. */
function namesBelow(file: string, word: 'resident' | 'local'): string[] {
  return manifestsOf(file)
    .filter(({ member }) => member === undefined)
    .map((manifest) => checkManifest(manifest, unreadSchema)[word] ?? {})
    .flatMap(Object.entries<{ actions: object }>)
    .flatMap(([packageName, { actions }]) =>
      Object.keys(actions).map((name) => `${packageName}/${name}`),
    )
}

/**
 * The names of the actions, with their packages, that a `manifest.yml` has below `resident`: they live in the local service.
 * `aio` reads `packages` alone, and so neither builds nor deploys them.
 *
 * @param file - that, or the `app.config.yaml` beside it
 * @throws {Error} one sentence naming the file, the line and the entry that is wrong
 */
export function readResidentActions(file: string): string[] {
  return namesBelow(file, 'resident')
}

/**
 * The names of the actions, with their packages, that a `manifest.yml` has below `local`, and `aio app deploy` does not deploy.
 *
 * @param file - that, or the `app.config.yaml` beside it
 * @throws {Error} one sentence naming the file, the line and the entry that is wrong
 */
export function readLocalActions(file: string): string[] {
  return namesBelow(file, 'local')
}

/**
 * Reads the actions of a `manifest.yml`, or of all that an `app.config.yaml` has or includes, as `aio app deploy` does: those
 * below `packages`, and in a `manifest.yml` those below `local`, which `aio` does not read. The latter need programs of the
 * machine, or more than Adobe I/O Runtime takes.
 *
 * @param variables - what `$NAME` and `${NAME}` stand for in the texts of inputs; nothing where there is no such variable,
 *   as `aio` has it (aio-lib-runtime, src/utils.js)
 * @throws {Error} one sentence naming the file, the line and the entry that is wrong
 */
export function readManifest(
  file: string,
  variables: Readonly<Record<string, string | undefined>> = {},
): Action[] {
  return manifestsOf(file).flatMap((manifest) => toActions(manifest, variables))
}

function toActions(
  manifest: Manifest,
  variables: Readonly<Record<string, string | undefined>>,
): Action[] {
  const { packages, local = {} } = checkManifest(manifest, manifestSchema)
  return [packages, manifest.member === undefined ? local : {}]
    .flatMap(Object.entries<Package>)
    .flatMap(([packageName, { actions, inputs: common = {} }]) =>
      Object.entries(actions).map(([actionName, action]) =>
        toAction(
          `${packageName}/${actionName}`,
          { ...action, inputs: fillIn({ ...common, ...action.inputs }, variables) },
          manifest.folder,
        ),
      ),
    )
}

type Package = z.infer<typeof packagesSchema>[string]

function fillIn(
  inputs: object,
  variables: Readonly<Record<string, string | undefined>>,
): Record<string, unknown> {
  const filled = (value: unknown): unknown => {
    if (typeof value === 'string') {
      return value.replaceAll(
        /\$(?:\{ *([\w-]+) *\}|([\w-]+))/g,
        (_, braced: string | undefined, bare = '') => variables[braced ?? bare] ?? '',
      )
    }
    if (Array.isArray(value)) return value.map(filled)
    return typeof value === 'object' && value !== null ? fillIn(value, variables) : value
  }
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, filled(value)]))
}

function toAction(name: string, action: z.infer<typeof actionSchema>, directory: string): Action {
  return {
    name,
    version: '0.0.1',
    kind: NODE_KIND,
    file: path.resolve(directory, action.function),
    web: webKind(action.web),
    requiresAdobeAuth: requiresAdobeAuth(action.annotations ?? {}),
    requiresWhiskAuth: false,
    customOptions: action.annotations?.['web-custom-options'] === true,
    inputs: action.inputs ?? {},
    final: action.annotations?.['final'] === true,
    limits: {
      timeout: action.limits?.timeout ?? LIMITS.timeout.default,
      memorySize: action.limits?.memorySize ?? action.limits?.memory ?? LIMITS.memorySize.default,
      concurrency: action.limits?.concurrency ?? LIMITS.concurrency.default,
    },
  }
}

function requiresAdobeAuth({
  'require-adobe-auth': adobe,
  'require-whisk-auth': whisk,
}: Readonly<Record<string, unknown>>): boolean | undefined {
  if (adobe === true) return true
  return adobe === false || whisk === false ? false : undefined
}

function webKind(web: z.infer<typeof actionSchema>['web']): Action['web'] {
  if (web === 'raw') return 'raw'
  return web === true || web === 'yes' || web === 'true' ? 'yes' : 'no'
}
