import type { Action, Sequence } from '../run/action.ts'
import { codePlaces, handlerOf } from './action-code.ts'
import {
  type ActionEntity,
  isTruthy,
  type PackageEntity,
  type Parameters,
  valueOf,
} from './entities.ts'

/**
 * A deployed action or sequence as it is run.
 *
 * @param inPackage - the package that it is in, whose parameters it inherits
 * @param pathOf - where the folder of its code is
 */
export function toRunnable(
  entity: ActionEntity,
  inPackage: PackageEntity | undefined,
  pathOf: (folder: string) => string,
): Action | Sequence {
  const { name, version, annotations, limits, exec } = entity
  const parameters = [...(inPackage?.parameters ?? []), ...entity.parameters]
  const whiskAuth = valueOf(annotations, 'require-whisk-auth')
  const common = {
    name,
    version,
    kind: exec.kind,
    web: webKind(entity),
    requiresAdobeAuth: requiresAdobeAuth(entity),
    // What is neither true nor false is a secret of the caller's.
    requiresWhiskAuth:
      typeof whiskAuth === 'string' || typeof whiskAuth === 'number'
        ? String(whiskAuth)
        : whiskAuth === true,
    customOptions: valueOf(annotations, 'web-custom-options') === true,
    inputs: Object.fromEntries(
      parameters.filter(({ init }) => init !== true).map(({ key, value }) => [key, value]),
    ),
    final: isTruthy(annotations, 'final'),
    limits: {
      timeout: limits.timeout,
      memorySize: limits.memory,
      concurrency: limits.concurrency,
    },
  }
  if ('components' in exec) return { ...common, components: exec.components }
  const { files, cache } = codePlaces(pathOf(exec.folder))
  return {
    ...common,
    file: files,
    deployed: { handler: handlerOf(exec), environment: environmentOf(parameters), cache },
  }
}

/** `aio` deploys `require-whisk-auth: false`, and leaves the other annotation out when it is false. */
function requiresAdobeAuth({ annotations }: ActionEntity): boolean | undefined {
  if (isTruthy(annotations, 'require-adobe-auth')) return true
  const isSaid =
    valueOf(annotations, 'require-adobe-auth') !== undefined ||
    valueOf(annotations, 'require-whisk-auth') === false
  return isSaid ? false : undefined
}

function webKind({ annotations }: ActionEntity): Action['web'] {
  if (!isTruthy(annotations, 'web-export')) return 'no'
  return isTruthy(annotations, 'raw-http') ? 'raw' : 'yes'
}

/** The variables that parameters ask for with `init`. */
export function environmentOf(parameters: Parameters): Record<string, string> {
  return Object.fromEntries(
    parameters
      .filter(({ init }) => init === true)
      .map(({ key, value }) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  )
}
