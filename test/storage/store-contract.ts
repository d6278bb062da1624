import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { toEmptyUpload } from '../../src/base/empty-upload.ts'
import type { ObjectStore } from '../../src/storage/object-store.ts'
import type { ObjectUrls } from '../../src/storage/object-urls.ts'
import { keysOf, streamOf } from './storage-fixture.ts'

/** A store, and a client who has nothing but its URLs. */
export interface TestStore {
  readonly store: ObjectStore
  readonly urls: ObjectUrls
  readonly send: (
    url: string,
    init?: { method?: string; headers?: Record<string, string>; body?: Uint8Array<ArrayBuffer> },
  ) => Promise<Response>
  readonly close: () => Promise<void>
}

const MIB = 1024 * 1024
const TEXT = 'text/plain'
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text))
const soon = () => Math.floor(Date.now() / 1000) + 600

/** What each object store has to do, wherever it is. */
export function itKeepsObjects(open: () => Promise<TestStore>): void {
  let test: TestStore
  before(async () => {
    test = await open()
  })
  after(() => test.close())

  let count = 0
  /** A key that no other test has. */
  const newKey = (name = 'a b/ü+%20.txt'): string => `jobs/${(count += 1)}/${name}`

  const put = (key: string, text: string | Uint8Array, type = TEXT) =>
    test.store.put({ key, body: streamOf([text]), size: {}, contentType: type })
  const putPart = (key: string, of: { upload: string; part: number }, bytes: string | Uint8Array) =>
    test.store.put({ key, body: streamOf([bytes]), size: {}, contentType: TEXT, of })
  async function read(key: string, range?: { start: number; end: number }): Promise<Buffer> {
    const content = await test.store.open(key, range)
    assert.ok(content, `there is no object ${key}`)
    return Buffer.from(await new Response(content).arrayBuffer())
  }
  const readText = async (key: string): Promise<string> => String(await read(key))

  async function sendParts(key: string, parts: readonly Uint8Array<ArrayBuffer>[]) {
    const target = test.urls.toWriteParts(key, { expires: soon(), parts: parts.length + 3 })
    const indices = parts.map((_, index) => index).toReversed()
    for (const index of indices) {
      const url = target.urls[index] ?? assert.fail()
      const sent = await test.send(url, {
        method: 'PUT',
        ...(parts[index] && { body: parts[index] }),
      })
      assert.ok(sent.ok, await sent.text())
    }
    return target
  }

  it('gives back what was put, and what is known of it', async () => {
    const key = newKey()
    const before = Date.now()
    await put(key, 'content', 'text/x-this; charset=utf-8')
    const found = await test.store.stat(key)
    assert.partialDeepStrictEqual(found, {
      key,
      size: 7,
      contentType: 'text/x-this; charset=utf-8',
    })
    assert.match(found?.etag ?? '', /^".+"$/)
    assert.ok(Math.abs((found?.modified ?? 0) - before) < 60_000)
    assert.equal(await readText(key), 'content')
  })

  for (const [start, end, text] of [
    [0, 3, '012'],
    [4, 7, '456'],
    [7, 10, '789'],
    [0, 10, '0123456789'],
    [5, 5, ''],
  ] as const) {
    it(`reads the bytes from ${start} to ${end} alone`, async () => {
      const key = newKey()
      await put(key, '0123456789')
      assert.equal(String(await read(key, { start, end })), text)
    })
  }

  it('has an empty object', async () => {
    const key = newKey()
    await put(key, '')
    assert.equal((await test.store.stat(key))?.size, 0)
    assert.equal(await readText(key), '')
    const answer = await test.send(test.urls.toRead(key, { expires: soon() }))
    assert.deepEqual([answer.status, await answer.text()], [200, ''])
  })

  it('takes a body of any length, whatever its chunks are', async () => {
    const key = newKey()
    const bytes = randomBytes(17 * MIB + 13)
    const chunks = [bytes.subarray(0, 3), bytes.subarray(3, 9 * MIB), bytes.subarray(9 * MIB)]
    await test.store.put({ key, body: streamOf(chunks), size: {}, contentType: TEXT })
    assert.equal((await test.store.stat(key))?.size, bytes.length)
    assert.ok((await read(key)).equals(bytes))
    assert.ok(
      (await read(key, { start: 8 * MIB - 1, end: 16 * MIB + 1 })).equals(
        bytes.subarray(8 * MIB - 1, 16 * MIB + 1),
      ),
    )
  })

  it('replaces an object, and tells the two apart', async () => {
    const key = newKey()
    await put(key, 'before')
    const before = await test.store.stat(key)
    await put(key, 'and after')
    assert.equal(await readText(key), 'and after')
    assert.notEqual((await test.store.stat(key))?.etag, before?.etag)
  })

  it('has nothing of what is not there', async () => {
    const key = newKey()
    assert.equal(await test.store.stat(key), undefined)
    assert.equal(await test.store.open(key), undefined)
    assert.deepEqual(await test.store.arrived(key), { parts: 0, size: 0 })
    await test.store.complete(key, TEXT, true)
    await test.store.remove([key])
    const answer = await test.send(test.urls.toRead(key, { expires: soon() }))
    await answer.arrayBuffer()
    assert.equal(answer.status, 404)
  })

  it('keeps what it has when an upload breaks off, is too long or not as long as announced', async () => {
    const key = newKey()
    await put(key, 'before')
    const large = new Uint8Array(9 * MIB)
    for (const [body, size, status] of [
      [streamOf(['half'], new Error('reset')), {}, 400],
      [streamOf([large], new Error('reset')), {}, 400],
      [streamOf(['too long']), { max: 3 }, 413],
      [streamOf([large]), { max: 8 * MIB + 1 }, 413],
      [streamOf(['short']), { announced: 9 }, 400],
    ] as const) {
      await assert.rejects(test.store.put({ key, body, size, contentType: TEXT }), { status })
    }
    assert.equal(await readText(key), 'before')
  })

  for (const key of ['', '/a', 'a//b', 'a/../b', 'a/', 'a\nb', 'a'.repeat(1025)]) {
    it(`refuses the key ${JSON.stringify(key.slice(0, 10))}`, async () => {
      await assert.rejects(put(key, 'x'), { name: 'ServiceError', status: 400 })
    })
  }

  it('lists what begins so, and removes what it is told to, and no more', async () => {
    const [one, two] = [newKey('one'), newKey('two')]
    await Promise.all([put(one, '1'), put(two, '22')])
    const folder = one.slice(0, -'one'.length)
    assert.deepEqual(await keysOf(test.store, folder), [one])
    for await (const listed of test.store.list(two)) assert.equal(listed.size, 2)
    await test.store.remove([one])
    assert.deepEqual(await keysOf(test.store, folder), [])
    assert.equal(await test.store.stat(one), undefined)
    assert.equal(await readText(two), '22')
  })

  describe('by URLs', () => {
    it('is read, whole and in part, and told how it is to be shown', async () => {
      const key = newKey()
      await put(key, '0123456789', 'image/png')
      const url = test.urls.toRead(key, {
        expires: soon(),
        disposition: 'attachment; filename="a b.png"',
      })
      const answer = await test.send(url)
      assert.equal(await answer.text(), '0123456789')
      assert.equal(answer.headers.get('content-type'), 'image/png')
      assert.equal(answer.headers.get('content-disposition'), 'attachment; filename="a b.png"')
      const part = await test.send(url, { headers: { range: 'bytes=2-4' } })
      assert.deepEqual(
        [part.status, part.headers.get('content-range'), await part.text()],
        [206, 'bytes 2-4/10', '234'],
      )
    })

    it('is written', async () => {
      const key = newKey()
      const sent = await test.send(test.urls.toWrite(key, soon()), {
        method: 'PUT',
        body: bytesOf('sent'),
        headers: { 'content-type': TEXT },
      })
      assert.ok(sent.ok, await sent.text())
      await test.store.complete(key, TEXT, true)
      assert.partialDeepStrictEqual(await test.store.stat(key), { size: 4, contentType: TEXT })
      assert.equal(await readText(key), 'sent')
    })

    it('is written as a file without bytes', async () => {
      const key = newKey()
      const { url, headers } = toEmptyUpload(test.urls.toWrite(key, soon()))
      const sent = await test.send(url, { method: 'PUT', headers, body: new Uint8Array() })
      assert.ok(sent.ok, await sent.text())
      await test.store.complete(key, TEXT, true)
      assert.equal((await test.store.stat(key))?.size, 0)
    })

    it('is nobody’s who has a URL of another object, or for something else', async () => {
      const key = newKey('mine')
      await put(key, 'mine')
      const reading = test.urls.toRead(key, { expires: soon() })
      const refused = [
        await test.send(reading, { method: 'PUT', body: bytesOf('theirs') }),
        await test.send(test.urls.toWrite(key, soon())),
        await test.send(reading.replace('/mine?', '/other?')),
        await test.send(reading.replace(/(ignature=|sig=)..../, '$1aaaa')),
      ]
      await Promise.all(refused.map((answer) => answer.arrayBuffer()))
      // Azure looks at what a PUT is of before it looks who sends it.
      for (const { status } of refused) assert.ok(status === 403 || status === 400, `${status}`)
      await test.store.complete(key, TEXT, true)
      assert.equal(await readText(key), 'mine')
    })
  })

  describe('of parts', () => {
    it('is put together of those that were used of a target, in their order', async () => {
      const key = newKey()
      const parts = [6 * MIB, 5 * MIB, 10].map((size) => new Uint8Array(randomBytes(size)))
      const target = await sendParts(key, parts)
      assert.deepEqual([target.minPartSize, target.maxPartSize], [10 * MIB, 100 * MIB])
      assert.deepEqual(await test.store.arrived(key), { parts: 3, size: 11 * MIB + 10 })
      await test.store.complete(key, TEXT, true)
      assert.ok((await read(key)).equals(Buffer.concat(parts)))
      assert.equal((await test.store.arrived(key)).size, 11 * MIB + 10)
    })

    it('may be of small ones', async () => {
      const key = newKey()
      await sendParts(key, ['a', 'bc', 'def', 'g'].map(bytesOf))
      await test.store.complete(key, TEXT, true)
      assert.equal(await readText(key), 'abcdefg')
    })

    it('replaces an object that was whole, and is replaced by one', async () => {
      const key = newKey()
      await put(key, 'whole')
      await sendParts(key, ['ab', 'cd'].map(bytesOf))
      await test.store.complete(key, TEXT, true)
      assert.equal(await readText(key), 'abcd')
      await put(key, 'again')
      await test.store.complete(key, TEXT, true)
      assert.equal(await readText(key), 'again')
    })

    it('grows as long as its parts come, however often it is completed', async () => {
      const key = newKey()
      const { urls } = test.urls.toWriteParts(key, { expires: soon(), parts: 3 })
      for (const [index, text] of ['a', 'b', 'c'].entries()) {
        await test.send(urls[index] ?? '', { method: 'PUT', body: bytesOf(text) })
        await Promise.all([1, 2].map(() => test.store.complete(key, TEXT, false)))
        assert.equal(await readText(key), 'abc'.slice(0, index + 1))
      }
    })

    it('gathers what comes through the service, and says how far it is', async () => {
      const key = newKey()
      const upload = randomBytes(16).toString('hex')
      const parts = [new Uint8Array(randomBytes(6 * MIB)), bytesOf('then'), bytesOf('end')]
      let size = 0
      for (const [part, bytes] of parts.entries()) {
        await putPart(key, { upload, part }, bytes)
        size += bytes.length
        assert.deepEqual(await test.store.arrived(key), { parts: part + 1, size })
      }
      await test.store.complete(key, TEXT, true)
      assert.partialDeepStrictEqual(await test.store.stat(key), { size, contentType: TEXT })
      assert.ok((await read(key)).equals(Buffer.concat(parts)))
    })

    it('is not there while its first is missing', async () => {
      const key = newKey()
      await putPart(key, { upload: 'an-upload-of-one', part: 1 }, 'second')
      await test.store.complete(key, TEXT, false)
      assert.equal(await test.store.stat(key), undefined)
    })

    it('leaves nothing when it is removed', async () => {
      const key = newKey('removed')
      await putPart(key, { upload: 'an-upload-of-two', part: 0 }, 'first')
      await test.store.remove([key])
      await test.store.complete(key, TEXT, true)
      assert.equal(await test.store.stat(key), undefined)
      assert.deepEqual(await keysOf(test.store, key), [])
    })
  })
}
