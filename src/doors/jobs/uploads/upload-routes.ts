import { type Context, Hono } from 'hono'
import { ServiceError } from '../../../base/errors.ts'
import { escapeXml } from '../../../base/xml.ts'
import { readParts } from '../../../http/multipart.ts'
import type { HttpEnv } from '../../../http/root-app.ts'
import type { TaskFile } from '../tasks/records.ts'
import { receiveUpload, type UploadOptions } from './receive-upload.ts'
import { MOST_UPLOAD_BYTES, UPLOADS_PATH } from './upload-form.ts'

/** What a form may have around its file, in bytes. */
const MOST_OTHER_BYTES = 16 * 1024 * 1024

/** Pages of any origin send files, and may see what became of them. */
const CORS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag, Location',
} as const

/** Where the files of tasks are uploaded, with a form and no other credentials: `POST /v2/uploads/{task}`. */
export function createUploadRoutes(options: UploadOptions): Hono<HttpEnv> {
  return new Hono<HttpEnv>()
    .use(`${UPLOADS_PATH}/:task`, async (c, next) => {
      await next()
      if (c.res.status < 400) return
      for (const [name, value] of Object.entries(CORS)) c.res.headers.set(name, value)
      // What is refused is not read to its end, so nothing else can follow on this connection.
      c.res.headers.set('Connection', 'close')
    })
    .options(`${UPLOADS_PATH}/:task`, (c) => allow(c))
    .post(`${UPLOADS_PATH}/:task`, async (c) => {
      if (Number(c.req.header('content-length') ?? 0) > MOST_UPLOAD_BYTES + MOST_OTHER_BYTES) {
        throw new ServiceError(
          'too_large',
          `The file is longer than the ${MOST_UPLOAD_BYTES} bytes that a task takes.`,
        )
      }
      const parts = readParts(c.req.raw.body, c.req.header('content-type') ?? '')
      const { task, file } = await receiveUpload(c.req.param('task'), parts, options)
      const { redirect } = await options.store.payloadOf(task)
      const next = typeof redirect === 'string' ? URL.parse(redirect)?.href : undefined
      if (next !== undefined) {
        return new Response(null, { status: 303, headers: { ...CORS, Location: next } })
      }
      return answerStored(file, options.files.sourceOf(file.object))
    })
}

/** Headers are a plain record, as their names go out in the spelling of one: some clients know no other. */
function answerStored({ object }: TaskFile, url: string): Response {
  const [bucket = '', task = '', id = ''] = object.split('/')
  const etag = `"${id}"`
  const members = { Location: url, Bucket: bucket, Key: `${task}/${id}`, ETag: etag }
  const xml = Object.entries(members).map(([name, text]) => `<${name}>${escapeXml(text)}</${name}>`)
  return new Response(
    `<?xml version="1.0" encoding="UTF-8"?>\n<PostResponse>${xml.join('')}</PostResponse>`,
    {
      status: 201,
      headers: { ...CORS, 'Content-Type': 'application/xml', Location: url, ETag: etag },
    },
  )
}

/** The answer to what a browser asks before it lets a page of another origin send something. */
function allow(c: Context<HttpEnv>): Response {
  const asked = c.req.header('access-control-request-headers')
  const headers = {
    ...CORS,
    'Access-Control-Allow-Methods': 'POST, OPTIONS',
    ...(asked !== undefined && { 'Access-Control-Allow-Headers': asked }),
  }
  return new Response(null, { status: 204, headers })
}
