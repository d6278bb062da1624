import type { ReadableStream } from 'node:stream/web'
import { type Context, Hono } from 'hono'
import { routePath } from 'hono/route'
import { ServiceError } from '../base/errors.ts'
import type { Authenticate } from '../http/client.ts'
import { readJson } from '../http/read-request.ts'
import { type Dialect, type HttpEnv, speak } from '../http/root-app.ts'
import { type ByteRange, parseRange } from './file-slices.ts'
import type { ObjectStore, StoredObject } from './object-store.ts'
import { createPresignedObjects, type PresignedRequest } from './presigned-objects.ts'
import {
  checkPresignRequest,
  createUrlSigner,
  newUploadId,
  type PresignRequest,
  presignRequestSchema,
  type UrlSigner,
} from './presigned-url.ts'

/**
 * Part sizes that a multi-part target advises, in bytes: those of AEM's direct binary upload. The least is advice only, as
 * the last part may always be smaller.
 */
const MIN_PART_BYTES = 10 * 1024 * 1024

/** The longest part that is accepted, in bytes. */
const MAX_PART_BYTES = 100 * 1024 * 1024

const PRESIGN_BODY = {
  mostBytes: 64 * 1024,
  tooLarge: 'The body is larger than 64 KB; a request for URLs is far smaller.',
  noJson: 'The body must be JSON.',
}

/** Errors of the storage: `{"ok": false, "message": …}`. */
const STORAGE: Dialect = {
  door: 'storage',
  fault: 'The object store failed.',
  disk: 'object store',
  render: ({ status, headers, message }) =>
    Response.json({ ok: false, message }, { status, headers }),
}

/** What the HTTP side of the object store is made of. */
export interface StorageOptions {
  store: ObjectStore
  /** Signs the URLs; a new secret makes all earlier URLs invalid. */
  secret: string
  /** Scheme, host and port under which `/storage` is reached, without a slash at the end. */
  origin: () => string
  /** Who may ask for presigned URLs. */
  authenticate: Authenticate
  /** The clock, in milliseconds of the epoch. */
  now: () => number
}

/** The HTTP side of the object store, to be mounted at `/storage`: `POST /presign` and `GET`, `HEAD`, `PUT /objects/*`. */
export function createStorage({
  store,
  secret,
  origin,
  authenticate,
  now,
}: StorageOptions): Hono<HttpEnv> {
  const urls = createUrlSigner({ secret, origin, now })
  const objects = createPresignedObjects(store, urls)

  return new Hono<HttpEnv>()
    .use(speak(STORAGE))
    .post('/presign', async (c) => {
      await authenticate(c.req.raw.headers)
      const request = checkPresignRequest(await readJson(c, presignRequestSchema, PRESIGN_BODY))
      return c.json(presign(urls, request, now()))
    })
    .get('/objects/*', (c) => {
      const { object, disposition } = objects.find(presignedRequest(c))
      const answer = answerObject(c.req.raw, object, (range) => store.read(object, range))
      if (disposition !== undefined) answer.headers.set('content-disposition', disposition)
      return answer
    })
    .put('/objects/*', async (c) => {
      const { etag, replaced } = await objects.put(presignedRequest(c), {
        body: c.req.raw.body,
        announced: c.req.header('content-length'),
        contentType: c.req.header('content-type') ?? 'application/octet-stream',
      })
      return new Response(null, {
        status: replaced ? 200 : 201,
        headers: { etag, 'content-length': '0' },
      })
    })
    .all('/objects/*', (c) => {
      objects.verify(presignedRequest(c))
      throw new ServiceError('forbidden', `A presigned URL never permits ${c.req.method}.`)
    })
}

function presign(urls: UrlSigner, request: PresignRequest, now: number) {
  const { path: key, permissions, expiresInSeconds, parts = 1 } = request
  const expires = Math.floor(now / 1000) + expiresInSeconds
  if (parts === 1) return { url: urls.sign({ key, permissions, expires }) }
  const upload = newUploadId()
  return {
    urls: Array.from({ length: parts }, (_, part) => {
      const of = { upload, part, parts, maxPartSize: MAX_PART_BYTES }
      return urls.sign({ key, permissions, expires, of })
    }),
    minPartSize: MIN_PART_BYTES,
    maxPartSize: MAX_PART_BYTES,
  }
}

function presignedRequest(c: Context): PresignedRequest {
  // From the raw URL, since the router's own path is partly decoded. The route ends in `*`, wherever it is mounted.
  const { pathname, searchParams } = new URL(c.req.url)
  const key = pathname.slice(routePath(c).length - 1)
  return { method: c.req.method, key, query: searchParams }
}

/**
 * Answers a GET or HEAD for an object, as RFC 9110 has it for one range of bytes.
 *
 * @param read - opens the range for reading; not called when the answer has no body
 */
function answerObject(
  request: Request,
  object: StoredObject,
  read: (range: ByteRange) => ReadableStream<Uint8Array>,
): Response {
  const { size } = object
  const headers = {
    // There is no range of nothing. Adobe's SDK fetches a source by ranges where it is told that there are some, which of an
    // empty one are none: its worker would find no file.
    'accept-ranges': size === 0 ? 'none' : 'bytes',
    'content-type': object.contentType,
    etag: object.etag,
    'last-modified': new Date(object.modified).toUTCString(),
    // Whoever may upload chooses the content type, and must not get a script to run under this origin by it.
    'content-security-policy': 'sandbox',
    'x-content-type-options': 'nosniff',
  }
  // Also for HEAD: RFC 9110 leaves that open, and the object stores that presigned URLs come from do it.
  const range = requestedRange(request.headers, object)
  if (range === 'unsatisfiable') {
    const message = `The object has ${size} bytes; the range is outside of them.`
    return Response.json(
      { ok: false, message },
      { status: 416, headers: { 'content-range': `bytes */${size}` } },
    )
  }
  const { start, end } = range ?? { start: 0, end: size }
  const partial = range && { 'content-range': `bytes ${start}-${end - 1}/${size}` }
  return new Response(request.method === 'HEAD' ? null : read({ start, end }), {
    status: range ? 206 : 200,
    headers: { ...headers, ...partial, 'content-length': String(end - start) },
  })
}

/** A range of a version that the client no longer finds here would not fit to what it has: `If-Range`. */
function requestedRange(headers: Headers, { etag, size }: StoredObject) {
  const version = headers.get('if-range')
  if (version !== null && version !== etag) return undefined
  return parseRange(headers.get('range') ?? undefined, size)
}
