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

const { __OW_API_HOST: origin } = process.env

/**
 * On a laptop all hosts that this machine reaches, since the storage of whoever develops may be on it or beside it; but for those that
 * nobody means, such as the metadata service of a cloud.
 */
const connections = openConnections(
  readReach('network'),
  origin === undefined ? undefined : storageOf(origin),
)

/** Opens a file that a request names: a source, a watermark, or one for an archive. */
export const openNamed: typeof openUrl = (url, options) => openUrl(url, { ...options, connections })
