import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { type Context, Hono } from 'hono'
import { HttpError } from '../contract/errors.ts'
import { bundlePage, type PageFile, type PageFiles } from './page-bundle.ts'

/** What a browser lets the page do: its own files, its own service, and pictures that were dropped into it. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
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

/**
 * The page and its files: `GET /` for browsers, which ask for HTML as nobody else does there, and `/devtool/page/…`. It is
 * put together when it is first asked for.
 */
export function createPageRoutes(): Hono {
  let bundled: Promise<PageFiles> | undefined
  const files = (): Promise<PageFiles> => (bundled ??= bundlePage())

  return new Hono()
    .get('/', async (c, next) => {
      if (!(c.req.header('accept') ?? '').includes('text/html')) return next()
      // Begun now, since the browser is going to ask for it in a moment.
      void files().catch(() => undefined)
      const html = await readFile(path.join(import.meta.dirname, 'page', 'index.html'), 'utf8')
      return c.html(html, 200, { ...HEADERS, 'cache-control': 'no-cache', vary: 'accept' })
    })
    .get('/devtool/page/:file', async (c) => {
      const name = c.req.param('file')
      const file = (await files()).get(name)
      if (file === undefined) {
        throw new HttpError(404, `The page has no file ${JSON.stringify(name)}; load it anew.`)
      }
      return answer(c, file, name.startsWith('chunk-'))
    })
}

/** @param lasting - whether the name of the file changes with its content */
function answer(c: Context, file: PageFile, lasting: boolean): Response {
  const headers = {
    ...HEADERS,
    'cache-control': lasting ? 'max-age=31536000, immutable' : 'no-cache',
    etag: file.etag,
    vary: 'accept-encoding',
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
