import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createNearby } from '../../src/compose/nearby.ts'
import type { Nearby } from '../../src/runtime/run/nearby-answers.ts'
import { createPresignedObjects } from '../../src/storage/presigned-objects.ts'
import { createUrlSigner } from '../../src/storage/presigned-url.ts'
import { openStorage, type Storage } from '../storage/storage-fixture.ts'

const ORIGIN = 'http://storage.test'
const EVENTS = `${ORIGIN}/asset-compute/events`
const PART_BYTES = 100

describe('what processes have of the service without a connection', () => {
  let storage: Storage
  let nearby: Nearby
  let posted: { url: string; body: string }[] = []

  beforeEach(async () => {
    storage = await openStorage()
    const now = () => storage.clock.ms
    const urls = createUrlSigner({ secret: 'the-signing-secret', origin: () => ORIGIN, now })
    posted = []
    nearby = createNearby({
      origin: () => ORIGIN,
      here: storage.store.here,
      objects: createPresignedObjects(storage.store, urls),
      async post(url, { body }) {
        posted.push({ url, body: await new Response(body).text() })
        return new Response(null, { status: 202 })
      },
    })
  })
  afterEach(() => storage.close())

  async function put(url: string, text: string): Promise<number | undefined> {
    const headers = { 'content-type': 'text/html' }
    return nearby.send({ method: 'PUT', url, headers }, Buffer.from(text))
  }

  /** What is read of the files of an object. */
  async function textOf(url: string): Promise<string> {
    const opened = nearby.open(url)
    assert.ok(opened)
    const read = opened.object.files.map(async ({ path, start, end }) =>
      (await readFile(path, 'latin1')).slice(start, end),
    )
    const texts = await Promise.all(read)
    await opened.release()
    return texts.join('')
  }

  it('is an object as its URL has it', async () => {
    const url = await storage.presignUrl('a')
    await storage.put(url, 'some text', { 'content-type': 'text/plain' })
    const response = await storage.app.request(url)
    const opened = nearby.open(url)
    assert.ok(opened)
    const { size, contentType, etag, modified } = opened.object
    assert.deepEqual(
      [String(size), contentType, etag, new Date(modified).toUTCString()],
      ['content-length', 'content-type', 'etag', 'last-modified'].map((name) =>
        response.headers.get(name),
      ),
    )
    await opened.release()
    assert.equal(await textOf(url), 'some text')
  })

  it('is an object of several parts', async () => {
    const { urls } = await storage.presign('a', { parts: 3 })
    for (const [part, url] of urls.entries()) await storage.put(url, `part ${part}. `)
    assert.equal(await textOf(urls[0] ?? ''), 'part 0. part 1. part 2. ')
  })

  it('is the same object until it is let go, whatever is uploaded meanwhile', async () => {
    const url = await storage.presignUrl('a')
    await storage.put(url, 'before')
    const opened = nearby.open(url)
    assert.ok(opened)
    await storage.put(url, 'after')
    const [file] = opened.object.files
    assert.equal(await readFile(file?.path ?? '', 'utf8'), 'before')
    await opened.release()
    assert.deepEqual(await storage.partFiles().then(({ length }) => length), 1)
    assert.equal(await textOf(url), 'after')
  })

  it('stores what a URL permits, and says whether there was something', async () => {
    const url = await storage.presignUrl('a/ü b.html')
    assert.equal(await put(url, 'first'), 201)
    assert.equal(await put(url, 'second'), 200)
    const response = await storage.app.request(url)
    assert.equal(response.headers.get('content-type'), 'text/html')
    assert.equal(await response.text(), 'second')
  })

  it('stores a part of an upload', async () => {
    const { urls } = await storage.presign('a', { parts: 2 })
    for (const url of urls) assert.equal(await put(url, 'x'), 201)
    assert.equal(await textOf(urls[0] ?? ''), 'xx')
  })

  it('takes an event, as it was sent', async () => {
    const sent = { method: 'POST', url: EVENTS, headers: { 'x-ac-hmac-signature': 's' } }
    assert.equal(await nearby.send(sent, Buffer.from('{"é":1}')), 202)
    assert.deepEqual(posted, [{ url: EVENTS, body: '{"é":1}' }])
  })

  const NEITHER: readonly [what: string, change: (url: string) => string][] = [
    ['another object', (url) => url.replace('/mine', '/theirs')],
    ['another object by a detour', (url) => url.replace('/mine', '/mine/../theirs')],
    ['another object by an encoded detour', (url) => url.replace('/mine', '/mine/%2e%2e/theirs')],
    ['an object with an encoded slash', (url) => url.replace('/mine', '/..%2fmine')],
    ['a path of the machine', (url) => url.replace('/mine', '//etc/passwd')],
    ['what is beside the objects', (url) => url.replace('/objects/mine', '/presign')],
    ['more rights', (url) => url.replace(/permissions=\w+/, 'permissions=rwx')],
    ['a longer life', (url) => url.replace(/expires=\d+/, 'expires=99999999999')],
    ['no signature', (url) => url.replace(/&signature=.*/, '')],
    ['another signature', (url) => url.replace(/signature=./, 'signature=_')],
    ['two signatures', (url) => `${url}&signature=x`],
    ['more parameters', (url) => `${url}&response-content-disposition=x`],
    ['another origin', (url) => url.replace(ORIGIN, 'http://storage.test.evil.test')],
    ['another port', (url) => url.replace(ORIGIN, `${ORIGIN}:8080`)],
    ['another scheme', (url) => url.replace('http:', 'file:')],
    ['a name before the host', (url) => url.replace('http://', 'http://storage.test@evil.test/')],
    ['no URL', () => '/etc/passwd'],
  ]
  for (const [what, change] of NEITHER) {
    it(`neither opens nor stores anything by a URL that is changed to ${what}`, async () => {
      for (const key of ['mine', 'theirs']) {
        await storage.put(await storage.presignUrl(key), `what is in ${key}`)
      }
      const url = change(await storage.presignUrl('mine'))
      assert.equal(nearby.open(url), undefined)
      const status = await put(url, 'evil').catch(() => 403)
      assert.ok(status !== undefined && status >= 400, String(status))
      for (const key of ['mine', 'theirs']) {
        assert.equal(await textOf(await storage.presignUrl(key)), `what is in ${key}`)
      }
    })
  }

  const refusals: [what: string, use: () => Promise<unknown>][] = [
    [
      'opens nothing by a URL for writing',
      async () => {
        await put(await storage.presignUrl('a'), 'text')
        return nearby.open(await storage.presignUrl('a', { permissions: 'w' }))
      },
    ],
    [
      'opens nothing by a URL that has expired',
      async () => {
        const url = await storage.presignUrl('a')
        await put(url, 'text')
        storage.clock.ms += 60_000
        return nearby.open(url)
      },
    ],
    ['opens no object that is not there', async () => nearby.open(await storage.presignUrl('a'))],
    [
      'stores nothing by a URL for reading',
      async () =>
        put(await storage.presignUrl('a', { permissions: 'r' }), 'text').catch(() => undefined),
    ],
    [
      'stores nothing by a URL that has expired',
      async () => {
        const url = await storage.presignUrl('a')
        storage.clock.ms += 60_000
        return put(url, 'text').catch(() => undefined)
      },
    ],
    [
      'stores no more than a part may have',
      async () => {
        const now = () => storage.clock.ms
        const signer = createUrlSigner({ secret: 'the-signing-secret', origin: () => ORIGIN, now })
        const url = signer.sign({
          key: 'a',
          permissions: 'rw',
          expires: storage.clock.ms / 1000 + 60,
          of: { upload: 'u', part: 0, parts: 1, maxPartSize: PART_BYTES },
        })
        return put(url, 'x'.repeat(PART_BYTES + 1)).catch(() => undefined)
      },
    ],
    [
      'deletes nothing',
      async () => {
        const url = await storage.presignUrl('a')
        return nearby.send({ method: 'DELETE', url, headers: {} }, Buffer.alloc(0))
      },
    ],
    ...['/process', '/storage/presign', '/asset-compute/events/', '/asset-compute/events?a=1'].map(
      (path): [string, () => Promise<unknown>] => [
        `posts nothing to ${path}`,
        () => nearby.send({ method: 'POST', url: ORIGIN + path, headers: {} }, Buffer.alloc(0)),
      ],
    ),
    [
      'posts nothing elsewhere',
      () => {
        const url = 'http://evil.test/asset-compute/events'
        return nearby.send({ method: 'POST', url, headers: {} }, Buffer.alloc(0))
      },
    ],
  ]
  for (const [what, use] of refusals) {
    it(what, async () => {
      assert.equal(await use(), undefined)
      assert.deepEqual(posted, [])
      // Of what is refused there is no file.
      const kept = storage.store.here.look('a') === undefined ? 0 : 1
      assert.equal((await storage.partFiles()).length, kept)
    })
  }
})
