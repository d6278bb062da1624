import assert from 'node:assert/strict'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { ServiceError } from '../../../../src/base/errors.ts'
import { createPageRoutes } from '../../../../src/doors/page/serving/page-routes.ts'

const FIRST_VIEW_BYTES = 300_000

const app = new Hono()
  .onError((error, c) => {
    assert.ok(error instanceof ServiceError)
    return c.text(error.message, 404)
  })
  .route('/', createPageRoutes().routes)
  .get('/', (c) => c.json({ runtimes: {} }))

async function bytesOf(file: string, encoding = ''): Promise<Buffer> {
  const answer = await app.request(file, { headers: { 'accept-encoding': encoding } })
  assert.equal(answer.status, 200)
  return Buffer.from(await answer.arrayBuffer())
}

/** The modules that a module loads before it runs. */
function importsOf(script: string): string[] {
  return Array.from(
    script.matchAll(/(?:from|import)\s*"\.\/([\w-]+\.js)"/g),
    ([, name = '']) => name,
  )
}

async function firstView(): Promise<string[]> {
  const found = new Set(['main.js'])
  for (const name of found) {
    const script = (await bytesOf(`/devtool/page/${name}`)).toString()
    for (const each of importsOf(script)) found.add(each)
  }
  return [...found, 'main.css']
}

describe('the files of the developer page', () => {
  it('answers GET / with the page for a browser', async () => {
    const headers = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
    const answer = await app.request('/', { headers })
    assert.match(await answer.text(), /<title>Darkroom<\/title>/)
    assert.match(answer.headers.get('content-type') ?? '', /^text\/html/)
  })

  it('leaves GET / to aio, which asks for no HTML', async () => {
    for (const accept of ['*/*', 'application/json', undefined]) {
      const answer = await app.request('/', { headers: accept === undefined ? {} : { accept } })
      assert.deepEqual(await answer.json(), { runtimes: {} })
    }
  })

  it('lets the page run nothing but its own scripts and styles, and nobody frame it', async () => {
    const answer = await app.request('/', { headers: { accept: 'text/html' } })
    const policy = answer.headers.get('content-security-policy') ?? ''
    assert.match(policy, /^default-src 'none'; script-src 'self'; style-src 'self'; /)
    assert.match(policy, /frame-ancestors 'none'/)
    assert.doesNotMatch(policy, /unsafe|\*|https?:/)
  })

  it('takes nothing from anywhere else', async () => {
    const html = await (await app.request('/', { headers: { accept: 'text/html' } })).text()
    const addresses = Array.from(html.matchAll(/(?:src|href)="([^"]*)"/g), ([, url = '']) => url)
    assert.ok(addresses.length >= 3)
    for (const url of addresses) assert.match(url, /^(\/devtool\/page\/|data:image\/svg)/)
  })

  it('serves a file as it is, in gzip and in Brotli', async () => {
    const file = '/devtool/page/main.js'
    const plain = await bytesOf(file)
    assert.deepEqual(gunzipSync(await bytesOf(file, 'gzip, deflate')), plain)
    assert.deepEqual(brotliDecompressSync(await bytesOf(file, 'gzip, br')), plain)
  })

  it('does not send a file again that the browser has', async () => {
    const first = await app.request('/devtool/page/main.js')
    const headers = { 'if-none-match': first.headers.get('etag') ?? '' }
    const second = await app.request('/devtool/page/main.js', { headers })
    assert.equal(second.status, 304)
  })

  it('shows the first view out of a handful of files, which a browser is told of at once', async () => {
    const html = await (await app.request('/', { headers: { accept: 'text/html' } })).text()
    const files = await firstView()
    assert.ok(files.length <= 5, `${files.length} files`)
    for (const name of files) assert.ok(html.includes(`"/devtool/page/${name}"`), name)
  })

  it('shows the first view for less than 300 kB', async () => {
    const sizes = await Promise.all(
      (await firstView()).map(
        async (name) => (await bytesOf(`/devtool/page/${name}`, 'gzip')).length,
      ),
    )
    const sum = sizes.reduce((one, other) => one + other, 0)
    assert.ok(sum < FIRST_VIEW_BYTES, `${sum} bytes in ${sizes.length} files`)
  })

  it('knows no other files', async () => {
    for (const name of ['main.ts', '..%2Fguard.ts', 'constructor']) {
      assert.equal((await app.request(`/devtool/page/${name}`)).status, 404, name)
    }
  })
})
