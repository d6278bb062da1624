import assert from 'node:assert/strict'
import { PDFDict, PDFDocument, PDFName, PDFRawStream } from '@cantoo/pdf-lib'
import sharp from 'sharp'
import { startRenditions } from '../../support/rendering.ts'
import { wholeFontPdf } from '../../support/whole-font.ts'
import { useChanges } from './changing.ts'

describe('fonts and contents of an optimised PDF', () => {
  const { change, pathOf } = useChanges()

  async function drawn(content: Uint8Array, page: number): Promise<Buffer> {
    const path = await pathOf(content)
    const instructions = { fmt: 'png', width: 800, page }
    await startRenditions(path, [{ instructions, path: `${path}.png` }])[0]
    return sharp(`${path}.png`).raw().toBuffer()
  }

  it('lose the letters that nobody sees, and look the very same', async () => {
    const source = await wholeFontPdf(['WAVE', 'QUICK'])
    const made = await change(source, { optimize: { profile: 'archive' } })
    assert.ok(made.length < source.length / 3, `${made.length} of ${source.length} bytes`)
    for (const page of [1, 2]) {
      assert.ok((await drawn(made, page)).equals(await drawn(source, page)), `page ${page}`)
    }
  })

  it('have a name that says so', async () => {
    const made = await change(await wholeFontPdf(['WAVE']), { optimize: { profile: 'web' } })
    const { context } = await PDFDocument.load(made)
    const names = context
      .enumerateIndirectObjects()
      .flatMap(([, object]) => (object instanceof PDFDict ? [object] : []))
      .map((each) => each.get(PDFName.of('BaseFont')))
      .filter((each) => each instanceof PDFName)
    assert.ok(names.length > 0)
    for (const each of names) assert.match(each.decodeText(), /^[A-Z]{6}\+Roboto$/)
  })

  it('stay whole where a form is filled in with them', async () => {
    const document = await PDFDocument.load(await wholeFontPdf(['WAVE']))
    const font = document.getPage(0).node.Resources()?.lookup(PDFName.of('Font'), PDFDict)
    assert.ok(font)
    const fields = document.context.obj({ Fields: [], DR: { Font: font } })
    document.catalog.set(PDFName.of('AcroForm'), fields)
    const source = Buffer.from(await document.save())
    const made = await change(source, { optimize: { profile: 'web' } })
    assert.ok(made.length > source.length / 2, `${made.length} of ${source.length} bytes`)
  })

  it('stay whole where what is shown cannot be told', async () => {
    const document = await PDFDocument.load(await wholeFontPdf(['WAVE']))
    const { context } = document
    const page = document.getPage(0).node
    const before = page.lookup(PDFName.of('Contents'))
    assert.ok(before instanceof PDFRawStream)
    const picture = 'BI /W 1 /H 1 /CS /G /BPC 8 ID ( EI '
    const content = context.stream(`${picture}${Buffer.from(before.getContents()).toString()}`)
    page.set(PDFName.of('Contents'), context.register(content))
    const source = Buffer.from(await document.save())
    const made = await change(source, { optimize: { profile: 'web' } })
    assert.ok(made.length > source.length / 2, `${made.length} of ${source.length} bytes`)
    assert.ok((await drawn(made, 1)).equals(await drawn(source, 1)))
  })
})
