import { type Context, Hono } from 'hono'
import { ServiceError } from '../../../base/errors.ts'
import type { PageFile, PageFiles } from './bundle-page.ts'
import { openBundle } from './kept-bundle.ts'

/** What a browser lets the page do: its own files, its own service, and pictures, films and mails of it or dropped into it. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const HEADERS = {
  'content-security-policy': POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/** The page as it is served. */
export interface PageRoutes {
  /** `GET /` for browsers, which ask for HTML as nobody else does there, and `/devtool/page/…`. */
  routes: Hono
  /** Has the page ready before somebody asks for it; never rejects. */
  prepare: () => Promise<void>
}

/** Makes the routes of the page. */
export function createPageRoutes(): PageRoutes {
  let opened: Promise<PageFiles> | undefined

  async function fileOf(name: string): Promise<PageFile> {
    opened ??= openBundle()
    try {
      const file = (await opened).get(name)
      if (file !== undefined) return file
    } catch (error) {
      // What hindered it may be mended when it is asked for the next time.
      opened = undefined
      throw error
    }
    throw new ServiceError(
      'not_found',
      `The page has no file ${JSON.stringify(name)}; load it anew.`,
    )
  }

  const routes = new Hono()
    .get('/', async (c, next) => {
      if (!(c.req.header('accept') ?? '').includes('text/html')) return next()
      return answer(c, await fileOf('index.html'), 'no-cache')
    })
    .get('/devtool/page/:file', async (c) => {
      const name = c.req.param('file')
      // The name of a chunk changes with its content.
      const lasting = name.startsWith('chunk-') ? 'max-age=31536000, immutable' : 'no-cache'
      return answer(c, await fileOf(name), lasting)
    })
  return {
    routes,
    prepare: async () => {
      await fileOf('index.html').catch(() => undefined)
    },
  }
}

function answer(c: Context, file: PageFile, cacheControl: string): Response {
  const headers = {
    ...HEADERS,
    'cache-control': cacheControl,
    etag: file.etag,
    vary: 'accept, accept-encoding',
  }
  if (c.req.header('if-none-match') === file.etag) {
    return new Response(null, { status: 304, headers })
  }
  const accepted = c.req.header('accept-encoding') ?? ''
  const encoding = (['br', 'gzip'] as const).find((each) => accepted.includes(each))
  const body = { br: file.brotli, gzip: file.gzip, none: file.bytes }[encoding ?? 'none']
  return new Response(body, {
    headers: {
      ...headers,
      'content-type': file.type,
      ...(encoding !== undefined && { 'content-encoding': encoding }),
    },
  })
}
