import assert from 'node:assert/strict'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { archive } from '../../src/engine/archive/archive.ts'
import { createMetadata } from '../../src/engine/metadata/metadata.ts'
import { xmp, xmpCopy } from '../../src/engine/metadata/xmp.ts'
import type { Job, Operation } from '../../src/engine/operation.ts'
import { createConverter } from '../../src/engine/pictures/conversion/convert.ts'
import { createPictures } from '../../src/engine/pictures/pictures.ts'
import { createTextExtractor } from '../../src/engine/text/extract-text.ts'
import { text } from '../../src/engine/text/text.ts'
import type { OpenSource } from '../../src/fetching/fetched-file.ts'
import { readPictureOptions } from '../../src/sdk/picture-outline.ts'
import { identifySource } from '../../src/sources/identify.ts'
import { pdfOf, textPage } from '../support/pdf.ts'
import { noise } from '../support/pictures.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { sourceOf } from './archive/archive-fixture.ts'

/** Nothing here would end by itself before that, in milliseconds. */
const LONGEST_MS = 60_000

const GIVEN_UP = { name: 'AbortError' }

/** A file that never comes. */
const open: OpenSource = async (_url, { signal }) => sourceOf(silence(signal))

describe('an operation that is given up', function () {
  this.timeout(30_000)
  const folder = useTemporaryFolder()
  let jobs = 0

  async function start<Options>(
    operation: Operation<Options>,
    options: Options,
    source?: Uint8Array | string,
  ) {
    jobs += 1
    const path = folder.pathTo(`source${jobs}`)
    const own = folder.pathTo(`job${jobs}`)
    await mkdir(own)
    if (source !== undefined) await writeFile(path, source)
    const giveUp = new AbortController()
    const job: Job<Options> = {
      sources: source === undefined ? [] : [{ path }],
      wanted: [options, options, options],
      folder: own,
      fetch: open,
      signal: giveUp.signal,
      progress: () => undefined,
    }
    return { files: operation.run(job), giveUp, own }
  }

  const operations: { title: string; begin: () => ReturnType<typeof start> }[] = [
    {
      title: 'an archive',
      begin: () =>
        start(archive, {
          files: [{ url: 'https://example.com/a' }],
          duplicate: 'refuse',
          format: 'zip',
        }),
    },
    { title: 'a text', begin: () => start(text, {}, 'word '.repeat(4_000_000)) },
    {
      title: 'the text of a PDF',
      begin: async () => start(text, {}, await pdfOf(Array(500).fill(textPage('Harbour')))),
    },
    { title: 'metadata', begin: () => start(xmp, {}, '{\\rtf1 }') },
    {
      title: 'a copy with metadata',
      begin: () => start(xmpCopy, { packet: Buffer.from('<none/>') }, '{\\rtf1 }'),
    },
    {
      title: 'pictures',
      begin: async () =>
        start(
          createPictures(),
          readPictureOptions({ fmt: 'png', compressionLevel: 9 }),
          await noise(2000, 1500).jpeg().toBuffer(),
        ),
    },
    {
      title: 'pictures of a PDF',
      begin: async () =>
        start(
          createPictures(),
          readPictureOptions({ fmt: 'png', width: 5000 }),
          await pdfOf([textPage('Harbour')]),
        ),
    },
    {
      title: 'pictures with a watermark that does not come',
      begin: async () =>
        start(
          createPictures(),
          readPictureOptions({ fmt: 'png', watermark: { image: 'https://example.com/a.png' } }),
          await noise(20, 10).png().toBuffer(),
        ),
    },
  ]
  for (const { title, begin } of operations) {
    it(`rejects everything that is open, and leaves nothing: ${title}`, async () => {
      const { files, giveUp, own } = await begin()
      await sleep(20)
      giveUp.abort()
      const settled = await Promise.allSettled(files)
      assert.deepEqual(
        settled.map((each) => each.status === 'rejected' && each.reason.name),
        ['AbortError', 'AbortError', 'AbortError'],
      )
      await assertEmpty(own)
    })
  }

  it('does not begin when it is given up before', async () => {
    jobs += 1
    const job = {
      sources: [{ path: folder.pathTo('none') }],
      wanted: [{}],
      folder: folder.pathTo('.'),
      fetch: open,
      signal: AbortSignal.abort(),
      progress: () => undefined,
    }
    await assert.rejects(text.run(job)[0] ?? Promise.resolve(), GIVEN_UP)
  })

  it('ends a thread that is stuck: of text', async () => {
    const thread = new URL('./text/odd-thread.ts', import.meta.url)
    const extract = createTextExtractor({ thread, longestMs: LONGEST_MS })
    const path = folder.pathTo('stuck')
    await writeFile(path, 'words')
    const source = await identifySource(path)
    const signal = AbortSignal.timeout(500)
    const extracting = extract({ source, textPath: folder.pathTo('stuck.txt') }, signal)
    await assert.rejects(extracting, { name: 'TimeoutError' })
  })

  it('ends a thread that is stuck: of metadata', async () => {
    const thread = new URL('./metadata/odd-thread.ts', import.meta.url)
    const { extractXmp } = createMetadata({ thread, longestMs: LONGEST_MS })
    const signal = AbortSignal.timeout(500)
    const source = { path: 'stuck', content: undefined, start: Buffer.alloc(0), hints: {} }
    const request = { source, xmpPath: folder.pathTo('stuck.xmp') }
    await assert.rejects(extractXmp(request, signal), { name: 'TimeoutError' })
  })

  it('ends a thread that is stuck: of ImageMagick', async () => {
    const thread = new URL('./pictures/conversion/odd-thread.ts', import.meta.url)
    const convert = createConverter({ thread, longestMs: LONGEST_MS })
    const tiffPath = folder.pathTo('stuck.tif')
    const request = { path: folder.pathTo('stuck'), format: 'BMP', tiffPath, maxPixels: 1 } as const
    await assert.rejects(convert(request, AbortSignal.timeout(500)), { name: 'TimeoutError' })
  })
})

async function* silence(signal: AbortSignal): AsyncGenerator<Uint8Array> {
  yield Buffer.from('a')
  await new Promise((resolve) => signal.addEventListener('abort', resolve))
  signal.throwIfAborted()
}

/** libvips first ends what it is at. */
async function assertEmpty(own: string): Promise<void> {
  while ((await readdir(own)).length > 0) await sleep(20)
}
