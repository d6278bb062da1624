import assert from 'node:assert/strict'
import {
  array,
  assert as assertProperty,
  asyncProperty,
  double,
  infiniteStream,
  nat,
  record,
  tuple,
  uint8Array,
} from 'fast-check'
import { openStorage, refusalOf, type Storage, streamOf } from './storage-fixture.ts'

describe('a multi-part object', () => {
  let storage: Storage
  beforeEach(async () => {
    storage = await openStorage()
  })
  afterEach(() => storage.close())

  const upload = async (parts: number) => (await storage.presign('a', { parts })).urls
  const request = async (method: string) =>
    storage.app.request(await storage.presignUrl('a'), { method })
  const readText = async () => (await request('GET')).text()
  const headers = async () => (await request('HEAD')).headers

  it('is its parts one after the other, in whatever order they arrive, and ends at the last used', async () => {
    const urls = await upload(5)
    for (const [part, body] of [
      [2, 'ef'],
      [0, 'ab'],
    ] as const) {
      assert.equal((await storage.put(at(urls, part), body)).status, 201)
    }
    await refusalOf(await storage.app.request(at(urls, 0)), 404)
    await storage.put(at(urls, 1), 'cd')
    const response = await storage.app.request(at(urls, 4))
    assert.equal(response.headers.get('content-length'), '6')
    assert.equal(await response.text(), 'abcdef')
  })

  it('is complete when its parts arrive at the same time', async () => {
    const urls = await upload(20)
    await Promise.all(urls.map(async (url, part) => storage.put(url, `${part},`)))
    assert.equal(await readText(), urls.map((_, part) => `${part},`).join(''))
  })

  it('has the content type of its first part and the date of its latest', async () => {
    const urls = await upload(2)
    await storage.put(at(urls, 1), 'b', { 'content-type': 'text/plain' })
    storage.clock.ms += 5000
    await storage.put(at(urls, 0), 'a', { 'content-type': 'image/png' })
    const answered = await headers()
    assert.equal(answered.get('content-type'), 'image/png')
    assert.equal(answered.get('last-modified'), 'Thu, 01 Jan 2026 00:00:05 GMT')
  })

  it('has the newest bytes of a part that was uploaded again, and another ETag', async () => {
    const urls = await upload(2)
    await storage.put(at(urls, 0), 'a')
    await storage.put(at(urls, 1), 'b')
    const before = (await headers()).get('etag')
    const again = await storage.put(at(urls, 0), 'A')
    assert.equal(again.status, 200)
    assert.equal(await readText(), 'Ab')
    assert.notEqual((await headers()).get('etag'), before)
    assert.equal((await storage.partFiles()).length, 2)
  })

  it('gives a range that spans parts', async () => {
    const urls = await upload(3)
    for (const [part, body] of ['abc', 'def', 'ghi'].entries())
      await storage.put(at(urls, part), body)
    const response = await storage.app.request(at(urls, 0), { headers: { range: 'bytes=2-6' } })
    assert.equal(response.headers.get('content-range'), 'bytes 2-6/9')
    assert.equal(await response.text(), 'cdefg')
  })

  it('replaces a whole object and is replaced by one', async () => {
    const whole = await storage.presignUrl('a')
    const urls = await upload(2)
    await storage.put(whole, 'whole')
    assert.equal((await storage.put(at(urls, 0), 'ab')).status, 200)
    assert.equal((await storage.put(at(urls, 1), 'cd')).status, 201)
    assert.equal(await readText(), 'abcd')
    assert.equal((await storage.put(whole, 'again')).status, 200)
    assert.equal(await readText(), 'again')
    assert.equal((await storage.partFiles()).length, 1)
  })

  it('is not there while a new upload has begun by a later part', async () => {
    await storage.put(await storage.presignUrl('a'), 'whole')
    const urls = await upload(2)
    await storage.put(at(urls, 1), 'cd')
    await refusalOf(await request('GET'), 404)
    await storage.put(at(urls, 0), 'ab')
    assert.equal(await readText(), 'abcd')
  })

  it('stays as it is when a part of a replaced upload arrives late', async () => {
    const [older, newer] = [await upload(2), await upload(2)]
    await storage.put(at(older, 0), 'old')
    await storage.put(at(newer, 0), 'new')
    const message = await refusalOf(await storage.put(at(older, 1), 'late'), 409)
    assert.match(message, /later upload has replaced/)
    assert.equal(await readText(), 'new')
    assert.equal((await storage.partFiles()).length, 1)
  })

  it('may be uploaded by the older of two targets last', async () => {
    const [older, newer] = [await upload(2), await upload(2)]
    await storage.put(at(newer, 0), 'newer')
    await storage.put(at(older, 0), 'older')
    assert.equal(await readText(), 'older')
  })

  it('gives a reader the version it began with', async () => {
    const urls = await upload(3)
    const bodies = ['a', 'b', 'c'].map((letter) => letter.repeat(1024 * 1024))
    for (const [part, body] of bodies.entries()) await storage.put(at(urls, part), body)
    const response = await request('GET')
    await storage.put(at(urls, 2), 'changed')
    await storage.put(await storage.presignUrl('a'), 'replaced')
    assert.equal(await response.text(), bodies.join(''))
    assert.equal((await storage.partFiles()).length, 1)
  })

  it('accepts no part over the largest size, announced or not, and keeps nothing of it', async () => {
    const [url] = await upload(2)
    const max = Number(new URL(url ?? '').searchParams.get('maxPartSize'))
    let pulled = 0
    const body = new ReadableStream<Uint8Array>(
      { pull: (controller) => controller.enqueue(Buffer.alloc(++pulled * 4 * 1024 * 1024)) },
      { highWaterMark: 0 },
    )
    const announced = { 'content-length': String(max + 1) }
    assert.match(
      await refusalOf(await storage.put(url ?? '', body, announced), 413),
      /104857600 bytes/,
    )
    assert.equal(pulled, 0)
    assert.match(await refusalOf(await storage.put(url ?? '', body), 413), /104857600 bytes/)
    assert.deepEqual(await storage.partFiles(), [])
  })

  it('accepts a part of exactly the largest size', async () => {
    const put = (length: number) =>
      storage.store.put({
        key: 'a',
        body: streamOf([Buffer.alloc(length)]),
        size: { max: 10 },
        contentType: 'image/png',
      })
    await put(10)
    await assert.rejects(put(11), { status: 413 })
    assert.equal(storage.store.here.look('a')?.size, 10)
  })

  it('reads back what was uploaded, however it was split, ordered and retried', async () => {
    const uploads = record({
      parts: array(uint8Array({ maxLength: 3000 }), { minLength: 1, maxLength: 8 }),
      order: infiniteStream(nat()),
      range: tuple(
        double({ min: 0, max: 1, noNaN: true }),
        double({ min: 0, max: 1, noNaN: true }),
      ),
    })
    let runs = 0
    await assertProperty(
      asyncProperty(uploads, async ({ parts, order, range }) => {
        const run = ++runs
        const arrivals = [...parts.entries(), ...parts.entries()]
        while (arrivals.length > 0) {
          const next = (order.next().value ?? 0) % arrivals.length
          for (const [part, bytes] of arrivals.splice(next, 1)) {
            const of = { upload: `upload ${run}`, part }
            const body = streamOf([bytes.subarray(0, 100), bytes.subarray(100)])
            await storage.store.put({
              key: 'a',
              body,
              size: {},
              contentType: 'image/png',
              of,
            })
          }
        }
        const expected = Buffer.concat(parts)
        const [start, end] = range
          .map((share) => Math.round(share * expected.length))
          .toSorted((a, b) => a - b)
        const object = storage.store.here.look('a') ?? assert.fail('there is no object')
        assert.equal(object.size, expected.length)
        const whole = await new Response(storage.store.here.read(object)).arrayBuffer()
        const slice = await new Response(
          storage.store.here.read(object, { start: start ?? 0, end: end ?? 0 }),
        ).arrayBuffer()
        assert.deepEqual(Buffer.from(whole), expected)
        assert.deepEqual(Buffer.from(slice), expected.subarray(start, end))
        assert.equal((await storage.partFiles()).length, parts.length)
      }),
      { numRuns: 40 },
    )
  })
})

function at(urls: readonly string[], part: number): string {
  return urls[part] ?? assert.fail(`there is no URL of part ${part}`)
}
