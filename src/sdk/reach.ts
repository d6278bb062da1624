import { openNearby } from '../fetching/open-nearby.ts'
import { openUrl } from '../fetching/open-url.ts'
import { openConnections, type Reach, storageOf } from '../fetching/reach.ts'

/**
 * How far what a request names may reach. The service of a team says in the environment of its processes that it is the internet
 * alone: not by an input in manifest.yml, which whoever calls an action may set.
 *
 * @param otherwise - where the service says nothing, or there is none
 */
export function readReach(otherwise: Reach): Reach {
  return process.env['DARKROOM_REACH'] === 'internet' ? 'internet' : otherwise
}

/** What URLs begin with that the service answers itself that has started this process; undefined where there is none. */
function ofService(): string | undefined {
  const { __OW_API_HOST: origin } = process.env
  return origin === undefined ? undefined : storageOf(origin)
}

/**
 * What URLs begin with that are of its storage: of the service itself, of front ends that it runs actions for, and of the store elsewhere
 * that it may have besides.
 */
function ownStorage(): readonly string[] {
  const { DARKROOM_STORAGE: elsewhere = '' } = process.env
  return [ofService() ?? '', ...elsewhere.split(' ')].filter((storage) => storage !== '')
}

/**
 * On a laptop all hosts that this machine reaches, since the storage of whoever develops may be on it or beside it; but for those that
 * nobody means, such as the metadata service of a cloud.
 */
const connections = openConnections(readReach('network'), ownStorage())

/** Whether a URL is of the storage of the service that has started this process, wherever that is. */
export function isOfOwnStorage(url: string): boolean {
  const { href = '' } = URL.parse(url) ?? {}
  return ownStorage().some((storage) => href.startsWith(storage))
}

/** Whether a URL is one that the service which has started this process answers itself. */
export function isOfService(url: string): boolean {
  const service = ofService()
  return service !== undefined && URL.parse(url)?.href.startsWith(service) === true
}

/**
 * Opens a file that a request names: a source, a watermark, or one for an archive. What is in the storage of the service that has
 * started this process needs no connection.
 */
export const openNamed: typeof openUrl = async (url, options) => {
  const isWhole = (options.from ?? 0) === 0
  const nearby = isWhole && isOfService(url) ? await openNearby(url, options.signal) : undefined
  return nearby ?? openUrl(url, { ...options, connections })
}
