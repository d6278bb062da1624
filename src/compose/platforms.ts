import type { Elsewhere } from '../config.ts'
import { storageOf } from '../fetching/reach.ts'
import { createPlatform, type Platform, type PlatformAccess } from '../orders/platform.ts'
import { createEventBinding } from '../renditions/event-routes.ts'
import type { Action } from '../runtime/run/action.ts'

/**
 * Makes the platforms that actions run on other than here.
 *
 * Besides what an order says, an activation there is told where its events go and the key that signs them; what is in the storage of
 * this service has URLs by which it is reached from there.
 *
 * @param options.actions - those that orders are for
 * @param options.local - the names of those that are not deployed
 * @param options.eventKey - private key, PEM
 * @param options.origin - of this service
 */
export function createPlatforms(options: {
  elsewhere: Elsewhere
  actions: readonly Action[]
  local: readonly string[]
  eventKey: string
  origin: () => string
  stopping: AbortSignal
}): readonly Platform[] {
  const { elsewhere, actions, local, eventKey, origin, stopping } = options
  const { publicUrl, platform, localRuntime } = elsewhere
  const bindEvents = createEventBinding({ eventKey, origin: () => publicUrl })
  const limits = new Map(actions.map(({ name, limits: { timeout } }) => [name, timeout]))

  const open = (access: PlatformAccess, names: readonly string[]): Platform =>
    createPlatform({
      access,
      runsAction: (action) => names.includes(action),
      timeoutOf: (action) => limits.get(action),
      bind: (params) => {
        return bindEvents(moveUrls(params, storageOf(origin()), storageOf(publicUrl)))
      },
      stopping,
    })
  const names = actions.map(({ name }) => name)
  return [
    ...(platform === undefined
      ? []
      : [
          open(
            platform,
            names.filter((name) => !local.includes(name)),
          ),
        ]),
    ...(localRuntime === undefined
      ? []
      : [
          open(
            localRuntime,
            names.filter((name) => local.includes(name)),
          ),
        ]),
  ]
}

/** Has URLs that begin with `from` begin with `to`, but for those in `userData`, which nobody touches. */
function moveUrls(
  params: Record<string, unknown>,
  from: string,
  to: string,
): Record<string, unknown> {
  const move = (value: unknown): unknown => {
    if (typeof value === 'string')
      return value.startsWith(from) ? to + value.slice(from.length) : value
    if (Array.isArray(value)) return value.map(move)
    return typeof value === 'object' && value !== null ? moveUrls({ ...value }, from, to) : value
  }
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      name === 'userData' ? value : move(value),
    ]),
  )
}
