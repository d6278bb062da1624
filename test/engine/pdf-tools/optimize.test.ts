import assert from 'node:assert/strict'
import { PDFDocument, PDFName, PDFRawStream } from '@cantoo/pdf-lib'
import sharp from 'sharp'
import type { PdfChanges } from '../../../src/engine/pdf-tools/pdf-changes.ts'
import { pdfOf, textPage } from '../../support/pdf.ts'
import { noise } from '../../support/pictures.ts'
import { useChanges } from './changing.ts'

type Profile = NonNullable<PdfChanges['optimize']>['profile']

/** A page that a picture of 360 dpi covers. */
async function pictured(picture: Buffer): Promise<Buffer> {
  return pdfOf([
    async (page, document) => {
      const { format } = await sharp(picture).metadata()
      const embedded =
        format === 'jpeg' ? await document.embedJpg(picture) : await document.embedPng(picture)
      const size = { width: embedded.width / 5, height: embedded.height / 5 }
      page.setSize(size.width, size.height)
      page.drawImage(embedded, { x: 0, y: 0, ...size })
    },
  ])
}

/** The pictures of a PDF: how many pixels they have, and how they are compressed. */
async function picturesOf(content: Uint8Array) {
  const { context } = await PDFDocument.load(content)
  return context.enumerateIndirectObjects().flatMap(([, object]) => {
    if (!(object instanceof PDFRawStream)) return []
    const { dict } = object
    if (dict.get(PDFName.of('Subtype')) !== PDFName.of('Image')) return []
    const [width, height, filter] = ['Width', 'Height', 'Filter'].map((name) =>
      String(dict.get(PDFName.of(name))),
    )
    return [{ size: `${width} × ${height}`, filter }]
  })
}

describe('a PDF that is optimised', () => {
  const { change } = useChanges()
  let photo: Buffer
  let scan: Buffer

  before(async () => {
    photo = await pictured(await noise(740, 1050).jpeg({ quality: 96 }).toBuffer())
    const lines = Array.from(
      { length: 30 },
      (_, line) =>
        `<rect x="150" y="${150 + 60 * line}" width="${700 + 13 * line}" height="22" fill="#222"/>`,
    )
    const page = `<svg xmlns="http://www.w3.org/2000/svg" width="1485" height="2100"><rect width="100%" height="100%" fill="#f6f2e8"/>${lines.join('')}</svg>`
    scan = await pictured(await sharp(Buffer.from(page)).jpeg({ quality: 95 }).toBuffer())
  })

  const SIZES: readonly (readonly [profile: Profile, size: string])[] = [
    ['web', '308 × 438'],
    ['print', '617 × 875'],
    ['archive', '740 × 1050'],
    ['mrc', '308 × 438'],
    ['max', '226 × 321'],
  ]
  for (const [profile, size] of SIZES) {
    it(`has photos of ${size} pixels for ${profile}, in fewer bytes`, async () => {
      const made = await change(photo, { optimize: { profile } })
      assert.deepEqual(await picturesOf(made), [{ size, filter: '/DCTDecode' }])
      assert.ok(made.length < photo.length, `${made.length} of ${photo.length} bytes`)
    })
  }

  it('is the smaller, the lower its quality', async () => {
    const sizes = await Promise.all(
      [20, 60].map(async (quality) => {
        const made = await change(photo, { optimize: { profile: 'web', quality } })
        return made.length
      }),
    )
    assert.ok((sizes[0] ?? 0) < (sizes[1] ?? 0) * 0.75, sizes.join())
  })

  it('has ink over paper in place of a scan of text', async () => {
    const made = await change(scan, { optimize: { profile: 'mrc' } })
    const pictures = await picturesOf(made)
    const filters = new Set(pictures.map(({ filter }) => filter))
    assert.deepEqual(filters, new Set(['/DCTDecode', '/CCITTFaxDecode']))
    assert.ok(made.length < scan.length / 4, `${made.length} of ${scan.length} bytes`)
  })

  it('keeps what is compressed without loss where copies are to last', async () => {
    const drawing = await pictured(await noise(300, 420).png().toBuffer())
    const [kept] = await picturesOf(await change(drawing, { optimize: { profile: 'archive' } }))
    assert.deepEqual(kept, { size: '300 × 420', filter: '/FlateDecode' })
    const [lost] = await picturesOf(await change(drawing, { optimize: { profile: 'max' } }))
    assert.equal(lost?.filter, '/DCTDecode')
  })

  it('has equal pictures once', async () => {
    const picture = await noise(300, 420).jpeg().toBuffer()
    const draw = async (document: PDFDocument) => document.embedJpg(picture)
    const twice = await pdfOf(
      [1, 2].map(() => async (page, document) => {
        page.drawImage(await draw(document), { x: 0, y: 0, width: 400, height: 200 })
      }),
    )
    assert.equal((await picturesOf(twice)).length, 2)
    const made = await change(twice, { optimize: { profile: 'archive' } })
    assert.equal((await picturesOf(made)).length, 1)
    assert.equal((await PDFDocument.load(made)).getPageCount(), 2)
  })

  it('is the source to the byte when it cannot be made smaller', async () => {
    const small = await change(await pdfOf([textPage('A 1')]), { optimize: { profile: 'web' } })
    const again = await change(small, { optimize: { profile: 'web' } })
    assert.ok(again.length <= small.length)
    assert.ok((await change(again, { optimize: { profile: 'max' } })).equals(again))
  })
})
