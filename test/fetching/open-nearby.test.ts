import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { crc32 } from 'node:zlib'
import type { NearbyObject } from '../../src/base/nearby-service.ts'
import { openNearby } from '../../src/fetching/open-nearby.ts'
import type { UrlFile } from '../../src/fetching/open-url.ts'
import { saveFile } from '../../src/fetching/save-file.ts'
import { useNearbyService } from '../support/nearby-service.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const URL_OF_IT = 'https://localhost:1/storage/objects/a?signature=s'
const LARGE = 16 * 1024 ** 2 + 1

async function open(signal = new AbortController().signal): Promise<UrlFile> {
  const opened = await openNearby(URL_OF_IT, signal)
  return opened ?? assert.fail('it was not opened')
}

describe('an object that is opened without a connection', () => {
  const folder = useTemporaryFolder()
  const nearby = useNearbyService()
  let ends = 0

  async function store(...contents: readonly Uint8Array[]): Promise<void> {
    const files = contents.map((content, part) => ({
      path: folder.pathTo(`part${part}`),
      start: 0,
      end: content.length,
      checksum: crc32(content),
    }))
    for (const [part, { path }] of files.entries()) {
      await writeFile(path, contents[part] ?? new Uint8Array())
    }
    const object: NearbyObject = {
      size: contents.reduce((sum, { length }) => sum + length, 0),
      modified: 1_234_567,
      etag: '"tag"',
      contentType: 'image/png',
      disposition: undefined,
      files,
    }
    nearby.be({
      open: async (url) =>
        url === URL_OF_IT ? { object, end: () => void (ends += 1) } : undefined,
      send: async () => false,
    })
  }

  beforeEach(() => {
    ends = 0
  })

  const objects: [what: string, contents: Uint8Array[]][] = [
    ['small', [Buffer.from('some bytes')]],
    ['empty', [new Uint8Array()]],
    ['of several parts', ['one, ', 'two, ', 'three'].map((text) => Buffer.from(text))],
    ['large', [Buffer.alloc(LARGE, 'x')]],
    ['of large parts', [Buffer.alloc(LARGE, 'x'), Buffer.alloc(LARGE, 'y')]],
  ]
  for (const [what, contents] of objects) {
    it(`is read, and saved as a file, when it is ${what}`, async () => {
      await store(...contents)
      const whole = Buffer.concat(contents)
      const opened = await open()
      assert.deepEqual(await buffer(opened.content), whole)
      assert.equal(opened.saveAtOnce === undefined, whole.length >= LARGE)
      const file = folder.pathTo('saved')
      await saveFile(URL_OF_IT, file, {
        open: async (_url, { signal }) => open(signal),
        mostBytes: whole.length,
        signal: new AbortController().signal,
      })
      assert.deepEqual(await readFile(file), whole)
      assert.equal(ends, 2)
    })
  }

  it('says of itself what its answers would say', async () => {
    await store(Buffer.from('abc'))
    const { size, date, start, version, contentType, disposition } = await open()
    assert.deepEqual(
      { size, date: date?.toISOString(), start, version, contentType, disposition },
      {
        size: 3,
        date: '1970-01-01T00:20:34.000Z',
        start: 0,
        version: '"tag"',
        contentType: 'image/png',
        disposition: undefined,
      },
    )
  })

  const damages: [what: string, damage: (path: string) => Promise<void>][] = [
    ['has other bytes', (path) => writeFile(path, 'abX')],
    ['is shorter', (path) => writeFile(path, 'ab')],
    ['is gone', (path) => rm(path)],
  ]
  for (const [what, damage] of damages) {
    it(`fails, so that it is asked for by a connection, when a file ${what}`, async () => {
      await store(Buffer.from('abc'))
      await damage(folder.pathTo('part0'))
      const opened = await open()
      assert.equal(opened.saveAtOnce?.(folder.pathTo('saved')), false)
      await assert.rejects(buffer(opened.content), { name: 'FetchError', temporary: true })
      assert.equal(ends, 0)
    })
  }

  it('is refused when it has more bytes than it may have, and leaves no file', async () => {
    await store(Buffer.from('abc'))
    const file = folder.pathTo('saved')
    const saving = saveFile(URL_OF_IT, file, {
      open: async (_url, { signal }) => open(signal),
      mostBytes: 2,
      signal: new AbortController().signal,
    })
    await assert.rejects(saving, {
      message: 'it has 3 bytes, more than the 2 that a file may have',
    })
    assert.ok(!existsSync(file))
  })

  it('is given up as soon as nobody wants it', async () => {
    await store(Buffer.alloc(LARGE, 'x'))
    const giving = new AbortController()
    const opened = await open(giving.signal)
    giving.abort(new Error('nobody wants it'))
    await assert.rejects(buffer(opened.content), /nobody wants it/)
  })
})
