import { type Context, Hono } from 'hono'
import { ServiceError } from '../../../base/errors.ts'
import type { HttpEnv } from '../../../http/root-app.ts'
import type { TaskStore } from '../tasks/task-store.ts'
import { TUS_EXTENSIONS, TUS_VERSION } from './tus-protocol.ts'
import type { TusOptions } from './tus-server.ts'
import type { TusUrls } from './tus-urls.ts'
import { MOST_UPLOAD_BYTES, UPLOADS_PATH } from './upload-form.ts'

const PATH = `${UPLOADS_PATH}/:task/tus`

/** Pages of any origin send files, and may see how far these are. */
const CORS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers':
    'Location, Tus-Extension, Tus-Max-Size, Tus-Resumable, Tus-Version, Upload-Defer-Length, Upload-Expires, Upload-Length, Upload-Metadata, Upload-Offset',
} as const

/**
 * Where the files of tasks are uploaded in parts, with a signed URL and no other credentials, as tus has it:
 * `POST /v2/uploads/{task}/tus`, and `HEAD`, `PATCH` and `DELETE /v2/uploads/{task}/tus/{upload}`.
 */
export function createTusRoutes(
  options: Omit<TusOptions, 'urlOf'> & { urls: TusUrls; store: TaskStore },
): Hono<HttpEnv> {
  const { urls, store } = options

  async function answer(c: Context<HttpEnv>, taskId: string, upload?: string): Promise<Response> {
    const version = c.req.header('tus-resumable')
    if (version !== TUS_VERSION) throw wrongVersion(version)
    urls.verify(taskId, c.req.query())
    const task = await store.task(taskId)
    if (task === undefined) throw new ServiceError('not_found', `There is no task ${taskId}.`)
    // Loaded when somebody has a large file; until then, it would take a tenth of a second of the start.
    const { answerTus } = await import('./tus-server.ts')
    const answered = await answerTus(
      c.req.raw,
      { task, upload },
      { ...options, urlOf: urls.ofUpload },
    )
    if (await options.waits(task)) {
      answered.headers.set('Upload-Expires', new Date(urls.endOf(task)).toUTCString())
    }
    return answered
  }

  return new Hono<HttpEnv>()
    .use(`${PATH}/*`, async (c, next) => {
      await next()
      for (const [name, value] of Object.entries(CORS)) c.res.headers.set(name, value)
      c.res.headers.set('Tus-Resumable', TUS_VERSION)
      // What is refused is not read to its end, so nothing else can follow on this connection.
      if (c.res.status >= 400) c.res.headers.set('Connection', 'close')
    })
    .options(`${PATH}/*`, (c) => tellAbilities(c.req.header('access-control-request-headers')))
    .post(PATH, (c) => answer(c, c.req.param('task')))
    .on(['GET', 'PATCH', 'DELETE'], `${PATH}/:upload`, (c) =>
      c.req.raw.method === 'GET'
        ? refuseMethod(c)
        : answer(c, c.req.param('task'), c.req.param('upload')),
    )
    .all(`${PATH}/*`, refuseMethod)
}

function wrongVersion(version: string | undefined): ServiceError {
  const found =
    version === undefined ? 'there is none' : `it is ${JSON.stringify(version.slice(0, 60))}`
  return new ServiceError(
    'precondition_failed',
    `Tus-Resumable must be ${TUS_VERSION}, but ${found}.`,
    { headers: { 'Tus-Version': TUS_VERSION } },
  )
}

function refuseMethod(c: Context<HttpEnv>): never {
  throw new ServiceError(
    'method_not_allowed',
    `result.tus of a task takes POST, and an upload that it begins takes HEAD, PATCH and DELETE; neither takes ${c.req.raw.method} here.`,
  )
}

/** What a client may do; browsers ask as well, before they let a page of another origin send something. */
function tellAbilities(asked: string | undefined): Response {
  const headers = {
    'Tus-Version': TUS_VERSION,
    'Tus-Extension': TUS_EXTENSIONS.join(','),
    'Tus-Max-Size': String(MOST_UPLOAD_BYTES),
    'Access-Control-Allow-Methods': 'POST, HEAD, PATCH, DELETE, OPTIONS',
    ...(asked !== undefined && { 'Access-Control-Allow-Headers': asked }),
  }
  return new Response(null, { status: 204, headers })
}
