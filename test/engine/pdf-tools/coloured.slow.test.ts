import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { cmyk, PDFDocument, rgb } from '@cantoo/pdf-lib'
import sharp from 'sharp'
import { OperationError } from '../../../src/base/operation-error.ts'
import { findPrograms } from '../../../src/programs/programs.ts'
import { pdfOf, textPage } from '../../support/pdf.ts'
import { quarters } from '../../support/pictures.ts'
import { startRenditions } from '../../support/rendering.ts'
import { skipWithout } from '../../support/tools.ts'
import { useChanges } from './changing.ts'

const { gs } = findPrograms({ PATH: process.env['PATH'] })

/** A page of a picture, a red square and one of ink, and one of words. */
async function colourful(): Promise<Buffer> {
  const picture = await quarters(300, 200).jpeg({ quality: 95 }).toBuffer()
  return pdfOf([
    async (page, document) => {
      page.drawImage(await document.embedJpg(picture), { x: 0, y: 0, width: 150, height: 100 })
      page.drawRectangle({ x: 200, y: 20, width: 60, height: 60, color: rgb(1, 0, 0) })
      page.drawRectangle({ x: 300, y: 20, width: 60, height: 60, color: cmyk(0, 1, 1, 0) })
    },
    textPage('Words 1'),
  ])
}

describe('the colours of a PDF', function () {
  this.timeout(60_000)
  const { change, pathOf } = useChanges(gs === undefined ? {} : { ghostscript: gs })
  const { change: changeWithout } = useChanges()

  before(function () {
    skipWithout(this, 'Ghostscript')
  })

  /** The first page, half as large as it is in points. */
  async function drawn(content: Uint8Array): Promise<Buffer> {
    const path = await pathOf(content)
    await startRenditions(path, [
      { instructions: { fmt: 'png', width: 200 }, path: `${path}.png` },
    ])[0]
    return readFile(`${path}.png`)
  }

  /** How colourful the most colourful pixel is, from 0 to 255. */
  async function saturation(content: Uint8Array): Promise<number> {
    const raw = await sharp(await drawn(content))
      .flatten()
      .toColourspace('srgb')
      .raw()
      .toBuffer()
    let most = 0
    for (let at = 0; at < raw.length; at += 3) {
      const [red = 0, green = 0, blue = 0] = raw.subarray(at, at + 3)
      most = Math.max(most, Math.max(red, green, blue) - Math.min(red, green, blue))
    }
    return most
  }

  it('become greys, with optimising or without', async () => {
    const source = await colourful()
    assert.ok((await saturation(source)) > 150)
    const changes = [
      {},
      { optimize: { profile: 'web' } },
      { optimize: { profile: 'archive' } },
    ] as const
    for (const others of changes) {
      const made = await change(source, { colours: 'grayscale', ...others })
      assert.ok((await saturation(made)) <= 2, JSON.stringify(others))
      assert.equal((await PDFDocument.load(made)).getPageCount(), 2)
    }
  })

  for (const [colours, there, gone] of [
    ['rgb', '/DeviceRGB', '/DeviceCMYK'],
    ['cmyk', '/DeviceCMYK', '/DeviceRGB'],
    ['grayscale', '/DeviceGray', '/DeviceRGB'],
  ] as const) {
    it(`of its pictures become ${colours}, and look the same but for that`, async () => {
      const source = await colourful()
      const made = await change(source, { colours, optimize: { profile: 'print' } })
      const { context } = await PDFDocument.load(made)
      const objects = context
        .enumerateIndirectObjects()
        .map(([, object]) => String(object))
        .join('\n')
      assert.ok(objects.includes(there), objects)
      assert.ok(!objects.includes(gone), objects)
      if (colours !== 'grayscale') assert.ok((await saturation(made)) > 100)
    })
  }

  it('need Ghostscript, which is told', async () => {
    await assert.rejects(
      changeWithout(await colourful(), { colours: 'grayscale' }),
      (error) =>
        error instanceof OperationError &&
        error.code === 'program_missing' &&
        error.message.startsWith('Changing the colours of a PDF takes Ghostscript'),
    )
  })

  it('of what is encrypted change, and it stays so', async () => {
    const source = await pdfOf([textPage('Words 1')], { userPassword: 'open' })
    const made = await change(source, { colours: 'grayscale', password: 'open' })
    assert.ok(made.includes('/Encrypt'))
  })
})
