import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse, YAMLParseError } from 'yaml'
import * as z from 'zod/mini'
import { check } from '../../base/validation.ts'
import { type Action, NODE_KIND } from '../run/action.ts'
import { LIMITS, limitSchema } from '../run/limits.ts'

const actionSchema = z.looseObject(
  {
    function: z.string({ error: 'the path of the action, relative to the manifest' }),
    web: z.optional(
      z.union([z.boolean(), z.enum(['yes', 'no', 'true', 'false', 'raw'])], {
        error: 'yes, no or raw',
      }),
    ),
    inputs: z.optional(z.record(z.string(), z.unknown(), { error: 'an object' })),
    limits: z.optional(
      z.looseObject(
        {
          timeout: limitSchema('timeout'),
          memorySize: limitSchema('memorySize'),
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
    { actions: z.record(z.string(), actionSchema, { error: 'an object of actions by name' }) },
    { error: 'an object with actions' },
  ),
  { error: 'an object of packages by name' },
)

const manifestSchema = z.looseObject(
  { packages: packagesSchema, local: z.optional(packagesSchema) },
  { error: 'a manifest with packages' },
)

const residentSchema = z.looseObject({
  resident: z.optional(
    z.record(
      z.string(),
      z.looseObject(
        { actions: z.record(z.string(), z.unknown()) },
        { error: 'an object with actions' },
      ),
      { error: 'an object of packages by name' },
    ),
  ),
})

/**
 * The names of the actions, with their packages, that a `manifest.yml` has below `resident`: they live in the local service.
 * `aio` reads `packages` alone, and so neither builds nor deploys them.
 *
 * @throws {Error} one sentence naming the file and the entry that is wrong
 */
export function readResidentActions(file: string): string[] {
  const checked = check(residentSchema, parseYaml(file), 'The file')
  if (!checked.ok) throw new Error(`${path.basename(file)}: ${checked.message}`)
  return Object.entries(checked.value.resident ?? {}).flatMap(([packageName, { actions }]) =>
    Object.keys(actions).map((name) => `${packageName}/${name}`),
  )
}

/**
 * The names of the actions, with their packages, that a `manifest.yml` has below `local`, and `aio app deploy` does not deploy.
 *
 * @throws {Error} one sentence naming the file and the entry that is wrong
 */
export function readLocalActions(file: string): string[] {
  const checked = check(manifestSchema, parseYaml(file), 'The file')
  if (!checked.ok) throw new Error(`${path.basename(file)}: ${checked.message}`)
  return Object.entries(checked.value.local ?? {}).flatMap(([packageName, { actions }]) =>
    Object.keys(actions).map((name) => `${packageName}/${name}`),
  )
}

/**
 * Reads the actions of a `manifest.yml`, the file that `aio app deploy` reads: those below `packages`, and those below
 * `local`, which `aio` does not read. The latter need programs of the machine, or more than Adobe I/O Runtime takes.
 *
 * @param variables - what `$NAME` and `${NAME}` stand for in the texts of inputs; nothing where there is no such variable,
 *   as `aio` has it (aio-lib-runtime, src/utils.js)
 * @throws {Error} one sentence naming the file and the entry that is wrong
 */
export function readManifest(
  file: string,
  variables: Readonly<Record<string, string | undefined>> = {},
): Action[] {
  const checked = check(manifestSchema, parseYaml(file), 'The file')
  if (!checked.ok) throw new Error(`${path.basename(file)}: ${checked.message}`)
  const { packages, local = {} } = checked.value
  return [packages, local]
    .flatMap(Object.entries<Package>)
    .flatMap(([packageName, { actions }]) =>
      Object.entries(actions).map(([actionName, action]) =>
        toAction(
          `${packageName}/${actionName}`,
          { ...action, inputs: fillIn(action.inputs ?? {}, variables) },
          path.dirname(file),
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

function parseYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error
    // The lines after the first one draw a picture of the place.
    const [what = ''] = error.message.split(':\n')
    throw new Error(`${path.basename(file)} is not YAML: ${what}.`, { cause: error })
  }
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
      memorySize: action.limits?.memorySize ?? LIMITS.memorySize.default,
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
