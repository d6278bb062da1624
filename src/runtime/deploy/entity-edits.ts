import { ServiceError } from '../../base/errors.ts'
import { isTooDeep, MOST_LEVELS } from '../../base/json.ts'
import { LIMITS } from '../run/limits.ts'
import { environmentOf } from './deployed-action.ts'
import type {
  ActionContent,
  ActionEntity,
  Annotations,
  PackageContent,
  PackageEntity,
} from './entities.ts'

/** Adobe I/O Runtime takes parameters of 1 MB. */
const LARGEST_PARAMETERS_BYTES = 1024 * 1024

/** What Linux allows a variable, its name and the NUL after it included (execve(2), MAX_ARG_STRLEN). */
const LARGEST_VARIABLE_BYTES = 128 * 1024

/** OpenWhisk's rule for the names of entities (EntityPath.scala). */
const NAME = /^\w([\w@ .&-]{0,254}[\w@.&-])?$/

/** Names that mean something else in the URLs of web actions. */
const RESERVED = new Set(['default'])

/**
 * Checks the name of an action: that of its package and its own, or its own alone.
 *
 * @throws {ServiceError} 400 for one that no action can have
 */
export function checkActionName(name: string): void {
  const slash = name.indexOf('/')
  const names = [name.slice(slash + 1), ...(slash === -1 ? [] : [name.slice(0, slash)])]
  names.forEach(checkName)
}

function checkName(name: string): void {
  if (NAME.test(name)) return
  throw new ServiceError(
    'invalid',
    `The name ${JSON.stringify(name.slice(0, 60))} must begin with a letter, digit or _, and have at most 256 letters, digits and any of _ @ . & - and spaces.`,
  )
}

/**
 * What a package becomes by a `PUT`.
 *
 * @param old - what it was, if it was there
 * @param now - milliseconds since 1970
 * @throws {ServiceError} 400, 413, or 501 for a binding
 */
export function editPackage(
  name: string,
  content: PackageContent,
  old: PackageEntity | undefined,
  now: number,
): PackageEntity {
  checkName(name)
  if (RESERVED.has(name))
    throw new ServiceError('invalid', `The package name "${name}" is reserved.`)
  if (Object.keys(content.binding ?? {}).length > 0) {
    throw new ServiceError('not_implemented', 'Bindings of packages are not part of this service.')
  }
  return { name, ...editCommon(content, old, now) }
}

/**
 * What an action or a sequence becomes by a `PUT`, by the rules of OpenWhisk (Actions.scala, make and update).
 *
 * @param exec - what it runs from now on
 * @param old - what it was, if it was there
 * @param now - milliseconds since 1970
 * @throws {ServiceError} 400, 413
 */
export function editAction(
  name: string,
  content: ActionContent,
  exec: ActionEntity['exec'],
  old: ActionEntity | undefined,
  now: number,
): ActionEntity {
  // The parameters of a sequence are none of an action's.
  const wasAnother = old?.exec.kind === 'sequence' && exec.kind !== 'sequence'
  const common = editCommon(content, wasAnother ? { ...old, parameters: [] } : old, now)
  const { limits } = content
  return {
    name,
    ...common,
    annotations: annotate(common.annotations, {
      ...(old === undefined && { 'provide-api-key': false }),
      exec: exec.kind,
    }),
    limits: {
      timeout: limits?.timeout ?? old?.limits.timeout ?? LIMITS.timeout.default,
      memory: limits?.memory ?? old?.limits.memory ?? LIMITS.memorySize.default,
      concurrency: limits?.concurrency ?? old?.limits.concurrency ?? LIMITS.concurrency.default,
      logs: limits?.logs ?? old?.limits.logs ?? LIMITS.logs.default,
    },
    exec,
  }
}

function editCommon(content: PackageContent, old: PackageEntity | undefined, now: number) {
  const { parameters = old?.parameters ?? [], annotations = old?.annotations ?? [] } = content
  if (isTooDeep([parameters, annotations])) {
    throw new ServiceError(
      'invalid',
      `The parameters and annotations are nested more than ${MOST_LEVELS} levels deep, the most they may be.`,
    )
  }
  const bytes = Buffer.byteLength(JSON.stringify([parameters, annotations]))
  if (bytes > LARGEST_PARAMETERS_BYTES) {
    throw new ServiceError(
      'too_large',
      `The parameters and annotations are larger than ${LARGEST_PARAMETERS_BYTES} bytes, the most they may have.`,
    )
  }
  checkEnvironment(environmentOf(parameters))
  return {
    version: content.version ?? nextVersion(old?.version),
    publish: content.publish ?? old?.publish ?? false,
    parameters,
    annotations,
    updated: now,
  }
}

/** Refuses what no process can be started with. */
function checkEnvironment(environment: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(environment)) {
    const variable = `${key}=${value}`
    const wrong = variable.includes('\0')
      ? 'must not have a NUL character'
      : Buffer.byteLength(variable) >= LARGEST_VARIABLE_BYTES
        ? `must be shorter than ${LARGEST_VARIABLE_BYTES} bytes`
        : undefined
    if (wrong !== undefined) {
      const shown = JSON.stringify(key.slice(0, 60))
      throw new ServiceError(
        'invalid',
        `The parameter ${shown} is for the environment; it ${wrong}.`,
      )
    }
  }
}

function nextVersion(version: string | undefined): string {
  if (version === undefined) return '0.0.1'
  const [major, minor, patch] = version.split('.')
  return `${major}.${minor}.${Number(patch) + 1}`
}

/** Adds what OpenWhisk says itself: `exec` over what was sent, `provide-api-key` beneath it (amendAnnotations). */
function annotate(
  annotations: Annotations,
  { exec, ...beneath }: { exec: string; 'provide-api-key'?: boolean },
): Annotations {
  const missing = Object.entries(beneath).filter(
    ([name]) => !annotations.some(({ key }) => key === name),
  )
  return [
    ...annotations.filter(({ key }) => key !== 'exec'),
    ...missing.map(([key, value]) => ({ key, value })),
    { key: 'exec', value: exec },
  ]
}
