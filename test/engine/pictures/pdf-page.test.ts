import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { degrees, rgb } from '@cantoo/pdf-lib'
import sharp from 'sharp'
import type { Instructions } from '../../../src/contract/instructions/instruction.ts'
import { BLUE, type DrawPage, halfBlue, pdfOf, textPage } from '../../support/pdf.ts'
import { pixelAt } from '../../support/pictures.ts'
import { startRenditions } from '../../support/rendering.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

const diagonal: DrawPage = (page) =>
  page.drawLine({ start: { x: 0, y: 0 }, end: { x: 400, y: 200 }, thickness: 20, color: BLUE })

const filled: DrawPage = (page, document) => {
  const field = document.getForm().createTextField('name')
  field.setText('Darkroom')
  field.addToPage(page, { x: 0, y: 0, width: 400, height: 200, backgroundColor: rgb(1, 1, 0) })
}

const white: DrawPage = () => undefined

async function sizeOf(path: string): Promise<[number, number]> {
  const { width, height } = await sharp(path).metadata()
  return [width, height]
}

describe('a page of a PDF', function () {
  this.timeout(300_000)
  const folder = useTemporaryFolder()
  let pictures = 0

  async function renderFile(
    pdf: Buffer,
    requested: readonly Instructions[],
  ): Promise<PromiseSettledResult<string>[]> {
    const source = folder.pathTo('document')
    await writeFile(source, pdf)
    const orders = requested.map((instructions) => {
      pictures += 1
      return { instructions: { fmt: 'png', ...instructions }, path: folder.pathTo(`${pictures}`) }
    })
    return Promise.allSettled(
      startRenditions(source, orders).map(async (file) => (await file).path),
    )
  }

  async function render(pdf: Buffer, instructions: Instructions = {}): Promise<string> {
    const [outcome] = await renderFile(pdf, [instructions])
    return outcome?.status === 'fulfilled' ? outcome.value : assert.fail(String(outcome?.reason))
  }

  async function refusal(pdf: Buffer, instructions: Instructions = {}): Promise<string> {
    const [outcome] = await renderFile(pdf, [instructions])
    assert.ok(outcome?.status === 'rejected')
    return `${outcome.reason.reason}: ${outcome.reason.message}`
  }

  const sizes: { title: string; draw?: DrawPage; instructions?: Instructions; size: number[] }[] = [
    { title: 'with 150 dots an inch unless told otherwise', size: [833, 417] },
    {
      title: 'as large as its box',
      instructions: { width: 1200, height: 1200 },
      size: [1200, 600],
    },
    { title: 'within maxWidth', instructions: { maxWidth: 100 }, size: [100, 50] },
    {
      title: 'with as many dots an inch as convertToDpi says',
      instructions: { convertToDpi: 36 },
      size: [200, 100],
    },
    {
      title: 'upright when it is turned',
      draw: (page) => page.setRotation(degrees(90)),
      instructions: { width: 100 },
      size: [100, 200],
    },
    {
      title: 'as its crop box has it',
      draw: (page) => page.setCropBox(100, 0, 100, 100),
      instructions: { width: 300 },
      size: [300, 300],
    },
  ]
  for (const { title, draw = halfBlue, instructions, size } of sizes) {
    it(`is drawn ${title}`, async () => {
      assert.deepEqual(await sizeOf(await render(await pdfOf([draw]), instructions)), size)
    })
  }

  it('is on white paper, with sharp edges', async () => {
    const path = await render(await pdfOf([halfBlue]), { width: 1600 })
    assert.deepEqual(await pixelAt(path, 799, 400), [0, 0, 255])
    assert.deepEqual(await pixelAt(path, 800, 400), [255, 255, 255])
  })

  it('is on paper of the pdfbgcolor', async () => {
    const path = await render(await pdfOf([halfBlue]), { width: 100, pdfbgcolor: '#f08040' })
    assert.deepEqual(await pixelAt(path, 75, 25), [240, 128, 64])
  })

  it('is cut in the pixels that it would be drawn with', async () => {
    const instructions = { width: 800, crop: { x: 300, y: 0, w: 200, h: 100 } }
    const path = await render(await pdfOf([halfBlue]), instructions)
    assert.deepEqual(await sizeOf(path), [200, 100])
    assert.deepEqual(await pixelAt(path, 99, 50), [0, 0, 255])
    assert.deepEqual(await pixelAt(path, 100, 50), [255, 255, 255])
  })

  it('is drawn in one piece when it is large', async () => {
    const pdf = await pdfOf([diagonal])
    const large = await render(pdf, { width: 6000 })
    const small = await render(pdf, { width: 300 })
    const reduced = await sharp(large).resize(300, 150).raw().toBuffer()
    const drawn = await sharp(small).raw().toBuffer()
    const differing = drawn.filter((value, index) => Math.abs(value - (reduced[index] ?? 0)) > 40)
    assert.equal(differing.length, 0)
  })

  it('shows annotations and what is filled into a form', async () => {
    const path = await render(await pdfOf([filled]), { width: 400 })
    assert.deepEqual(await pixelAt(path, 380, 20), [255, 255, 0])
    const { channels } = await sharp(path).stats()
    assert.ok((channels[0]?.min ?? 255) < 50, 'the letters are there')
  })

  describe('is chosen by page', () => {
    it('beside others of the same request', async () => {
      const outcomes = await renderFile(await pdfOf([white, halfBlue]), [
        { width: 100, page: 2 },
        { width: 100 },
        { width: 100, page: '2' },
        { width: 100, page: 3 },
      ])
      const colours = await Promise.all(
        outcomes.map(async (outcome) =>
          outcome.status === 'fulfilled' ? pixelAt(outcome.value, 10, 10) : outcome.reason.message,
        ),
      )
      assert.deepEqual(colours, [
        [0, 0, 255],
        [255, 255, 255],
        [0, 0, 255],
        'page must be one of the PDF file, which has 2 pages, but it is 3.',
      ])
    })

    for (const page of [0, -1, 1.5, 'last']) {
      it(`and not by ${JSON.stringify(page)}`, async () => {
        assert.equal(
          await refusal(await pdfOf([white]), { page }),
          `GenericError: page must be a whole number, 1 for the first page, but it is ${JSON.stringify(page)}.`,
        )
      })
    }
  })

  describe('that is encrypted', () => {
    const pages = [halfBlue]
    const userPassword = 'sesame öffne'

    it('is drawn with the password', async () => {
      const pdf = await pdfOf(pages, { userPassword })
      assert.deepEqual(
        await sizeOf(await render(pdf, { password: userPassword, width: 40 })),
        [40, 20],
      )
    })

    it('needs the password', async () => {
      assert.equal(
        await refusal(await pdfOf(pages, { userPassword })),
        'SourceUnsupported: The source is an encrypted PDF file; set password to open it.',
      )
    })

    it('needs the right password, which is told nobody', async () => {
      assert.equal(
        await refusal(await pdfOf(pages, { userPassword }), { password: 'other' }),
        'SourceUnsupported: The source is an encrypted PDF file, and password does not open it.',
      )
    })

    it('needs none that is not a text', async () => {
      assert.equal(
        await refusal(await pdfOf(pages, { userPassword }), { password: { secret: 1 } }),
        'GenericError: password must be a text, but it is an object.',
      )
    })
  })

  it('is not drawn with more pixels than memory is for', async () => {
    assert.equal(
      await refusal(await pdfOf([halfBlue]), { width: 20_000 }),
      'GenericError: The rendition would have 20000 × 10000 pixels, more than the 90000000 that can be made; set a smaller width, height or convertToDpi.',
    )
  })

  it('is drawn though other bytes stand before its header', async () => {
    const pdf = Buffer.concat([Buffer.from('rubbish\n'), await pdfOf([halfBlue])])
    assert.deepEqual(await sizeOf(await render(pdf, { width: 40 })), [40, 20])
  })

  const damaged: [title: string, damage: (pdf: Buffer) => Buffer][] = [
    ['is cut off', (pdf) => pdf.subarray(0, 300)],
    ['has nothing but a header', () => Buffer.from('%PDF-1.7\n')],
    [
      'has no page',
      () =>
        Buffer.from(
          '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>',
        ),
    ],
  ]
  for (const [title, damage] of damaged) {
    it(`is corrupt when its file ${title}`, async () => {
      assert.equal(
        await refusal(damage(await pdfOf([textPage('one', 'two')]))),
        'SourceCorrupt: The source is a damaged or incomplete PDF file.',
      )
    })
  }
})
