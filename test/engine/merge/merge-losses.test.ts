import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { PDFDocument } from '@cantoo/pdf-lib'
import { toWatermark } from '../../../src/contract/instructions/watermark-instruction.ts'
import { createMerge, type MergeOptions } from '../../../src/engine/merge/merge.ts'
import { openUrl } from '../../../src/fetching/open-url.ts'
import { animatedPng } from '../../support/animated-png.ts'
import { addSignature } from '../../support/signed-pdf.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

async function pdf(isSigned: boolean): Promise<Buffer> {
  const document = await PDFDocument.create()
  document.addPage([200, 100])
  addSignature(document, isSigned)
  return Buffer.from(await document.save({ useObjectStreams: false }))
}

const toUrl = (file: Buffer): string =>
  `data:application/octet-stream;base64,${file.toString('base64')}`

const signed = (): Promise<Buffer> => pdf(true)
const unsigned = (): Promise<Buffer> => pdf(false)
const MARK = { watermark: toWatermark({ text: 'Draft' }) }
const BROKEN = 'Its signature holds no longer, since the file was changed.'

describe('what a PDF loses of what it is made of', () => {
  const folder = useTemporaryFolder()
  let made = 0

  async function told(options: MergeOptions, source?: Buffer): Promise<readonly string[]> {
    made += 1
    const own = folder.pathTo(`job${made}`)
    await mkdir(own)
    const path = folder.pathTo(`source${made}`)
    if (source !== undefined) await writeFile(path, source)
    const [files] = createMerge().run({
      sources: source === undefined ? [] : [{ path }],
      wanted: [options],
      folder: own,
      fetch: openUrl,
      signal: new AbortController().signal,
      progress: () => undefined,
    })
    const [file] = (await files) ?? []
    return file?.remarks ?? []
  }

  const OF_ONE: readonly (readonly [
    title: string,
    source: () => Promise<Buffer>,
    options: MergeOptions,
    remarks: readonly string[],
  ])[] = [
    ['a signed PDF as it is', signed, {}, []],
    ['a signed PDF with a watermark', signed, MARK, [BROKEN]],
    ['one that nobody has signed yet, with a watermark', unsigned, MARK, []],
    ['a PNG of one frame', () => animatedPng(1), {}, []],
    [
      'an animated PNG',
      () => animatedPng(3),
      {},
      ['Only the first of its 3 pictures is there, as the others cannot be read.'],
    ],
  ]
  for (const [title, source, options, remarks] of OF_ONE) {
    it(`is ${remarks.length === 0 ? 'nothing' : 'told'}: ${title}`, async () => {
      assert.deepEqual(await told(options, await source()), remarks)
    })
  }

  it('is told of each file by its name, or else its number, and once', async () => {
    const files = [
      { url: toUrl(await unsigned()), title: 'draft' },
      { url: toUrl(await signed()), title: 'contract' },
      { url: toUrl(await animatedPng(3)) },
    ]
    assert.deepEqual(await told({ files, ...MARK }), [
      'The signature of contract holds no longer, since that is a part of another file now.',
      'Only the first of the 3 pictures of files[2] is there, as the others cannot be read.',
    ])
  })
})
