import assert from 'node:assert/strict'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createStorage } from '../../src/storage/storage-routes.ts'
import { rootApp } from '../support/root-app.ts'
import { keysOf, openStorage, refusalOf, type Storage, streamOf } from './storage-fixture.ts'

describe('/storage/objects', () => {
  let storage: Storage
  beforeEach(async () => {
    storage = await openStorage()
  })
  afterEach(() => storage.close())

  const get = (url: string, headers: Record<string, string> = {}) =>
    storage.app.request(url, { headers })

  it('is gone when it is removed, and nothing of it left, while whoever reads it reads on', async () => {
    const url = await storage.presignUrl('jobs/a/1')
    const other = await storage.presignUrl('jobs/b/1')
    await storage.put(url, 'one')
    await storage.put(other, 'two')
    assert.deepEqual(await keysOf(storage.store, 'jobs/'), ['jobs/a/1', 'jobs/b/1'])
    assert.deepEqual(await keysOf(storage.store, 'jobs/a'), ['jobs/a/1'])
    const reading = await get(url)
    await storage.store.remove(['jobs/a/1', 'jobs/nothing'])
    assert.equal((await get(url)).status, 404)
    assert.equal(await reading.text(), 'one')
    assert.deepEqual(await keysOf(storage.store, 'jobs/'), ['jobs/b/1'])
    assert.equal((await storage.partFiles()).length, 1)
  })

  it('gives back what was put, with the headers of a static file that must not run', async () => {
    const url = await storage.presignUrl('a.svg')
    const put = await storage.put(url, '<svg/>', { 'content-type': 'image/svg+xml' })
    assert.equal(put.status, 201)
    assert.equal(await put.text(), '')

    const response = await get(url)
    assert.equal(response.status, 200)
    assert.equal(await response.text(), '<svg/>')
    assert.deepEqual(Object.fromEntries(response.headers), {
      'accept-ranges': 'bytes',
      'content-length': '6',
      'content-security-policy': 'sandbox',
      'content-type': 'image/svg+xml',
      etag: put.headers.get('etag'),
      'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT',
      'x-content-type-options': 'nosniff',
    })
    const head = await storage.app.request(url, { method: 'HEAD' })
    assert.deepEqual([...head.headers], [...response.headers])
    assert.equal(head.body, null)
  })

  it('replaces an object, answers 200 and changes its ETag, even for the same bytes', async () => {
    const url = await storage.presignUrl('a')
    const first = await storage.put(url, 'x')
    const second = await storage.put(url, 'x')
    assert.deepEqual([first.status, second.status], [201, 200])
    assert.match(first.headers.get('etag') ?? '', /^"[\w-]+"$/)
    assert.notEqual(first.headers.get('etag'), second.headers.get('etag'))
    assert.equal((await storage.partFiles()).length, 1)
  })

  it('calls an upload without a content type application/octet-stream', async () => {
    const url = await storage.presignUrl('a')
    await storage.put(url, Buffer.from('x'))
    assert.equal((await get(url)).headers.get('content-type'), 'application/octet-stream')
  })

  it('stores an empty object', async () => {
    const url = await storage.presignUrl('a')
    assert.equal((await storage.app.request(url, { method: 'PUT' })).status, 201)
    const response = await get(url)
    assert.deepEqual([response.status, response.headers.get('content-length')], [200, '0'])
    assert.equal(await response.text(), '')
  })

  it('answers 404 for an object that is not there', async () => {
    const url = await storage.presignUrl('a/ü.png')
    assert.equal(await refusalOf(await get(url), 404), 'There is no object "a/ü.png".')
    assert.equal((await storage.app.request(url, { method: 'HEAD' })).status, 404)
  })

  const oddKeys = [
    'renditions/a b/ü.png',
    'objects/objects/a',
    'a?b#c&d=e%20f%2Fg+h',
    '%2e%2e/%2e%2e/etc/passwd',
    'a\\..\\..\\b',
    '.../..a/b..',
    '~/.bashrc',
    'C:/windows',
    'index.sqlite',
    '__proto__',
    "'; DROP TABLE parts; --",
    '日本語/😀.png',
    'a'.repeat(1024),
  ]
  for (const key of oddKeys) {
    it(`keeps the object ${key.slice(0, 30)} apart and inside the directory`, async () => {
      const url = await storage.presignUrl(key)
      await storage.put(await storage.presignUrl('other'), 'other')
      assert.equal((await storage.put(url, 'mine')).status, 201)
      assert.equal(await (await get(url)).text(), 'mine')
      const paths = await readdir(storage.home, { recursive: true })
      const unexpected = paths.filter(
        (path) => !/^(index\.sqlite.*|parts(\/[0-9a-f-]{36})?)$/.test(path),
      )
      assert.deepEqual(unexpected, [])
    })
  }

  it('has no ranges of an empty object, which the SDK would fetch none of', async () => {
    const url = await storage.presignUrl('empty')
    await storage.put(url, '')
    // As the SDK asks for all of it where there are no ranges.
    for (const headers of [{}, { range: 'bytes=0--1' }]) {
      const response = await get(url, headers)
      assert.equal(response.status, 200)
      assert.equal(response.headers.get('accept-ranges'), 'none')
      assert.equal(await response.text(), '')
    }
  })

  describe('with a Range', () => {
    let url: string
    let etag: string
    beforeEach(async () => {
      url = await storage.presignUrl('a')
      etag = (await storage.put(url, '0123456789')).headers.get('etag') ?? ''
    })

    const ranges: [range: string, status: number, contentRange: string | null, body: string][] = [
      ['bytes=2-4', 206, 'bytes 2-4/10', '234'],
      ['bytes=7-', 206, 'bytes 7-9/10', '789'],
      ['bytes=-2', 206, 'bytes 8-9/10', '89'],
      ['bytes=0-99', 206, 'bytes 0-9/10', '0123456789'],
      ['bytes=4-2', 200, null, '0123456789'],
      ['bytes=0-1,4-5', 200, null, '0123456789'],
      ['pages=1-2', 200, null, '0123456789'],
    ]
    for (const [range, status, contentRange, body] of ranges) {
      it(`answers ${status} to ${range}`, async () => {
        const response = await get(url, { range })
        assert.equal(response.status, status)
        assert.equal(response.headers.get('content-range'), contentRange)
        assert.equal(response.headers.get('content-length'), String(body.length))
        assert.equal(await response.text(), body)
      })
    }

    it('answers 416 and the size to one outside the object', async () => {
      const response = await get(url, { range: 'bytes=10-' })
      assert.equal(response.headers.get('content-range'), 'bytes */10')
      assert.match(await refusalOf(response, 416), /has 10 bytes/)
    })

    it('answers all of it to an If-Range of another version', async () => {
      assert.equal((await get(url, { range: 'bytes=1-1', 'if-range': etag })).status, 206)
      assert.equal((await get(url, { range: 'bytes=1-1', 'if-range': '"other"' })).status, 200)
    })

    it('answers HEAD with the headers of the range and no body', async () => {
      const head = { method: 'HEAD', headers: { range: 'bytes=1-3' } }
      const response = await storage.app.request(url, head)
      assert.equal(response.status, 206)
      assert.equal(response.headers.get('content-range'), 'bytes 1-3/10')
      assert.equal(response.headers.get('content-length'), '3')
      assert.equal(await response.text(), '')
    })
  })

  const broken: [
    title: string,
    body: () => ReadableStream,
    headers: Record<string, string>,
    message: RegExp,
  ][] = [
    ['breaks off', () => streamOf(['ab'], new Error('reset')), {}, /broke off/],
    ['breaks off at once', () => streamOf([], new Error('reset')), {}, /broke off/],
    [
      'is shorter than announced',
      () => streamOf(['ab']),
      { 'content-length': '3' },
      /2 bytes, but its Content-Length is 3/,
    ],
    [
      'is longer than announced',
      () => streamOf(['ab', 'cd']),
      { 'content-length': '3' },
      /4 bytes, but its Content-Length is 3/,
    ],
    [
      'announces nonsense',
      () => streamOf(['ab']),
      { 'content-length': 'x' },
      /Content-Length must be/,
    ],
  ]
  for (const [title, body, headers, message] of broken) {
    it(`leaves no file of an upload that ${title}, and the object as it was`, async () => {
      const url = await storage.presignUrl('a')
      await storage.put(url, 'before')
      assert.match(await refusalOf(await storage.put(url, body(), headers), 400), message)
      assert.equal(await (await get(url)).text(), 'before')
      assert.equal((await storage.partFiles()).length, 1)
    })
  }

  it('gives a reader the version it began with, and deletes that once it was read', async () => {
    const url = await storage.presignUrl('a')
    await storage.put(url, 'before')
    const response = await get(url)
    const unread = await get(url)
    await storage.put(url, 'after')
    assert.equal((await storage.partFiles()).length, 2)
    assert.equal(await response.text(), 'before')
    assert.equal((await storage.partFiles()).length, 2)
    await unread.body?.cancel()
    assert.equal((await storage.partFiles()).length, 1)
    assert.equal(await (await get(url)).text(), 'after')
  })

  it('keeps objects over a restart and sweeps what a broken process left', async () => {
    const url = await storage.presignUrl('a')
    await storage.put(url, 'x', { 'content-type': 'text/plain' })
    storage.store.close()
    await writeFile(join(storage.home, 'parts', 'left-over'), 'half an upl')
    const again = await openStorage(storage.home)
    try {
      assert.equal((await again.partFiles()).length, 1)
      const response = await again.app.request(url)
      assert.equal(await response.text(), 'x')
      assert.equal(response.headers.get('content-type'), 'text/plain')
    } finally {
      await again.close()
    }
  })

  it('refuses an upload that comes to its end after the store was closed, and leaves no file of it', async () => {
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        storage.store.close()
        controller.enqueue(Buffer.from('x'))
        controller.close()
      },
    })
    const response = await storage.put(await storage.presignUrl('late'), body)
    assert.match(await refusalOf(response, 503), /^The service is stopping\.$/)
    assert.deepEqual(await storage.partFiles(), [])
  })

  it('answers 500 without a detail when something unexpected fails', async () => {
    const errors: string[] = []
    const app = rootApp({ error: (message) => void errors.push(message) }).route(
      '/',
      createStorage({
        store: storage.store,
        secret: 'the-signing-secret',
        origin: () => 'http://storage.test',
        now: () => 0,
        authenticate: () => Promise.reject(new Error('password is hunter2')),
      }),
    )
    const response = await app.request('/presign', { method: 'POST' })
    assert.equal(await refusalOf(response, 500), 'The object store failed.')
    assert.equal(errors.length, 1)
  })
})
