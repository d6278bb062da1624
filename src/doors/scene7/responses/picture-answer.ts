import { COMMANDS } from '../../../image-serving/commands/commands.ts'
import { valueOf } from '../../../image-serving/commands/value-of.ts'
import type { ImageRequest } from '../../../image-serving/image-request.ts'
import { isKnown } from '../serving/conditional.ts'
import type { Pictures } from '../serving/pictures.ts'
import type { PlannedView } from '../serving/plan-view.ts'
import { cacheControl, PUBLIC_HEADERS } from '../serving/public-headers.ts'
import type { AnswerRequest, ServedRequest } from '../serving/served-request.ts'
import { answerText } from './properties.ts'

/** Reads a request for a picture, and plans the picture. */
export type PlanRequest = (request: ServedRequest) => {
  readonly image: ImageRequest
  readonly view: PlannedView
}

/** Answers with the picture: `img`, `tmb` and `mask`. */
export function createPictureAnswer(pictures: Pictures, plan: PlanRequest): AnswerRequest {
  return async (request) => {
    const { image, view } = plan(request)
    const { pictures: usual, defaultImages } = request.catalogue.attributes.expirations
    const cache = cachingOf(image)
    const headers = {
      ...PUBLIC_HEADERS,
      'content-type': view.mediaType,
      etag: `"${view.key}"`,
      ...(view.modified > 0 && { 'last-modified': new Date(view.modified).toUTCString() }),
      'cache-control': cache.client
        ? cacheControl(image.isDefault ? defaultImages : usual)
        : 'no-store',
    }
    if (cache.client && isKnown(request.headers, headers.etag)) {
      return new Response(null, { status: 304, headers })
    }
    const bytes = await pictures.make(view, { kept: cache.server, signal: request.signal })
    return new Response(new Uint8Array(bytes), {
      headers: { ...headers, 'content-length': String(bytes.length) },
    })
  }
}

/** Makes the picture, so that it is there when it is asked for, and answers how many bytes it has (r-loadcache). */
export function createLoadCacheAnswer(pictures: Pictures, plan: PlanRequest): AnswerRequest {
  return async (request) => {
    const { image, view } = plan(request)
    const { server: kept } = cachingOf(image)
    const { length } = await pictures.make(view, { kept, signal: request.signal })
    return answerText(String(length), 'text', 'no-store')
  }
}

function cachingOf({ settings }: ImageRequest) {
  return valueOf(settings, COMMANDS.cache) ?? ({ client: true, server: 'on' } as const)
}
