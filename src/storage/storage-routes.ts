import type { ReadableStream } from 'node:stream/web'
import { type Context, Hono } from 'hono'
import { routePath } from 'hono/route'
import { ServiceError } from '../base/errors.ts'
import type { Authenticate } from '../http/client.ts'
import { readJson } from '../http/read-request.ts'
import { type Dialect, type HttpEnv, speak } from '../http/root-app.ts'
import { type ByteRange, parseRange } from './file-slices.ts'
import type { ObjectStore } from './object-store.ts'
import { createOwnUrls, type ObjectUrls } from './object-urls.ts'
import { createPresignedObjects, type PresignedRequest } from './presigned-objects.ts'
import {
  checkPresignRequest,
  createUrlSigner,
  type PresignRequest,
  presignRequestSchema,
} from './presigned-url.ts'
import type { StoredObject } from './stored-object.ts'

/** Parts that come through the service are held in memory on their way to a store elsewhere; in bytes. */
const RELAYED_PARTS = { minPartSize: 8 * 1024 * 1024, maxPartSize: 16 * 1024 * 1024 }

/** What is known of bytes of which nobody has said what they are. */
const UNKNOWN_TYPE = 'application/octet-stream'

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
  const signer = createUrlSigner({ secret, origin, now })
  const objects = createPresignedObjects(store, signer)
  const { here } = store
  const own = createOwnUrls(signer, { now })
  // One URL to read and to write by is of the service, whatever the store has.
  const ownForBoth = createOwnUrls(signer, {
    permissions: 'rw',
    now,
    ...(here === undefined && { sizes: RELAYED_PARTS }),
  })

  async function presign(request: PresignRequest): Promise<object> {
    const { path: key, permissions, expiresInSeconds, parts = 1 } = request
    const expires = Math.floor(now() / 1000) + expiresInSeconds
    if (permissions === 'r') {
      await store.complete(key, UNKNOWN_TYPE, false)
      return { url: (store.urls ?? own).toRead(key, { expires }) }
    }
    const urls = permissions === 'rw' ? ownForBoth : (store.urls ?? own)
    return parts === 1
      ? { url: urls.toWrite(key, expires) }
      : urls.toWriteParts(key, { expires, parts })
  }

  /** Sends a reader to the store elsewhere. */
  async function redirect(c: Context, urls: ObjectUrls): Promise<Response> {
    const { key, expires, disposition } = signer.verify(presignedRequest(c))
    await store.complete(key, UNKNOWN_TYPE, false)
    const method = c.req.raw.method === 'HEAD' ? 'HEAD' : 'GET'
    return c.redirect(urls.toRead(key, { expires, disposition, method }), 307)
  }

  return new Hono<HttpEnv>()
    .use(speak(STORAGE))
    .post('/presign', async (c) => {
      await authenticate(c.req.raw.headers)
      const request = checkPresignRequest(await readJson(c, presignRequestSchema, PRESIGN_BODY))
      return c.json(await presign(request))
    })
    .get('/objects/*', async (c) => {
      if (here === undefined) return redirect(c, store.urls ?? own)
      const { object, disposition } = objects.find(presignedRequest(c), here)
      const answer = answerObject(c.req.raw, object, (range) => here.read(object, range))
      if (disposition !== undefined) answer.headers.set('content-disposition', disposition)
      return answer
    })
    .put('/objects/*', async (c) => {
      const { etag, replaced } = await objects.put(presignedRequest(c), {
        body: c.req.raw.body,
        announced: c.req.header('content-length'),
        contentType: c.req.header('content-type') ?? UNKNOWN_TYPE,
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
