import assert from 'node:assert/strict'
import { mkdir, readdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type ArchiveProgress, writeArchive } from '../../../src/engine/archive/write-archive.ts'
import {
  FetchError,
  type FetchedFile,
  type OpenSource,
} from '../../../src/fetching/fetched-file.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { skipWithout } from '../../support/tools.ts'
import { noise, planned, readArchive, sha256, sourceOf, ZIP_TOOLS } from './archive-fixture.ts'

const MEGABYTE = 2 ** 20
const EMPTY = sha256('')

describe('an archive', function () {
  this.timeout(300_000)
  const folder = useTemporaryFolder()
  let archives = 0

  /** An archive's path, in a folder of its own. */
  async function newArchive(): Promise<string> {
    archives += 1
    await mkdir(folder.pathTo(String(archives)))
    return folder.pathTo(`${archives}/archive.zip`)
  }

  before(function () {
    skipWithout(this, ...ZIP_TOOLS)
  })

  it('holds every file under its path, in the order of the files, and nothing is left beside it', async () => {
    const contents = new Map<string, string | Buffer>([
      ['photos/été ☀.jpg', noise(3 * MEGABYTE)],
      ['notes.txt', 'a line\n'.repeat(1000)],
      ['photos/empty.png', ''],
      ['empty.txt', ''],
      ['data/日本.bin', noise(100)],
    ])
    const zip = await newArchive()
    const files = planned([...contents.keys()])
    const open: OpenSource = async (url) => {
      const data = contents.get(files.find((file) => file.url === url)?.path ?? '') ?? ''
      return sourceOf(data, { size: Buffer.byteLength(data) })
    }
    const progress = await writeArchive(zip, files, { open })
    assert.deepEqual(progress, { files: 5, bytes: 3 * MEGABYTE + 7000 + 100 })
    assert.deepEqual(
      (await readArchive(zip)).map((file) => [file.path, file.sha256]),
      [...contents].map(([path, data]) => [path, sha256(data)]),
    )
    assert.deepEqual(await readdir(dirname(zip)), ['archive.zip'])
  })

  const kinds = [
    { title: 'short, of known sizes', path: 'a.jpg', bytes: 5000, known: true },
    { title: 'short, of unknown sizes', path: 'a.jpg', bytes: 5000, known: false },
    { title: 'long, of known sizes', path: 'a.jpg', bytes: 5 * MEGABYTE, known: true },
    { title: 'long, of unknown sizes', path: 'a.jpg', bytes: 5 * MEGABYTE, known: false },
    { title: 'short and deflated', path: 'a.txt', bytes: 5000, known: true },
    { title: 'long and deflated', path: 'a.txt', bytes: 5 * MEGABYTE, known: true },
  ]
  for (const { title, path, bytes, known } of kinds) {
    it(`keeps the order of files that arrive in reverse: ${title}`, async () => {
      const zip = await newArchive()
      const files = planned([0, 1, 2, 3].map((index) => `${index}/${path}`))
      const arrived = files.map(() => Promise.withResolvers<void>())
      const data = files.map((_, index) => noise(bytes, index))
      const ended: number[] = []

      async function* content(index: number): AsyncGenerator<Uint8Array> {
        await arrived[index + 1]?.promise
        for (let at = 0; at < bytes; at += 60_000)
          yield data[index]?.subarray(at, at + 60_000) ?? EMPTY_CHUNK
        ended.push(index)
        arrived[index]?.resolve()
      }

      await writeArchive(zip, files, {
        open: async (url) => {
          const index = files.findIndex((file) => file.url === url)
          return sourceOf(content(index), known ? { size: bytes } : {})
        },
      })
      assert.deepEqual(ended, [3, 2, 1, 0])
      const listed = await readArchive(zip)
      assert.deepEqual(
        listed.map((file) => [file.path, file.sha256]),
        files.map((file, index) => [file.path, sha256(data[index] ?? '')]),
      )
      const offsets = listed.map(({ offset }) => offset)
      assert.deepEqual(
        offsets,
        offsets.toSorted((a, b) => a - b),
      )
      assert.deepEqual(await readdir(dirname(zip)), ['archive.zip'])
    })
  }

  it('deflates texts, and stores what is compressed by nature or unknown', async () => {
    const zip = await newArchive()
    const files = planned([
      'a.TXT',
      'b.svg',
      'c.jpg',
      'd.mp4',
      'e.unknown',
      'f',
      'tiny.txt',
      'g.json',
    ])
    await writeArchive(zip, files, {
      open: async (url) =>
        url.includes('tiny') ? sourceOf('tiny', { size: 4 }) : sourceOf('text '.repeat(100)),
    })
    assert.deepEqual(
      (await readArchive(zip)).filter(({ deflated }) => deflated).map(({ path }) => path),
      ['a.TXT', 'b.svg', 'g.json'],
    )
  })

  const dates = [
    {
      title: 'when it was last changed',
      date: new Date('2024-02-29T23:59:58Z'),
      time: [2024, 2, 29, 23, 59, 58],
    },
    { title: 'when the archive was made', date: undefined, time: [2026, 7, 8, 9, 10, 10] },
    {
      title: 'the earliest date of ZIP',
      date: new Date('1970-01-01T00:00:00Z'),
      time: [1980, 1, 1, 0, 0, 0],
    },
    {
      title: 'the latest date of ZIP',
      date: new Date('2345-01-01T00:00:00Z'),
      time: [2107, 12, 31, 23, 59, 58],
    },
  ]
  for (const { title, date, time } of dates) {
    it(`dates a file in UTC: ${title}`, async () => {
      const zip = await newArchive()
      await writeArchive(zip, planned(['a.png']), {
        open: async () => sourceOf('abc', { date }),
        now: new Date('2026-07-08T09:10:11Z'),
      })
      assert.deepEqual(
        (await readArchive(zip)).map((file) => file.time),
        [time],
      )
    })
  }

  it('opens a few files at a time, and tells how far it is', async () => {
    const zip = await newArchive()
    let [opened, most] = [0, 0]
    async function* content(): AsyncGenerator<Uint8Array> {
      most = Math.max(most, opened)
      yield Buffer.from('abc')
      opened -= 1
    }
    const progress: ArchiveProgress[] = []
    await writeArchive(zip, planned(Array.from({ length: 20 }, (_, index) => `${index}.png`)), {
      open: async () => {
        opened += 1
        return sourceOf(content())
      },
      parallel: 3,
      onFile: (step) => progress.push(step),
    })
    assert.equal(most, 3)
    assert.deepEqual(
      progress,
      Array.from({ length: 20 }, (_, index) => ({ files: index + 1, bytes: 3 * index + 3 })),
    )
  })

  it('opens a source again that fails for the moment, and reads on', async () => {
    const zip = await newArchive()
    const starts: number[] = []
    const open: OpenSource = async (_url, { from }) => {
      starts.push(from)
      const data = Buffer.from('0123456789')
      const content = starts.length === 1 ? breaksOff(data.subarray(0, 4)) : [data.subarray(from)]
      return sourceOf(content, { size: 10, start: from })
    }
    await writeArchive(zip, planned(['a.png']), {
      open,
      pausesMs: [1],
      pause: async () => undefined,
    })
    assert.deepEqual(starts, [0, 4])
    assert.deepEqual(
      (await readArchive(zip)).map((file) => file.sha256),
      [sha256('0123456789')],
    )
  })

  it('may hold nothing but an empty file', async () => {
    const zip = await newArchive()
    await writeArchive(zip, planned(['a']), { open: async () => sourceOf('') })
    assert.deepEqual(
      (await readArchive(zip)).map((file) => file.sha256),
      [EMPTY],
    )
  })

  const failures: {
    title: string
    fail: (url: string) => Promise<FetchedFile>
    message: string
  }[] = [
    {
      title: 'cannot be opened',
      fail: async () => {
        throw new FetchError('the server answered 404')
      },
      message:
        'files[2] could not be fetched from https://example.com/2.jpg: the server answered 404.',
    },
    {
      title: 'breaks off after megabytes',
      fail: async () => sourceOf(breaksOff(noise(3 * MEGABYTE)), { size: 4 * MEGABYTE }),
      message: 'files[2] could not be fetched from https://example.com/2.jpg: it broke off.',
    },
    {
      title: 'is shorter than it was said to be',
      fail: async () => sourceOf('abc', { size: 4 }),
      message:
        'files[2] could not be fetched from https://example.com/2.jpg: it ended after 3 of 4 bytes.',
    },
    {
      title: 'is longer than it was said to be',
      fail: async () => sourceOf('abcde', { size: 4 }),
      message:
        'files[2] could not be fetched from https://example.com/2.jpg: it is longer than the 4 bytes that it was said to have.',
    },
  ]
  for (const { title, fail, message } of failures) {
    it(`is not made when one file ${title}, and the other downloads end`, async () => {
      const zip = await newArchive()
      const signals: AbortSignal[] = []
      const files = planned(Array.from({ length: 50 }, (_, index) => `${index}.jpg`))
      const open: OpenSource = async (url, { signal }) => {
        if (url.includes('/2.jpg')) return await fail(url)
        signals.push(signal)
        return sourceOf(endless(signal))
      }
      await assert.rejects(writeArchive(zip, files, { open, pausesMs: [] }), {
        name: 'OperationError',
        code: 'file_unavailable',
        message,
      })
      assert.ok(signals.length < 5, 'no file is opened after the failure')
      assert.ok(signals.every(({ aborted }) => aborted))
      assert.deepEqual(await readdir(dirname(zip)), [])
    })
  }
})

const EMPTY_CHUNK = Buffer.alloc(0)

async function* breaksOff(data: Buffer): AsyncGenerator<Uint8Array> {
  yield data
  throw new FetchError('it broke off', { temporary: true })
}

/** Megabytes without end, as long as nobody gives up. */
async function* endless(signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const chunk = Buffer.alloc(60_000)
  const stopped = new Promise((resolve) => signal.addEventListener('abort', resolve))
  for (let sent = 0; !signal.aborted; sent += chunk.length) {
    if (sent > 4 * MEGABYTE) await stopped
    yield chunk
  }
  signal.throwIfAborted()
}
