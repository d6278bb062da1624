import type { ReadableStream } from 'node:stream/web'
import { type ByteRange, parseRange } from './byte-range.ts'
import type { StoredObject } from './object-store.ts'

/**
 * Answers a GET or HEAD for an object, as RFC 9110 has it for one range of bytes.
 *
 * @param read - opens the range for reading; not called when the answer has no body
 */
export function answerObject(
  request: Request,
  object: StoredObject,
  read: (range: ByteRange) => ReadableStream<Uint8Array>,
): Response {
  const headers = {
    'accept-ranges': 'bytes',
    'content-type': object.contentType,
    etag: object.etag,
    'last-modified': new Date(object.modified).toUTCString(),
    // Whoever may upload chooses the content type, and must not get a script to run under this origin by it.
    'content-security-policy': 'sandbox',
    'x-content-type-options': 'nosniff',
  }
  const { size } = object
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
