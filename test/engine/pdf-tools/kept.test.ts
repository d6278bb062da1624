import assert from 'node:assert/strict'
import { PDFDocument, PDFName } from '@cantoo/pdf-lib'
import type { PdfChanges } from '../../../src/engine/pdf-tools/pdf-changes.ts'
import { noise } from '../../support/pictures.ts'
import { addSignature } from '../../support/signed-pdf.ts'
import { useChanges } from './changing.ts'

const WEB = { profile: 'web' } as const

describe('what a PDF has besides its pages', () => {
  const { run, change } = useChanges()
  let photo: Buffer

  before(async () => {
    photo = await noise(400, 400).jpeg({ quality: 95 }).toBuffer()
  })

  async function pdfWith(add: (document: PDFDocument) => unknown): Promise<Buffer> {
    const document = await PDFDocument.create()
    const page = document.addPage([200, 200])
    page.drawImage(await document.embedJpg(photo), { x: 0, y: 0, width: 100, height: 100 })
    await add(document)
    return Buffer.from(await document.save({ useObjectStreams: false }))
  }

  const signed = async (isSigned: boolean): Promise<Buffer> =>
    pdfWith((document) => addSignature(document, isSigned))

  const SIGNED: readonly (readonly [
    title: string,
    changes: PdfChanges,
    isSame: boolean,
    remarks: readonly string[],
  ])[] = [
    [
      'made smaller',
      { optimize: WEB },
      true,
      ['It is signed, and any change would break its signature; flattenSignatures allows that.'],
    ],
    ['made smaller all the same', { optimize: { ...WEB, flattenSignatures: true } }, false, []],
    [
      'turned',
      { rotate: { degrees: 90 } },
      false,
      ['Its signature holds no longer, since the file was changed.'],
    ],
  ]
  for (const [title, changes, isSame, remarks] of SIGNED) {
    it(`is told of a signature when it is to be ${title}`, async () => {
      const source = await signed(true)
      const made = await run(source, changes)
      assert.deepEqual(made.remarks, remarks)
      assert.equal(made.content.equals(source), isSame)
    })
  }

  it('is no signature where nobody has signed yet', async () => {
    const source = await signed(false)
    const { content, remarks } = await run(source, { optimize: WEB })
    assert.deepEqual(remarks, [])
    assert.ok(content.length < source.length / 2)
  })

  it('stays when it is made smaller: forms, files, and what says how it is built', async () => {
    const source = await pdfWith(async (document) => {
      const field = document.getForm().createTextField('name')
      field.setText('Ada')
      field.addToPage(document.getPage(0))
      await document.attach(Buffer.from('<invoice/>'), 'invoice.xml')
      const { context, catalog } = document
      catalog.set(PDFName.of('MarkInfo'), context.obj({ Marked: true }))
      catalog.set(PDFName.of('StructTreeRoot'), context.obj({ Type: 'StructTreeRoot' }))
    })
    const made = await change(source, { optimize: WEB })
    assert.ok(made.length < source.length / 2)
    const document = await PDFDocument.load(made)
    assert.equal(document.getForm().getTextField('name').getText(), 'Ada')
    const [attached] = document.getAttachments()
    assert.deepEqual(
      [attached?.name, Buffer.from(attached?.data ?? []).toString()],
      ['invoice.xml', '<invoice/>'],
    )
    assert.ok(document.catalog.has(PDFName.of('StructTreeRoot')))
    assert.equal(String(document.catalog.get(PDFName.of('MarkInfo'))), '<<\n/Marked true\n>>')
  })

  for (const part of [1, 2]) {
    it(`stays PDF/A-${part}: its word for it, and how the file is written`, async () => {
      const source = await pdfWith(({ context, catalog }) => {
        const packet = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><pdfaid:part>${part}</pdfaid:part></x:xmpmeta>`
        const metadata = context.stream(packet, { Type: 'Metadata', Subtype: 'XML' })
        catalog.set(PDFName.of('Metadata'), context.register(metadata))
      })
      const made = (await change(source, { optimize: WEB })).toString('latin1')
      assert.ok(made.length < source.length / 2)
      assert.ok(made.includes(`<pdfaid:part>${part}</pdfaid:part>`))
      assert.equal(made.includes('/ObjStm'), part !== 1)
    })
  }
})
