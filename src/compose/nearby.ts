import type { NearbyRequest } from '../base/nearby-service.ts'
import { storageOf } from '../fetching/reach.ts'
import { EVENTS_PATH } from '../renditions/event-routes.ts'
import type { Nearby } from '../runtime/run/nearby-answers.ts'
import type { FilesHere } from '../storage/files-here.ts'
import type { PresignedObjects, PresignedRequest } from '../storage/presigned-objects.ts'

/**
 * Makes what processes of actions have of this service without a connection: objects behind presigned URLs of its storage, and what
 * takes their events. Each is asked for as by a connection, with the same rights, and whatever is refused is `undefined`.
 *
 * @param options.origin - of this service
 * @param options.here - the objects whose files are on this machine
 * @param options.post - sends an event, by its URL
 */
export function createNearby(options: {
  origin: () => string
  here: FilesHere | undefined
  objects: Pick<PresignedObjects, 'find' | 'put'>
  post: (url: string, init: RequestInit) => Promise<Response>
}): Nearby {
  const { origin, here, objects, post } = options

  function ofStorage(method: string, given: string): PresignedRequest | undefined {
    const url = URL.parse(given)
    const storage = storageOf(origin())
    if (url === null || !url.href.startsWith(storage)) return undefined
    const key = url.pathname.slice(new URL(storage).pathname.length)
    return { method, key, query: url.searchParams }
  }

  async function put({ method, url, headers }: NearbyRequest, body: Uint8Array): Promise<number> {
    const request = ofStorage(method, url)
    if (request === undefined) return NOT_HERE
    const { replaced } = await objects.put(request, {
      body: chunksOf(body),
      contentType: headers['content-type'] ?? 'application/octet-stream',
      announced: String(body.length),
    })
    return replaced ? 200 : 201
  }

  return {
    open(url) {
      const request = ofStorage('GET', url)
      if (request === undefined || here === undefined) return undefined
      try {
        const { object, disposition } = objects.find(request, here)
        const { size, modified, etag, contentType } = object
        const { slices: files, release } = here.hold(object)
        return { object: { size, modified, etag, contentType, disposition, files }, release }
      } catch {
        // A connection tells why.
        return undefined
      }
    },
    async send(request, body) {
      const { method, url, headers } = request
      if (method === 'PUT') return put(request, body)
      if (method !== 'POST' || url !== `${origin()}${EVENTS_PATH}`) return undefined
      const { status } = await post(url, {
        method,
        headers: { ...headers },
        body: Buffer.from(body),
      })
      return status
    },
  }
}

/** The answer to a request for what is not of this service. */
const NOT_HERE = 404

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
