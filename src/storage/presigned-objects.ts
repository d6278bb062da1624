import { ServiceError } from '../base/errors.ts'
import type { FilesHere, ObjectHere } from './files-here.ts'
import type { ObjectStore, Upload } from './object-store.ts'
import type { Permit, UrlSigner } from './presigned-url.ts'
import { tooLong } from './upload-body.ts'

/** A presigned URL, and what is wanted of it. */
export interface PresignedRequest {
  readonly method: string
  /** The path of the URL after `/storage/objects/`, percent-encoded. */
  readonly key: string
  readonly query: URLSearchParams
}

/** What is uploaded to a presigned URL. */
export interface PresignedUpload extends Pick<Upload, 'body' | 'contentType'> {
  /** The `Content-Length` that the sender has announced, as it was sent. */
  readonly announced: string | undefined
}

/** The objects of a store, for whoever has a presigned URL, by whatever way it comes. */
export interface PresignedObjects {
  /**
   * The object behind a URL, of which all is on the disk.
   *
   * @returns it, and the `Content-Disposition` of answers, where the URL has one
   * @throws {@link ServiceError} 403 for a URL that does not permit it, 404 when there is no object, 410 when a file of it is missing
   */
  find: (
    request: PresignedRequest,
    here: FilesHere,
  ) => { object: ObjectHere; disposition: string | undefined }
  /**
   * Stores what a URL permits; see {@link ObjectStore.put}.
   *
   * @throws {@link ServiceError} 403 for a URL that does not permit it, 400 for a length that is none, 413 for more than it permits,
   *   and what the store throws
   */
  put: (request: PresignedRequest, upload: PresignedUpload) => ReturnType<ObjectStore['put']>
  /** Throws as the others do when a URL does not permit a request. */
  verify: (request: PresignedRequest) => Permit
}

/** Makes {@link PresignedObjects}. */
export function createPresignedObjects(
  store: Pick<ObjectStore, 'put'>,
  urls: Pick<UrlSigner, 'verify'>,
): PresignedObjects {
  return {
    find(request, here) {
      const { key, disposition } = urls.verify(request)
      const object = here.look(key)
      if (object === undefined) {
        throw new ServiceError('not_found', `There is no object ${JSON.stringify(key)}.`)
      }
      here.check(object)
      return { object, disposition }
    },
    async put(request, { body, contentType, ...upload }) {
      const { key, of } = urls.verify(request)
      const announced = readLength(upload.announced)
      const max = of?.maxPartSize
      if (max !== undefined && announced !== undefined && announced > max) throw tooLong(max)
      return store.put({ key, body, size: { max, announced }, contentType, of })
    },
    verify: urls.verify,
  }
}

function readLength(header: string | undefined): number | undefined {
  if (header === undefined) return undefined
  if (!/^\d+$/.test(header)) {
    throw new ServiceError('invalid', 'Content-Length must be a whole number of bytes.')
  }
  return Number(header)
}
