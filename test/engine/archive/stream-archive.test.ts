import assert from 'node:assert/strict'
import { readArchivedFiles } from '../../../src/cases/archive-comparison.ts'
import { type StreamedFile, streamArchive } from '../../../src/engine/archive/stream-archive.ts'

const DATE = new Date(Date.UTC(2026, 10, 30, 9, 30))

function fileOf(path: string, text: string, size = Buffer.byteLength(text)): StreamedFile {
  async function* read() {
    // In pieces, as files come.
    for (let at = 0; at < text.length; at += 7) yield Buffer.from(text.slice(at, at + 7))
  }
  return { path, size, date: DATE, read: async () => read() }
}

async function bytesOf(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of content) chunks.push(chunk)
  return Buffer.concat(chunks)
}

describe('an archive that is written as it is read', () => {
  it('has the files in their order, and is as large as it says', async () => {
    const texts = new Map([
      ['harbour/a.txt', 'a text of some length'],
      ['harbour/空.txt', ''],
      ['صورة/b.bin', 'b'.repeat(100_000)],
    ])
    const { size, content } = streamArchive(Array.from(texts, ([path, text]) => fileOf(path, text)))
    const bytes = await bytesOf(content)
    assert.equal(bytes.length, size)
    const read = await readArchivedFiles(bytes)
    assert.deepEqual(
      read.map((file) => file.path),
      [...texts.keys()],
    )
    assert.deepEqual(
      read.map((file) => Buffer.from(file.content).toString()),
      [...texts.values()],
    )
  })

  it('may have no files', async () => {
    const { size, content } = streamArchive([])
    assert.equal((await bytesOf(content)).length, size)
  })

  it('knows its size where files are so large that their sizes have another place', () => {
    const large = 5 * 1024 ** 3
    const [one] = [streamArchive([fileOf('a', '', large), fileOf('b', '', large)]).size]
    // A local header of 30 bytes, one of the table of contents of 46, both with 9 for the time, and the end, which is a large one.
    const first = 30 + 1 + 9 + 20 + large + 46 + 1 + 9 + 20
    assert.equal(one, first + first + 8 + 22 + 76)
  })

  for (const [title, size] of [
    ['longer', 4],
    ['shorter', 6],
  ] as const) {
    it(`breaks off when a file is ${title} than was said`, async () => {
      const { content } = streamArchive([fileOf('a', 'bytes', size)])
      await assert.rejects(bytesOf(content), {
        message: `a has 5 bytes, but was said to have ${size}`,
      })
    })
  }
})
