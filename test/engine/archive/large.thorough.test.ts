import assert from 'node:assert/strict'
import { stat } from 'node:fs/promises'
import { writeArchive } from '../../../src/engine/archive/write-archive.ts'
import {
  directoryEnd,
  directoryHeader,
  localHeader,
} from '../../../src/engine/archive/zip-format.ts'
import { amountOf } from '../../support/amounts.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { skipWithout } from '../../support/tools.ts'
import { peakMemory, planned, readArchive, sha256, sourceOf, ZIP_TOOLS } from './archive-fixture.ts'

const GIGABYTE = 2 ** 30

describe('a large archive', function () {
  this.timeout(600_000)
  const folder = useTemporaryFolder()

  const itThoroughly = amountOf<(title: string, test: Mocha.AsyncFunc) => void>({
    thoroughly: it,
    usually: () => undefined,
  })

  itThoroughly('holds more files than ZIP can count without ZIP64', async function () {
    skipWithout(this, ...ZIP_TOOLS)
    const zip = folder.pathTo('many.zip')
    const files = planned(Array.from({ length: 70_000 }, (_, index) => `${index % 100}/${index}`))
    await writeArchive(zip, files, {
      open: async (url) => sourceOf(url, { size: Buffer.byteLength(url) }),
    })
    const listed = await readArchive(zip)
    assert.equal(listed.length, 70_000)
    for (const index of [0, 65_534, 65_535, 65_536, 69_999]) {
      const { path, sha256: digest } = listed[index] ?? {}
      assert.deepEqual([path, digest], [files[index]?.path, sha256(files[index]?.url ?? '')])
    }
  })

  itThoroughly(
    'holds a file of more than 4 GB, of which only the end tells the length',
    async function () {
      skipWithout(this, ...ZIP_TOOLS)
      const zip = folder.pathTo('long.zip')
      const [chunk, chunks] = [Buffer.alloc(2 ** 24), 257]
      function* content(): Generator<Uint8Array> {
        for (let sent = 0; sent < chunks; sent += 1) yield chunk
      }
      await writeArchive(zip, planned(['before.txt', 'zeros.txt', 'after.png']), {
        open: async (url) => sourceOf(url.includes('zeros') ? content() : 'abc'),
      })
      assert.deepEqual(
        (await readArchive(zip, { unread: ['zeros.txt'] })).map(({ path, size }) => [path, size]),
        [
          ['before.txt', 3],
          ['zeros.txt', 4 * GIGABYTE + 2 ** 24],
          ['after.png', 3],
        ],
      )
      assert.ok((await stat(zip)).size < GIGABYTE / 100)
    },
  )

  it('has sizes and places of more than 4 GB in its ZIP64 fields', () => {
    const record = {
      name: Buffer.from('a'),
      method: 0,
      date: new Date(0),
      crc: 1,
      size: 5 * GIGABYTE,
      compressedSize: 5 * GIGABYTE,
      large: true,
    } as const
    const local = localHeader(record)
    assert.deepEqual([local.readUInt32LE(18), local.readUInt32LE(22)], [0xffff_ffff, 0xffff_ffff])
    assert.deepEqual(readZip64(local, 40), [5 * GIGABYTE, 5 * GIGABYTE])
    const far = directoryHeader(
      { ...record, size: 1, compressedSize: 1, large: false },
      6 * GIGABYTE,
    )
    assert.deepEqual(
      [far.readUInt32LE(20), far.readUInt32LE(24), far.readUInt32LE(42)],
      [1, 1, 0xffff_ffff],
    )
    assert.deepEqual(readZip64(far, 56), [6 * GIGABYTE])
    const both = directoryHeader(record, 0xffff_ffff)
    assert.deepEqual(readZip64(both, 56), [5 * GIGABYTE, 5 * GIGABYTE, 0xffff_ffff])
  })

  const ends = [
    { entries: 65_534, offset: 0xffff_fffe, zip64: false },
    { entries: 65_535, offset: 1, zip64: true },
    { entries: 1, offset: 0xffff_ffff, zip64: true },
  ]
  for (const { entries, offset, zip64 } of ends) {
    it(`ends ${zip64 ? 'with' : 'without'} ZIP64 with ${entries} files in ${offset} bytes`, () => {
      const end = directoryEnd({ entries, offset, size: 2 })
      assert.equal(end.length, zip64 ? 98 : 22)
      const last = end.subarray(-22)
      assert.deepEqual([last.readUInt16LE(10), last.readUInt32LE(16)], [entries, offset])
      if (!zip64) return
      assert.deepEqual(
        [end.readBigUInt64LE(32), end.readBigUInt64LE(48)],
        [BigInt(entries), BigInt(offset)],
      )
      assert.equal(end.readBigUInt64LE(64), BigInt(offset + 2))
    })
  }

  it('takes no more memory than a small one', async () => {
    const [small, large] = [await peak(10), await peak(500)]
    // Some of it is what the collector of garbage leaves for later.
    assert.ok(large < small + 100 * 2 ** 20, `${large} bytes for 500 MB, ${small} for 10 MB`)
  })

  /** The most memory of a process that archives so many megabytes: four stored files, two of a length that is not known. */
  async function peak(megabytes: number): Promise<number> {
    const path = folder.pathTo(`${megabytes}.zip`)
    return await peakMemory(`
      import { writeArchive } from ${JSON.stringify(new URL('../../../src/engine/archive/write-archive.ts', import.meta.url))}
      const size = ${megabytes} * 250_000
      async function* content() {
        for (let left = size; left > 0; left -= 50_000) yield Buffer.alloc(50_000)
      }
      const files = ['0', '1', '2', '3'].map((path) => ({ title: path, url: 'https://a/' + path, path }))
      await writeArchive(${JSON.stringify(path)}, files, {
        open: async (url) => ({ content: content(), start: 0, ...(/[01]$/.test(url) ? { size } : {}) }),
      })
    `)
  }
})

/** The numbers in a ZIP64 extra field. */
function readZip64(record: Buffer, at: number): number[] {
  assert.equal(record.readUInt16LE(at), 1)
  const count = record.readUInt16LE(at + 2) / 8
  return Array.from({ length: count }, (_, index) =>
    Number(record.readBigUInt64LE(at + 4 + 8 * index)),
  )
}
