import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { PDFArray, PDFDict, PDFDocument, PDFName, type PDFPage } from '@cantoo/pdf-lib'
import { mergePdfs, writeRange } from '../../../src/engine/pdf/combine.ts'
import { readPdfOutline } from '../../../src/engine/pdf/pdf.ts'
import { bookmarkedPdf } from '../../support/bookmarked-pdf.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

/** Where the links of a page go, as numbers of pages. */
function linksOf(document: PDFDocument, page: PDFPage): number[] {
  const refs = document.getPages().map(({ ref }) => ref)
  const annotations = page.node.Annots()?.asArray() ?? []
  return annotations.flatMap((each) => {
    const link = document.context.lookup(each, PDFDict)
    if (link.get(PDFName.of('Subtype')) !== PDFName.of('Link')) return []
    const action = link.lookupMaybe(PDFName.of('A'), PDFDict)
    const goal = (action ?? link).lookup(PDFName.of(action === undefined ? 'Dest' : 'D'))
    assert.ok(goal instanceof PDFArray, 'the link goes by a name')
    return refs.findIndex((ref) => ref === goal.get(0)) + 1
  })
}

describe('PDFs that are merged', () => {
  const folder = useTemporaryFolder()
  let merged: PDFDocument

  before(async () => {
    const files = await Promise.all(
      ['One', 'Two'].map(async (name) => {
        const path = folder.pathTo(`${name}.pdf`)
        await writeFile(path, await bookmarkedPdf(name))
        return { path, password: undefined, title: name === 'One' ? 'Eins ß 一' : undefined }
      }),
    )
    await mergePdfs(files, folder.pathTo('merged.pdf'))
    merged = await PDFDocument.load(await readFile(folder.pathTo('merged.pdf')))
  })

  it('keep their links, those by equal names included', () => {
    const [first, , , second] = merged.getPages()
    assert.ok(first && second)
    assert.deepEqual(linksOf(merged, first), [3, 2])
    assert.deepEqual(linksOf(merged, second), [6, 5])
  })

  it('keep their forms, as fields of different names', () => {
    const fields = merged.getForm().getFields()
    const texts = fields.map((field) => merged.getForm().getTextField(field.getName()).getText())
    assert.deepEqual(texts, ['Filled in One', 'Filled in Two'])
    assert.equal(new Set(fields.map((field) => field.getName())).size, 2)
  })

  it('have a bookmark each where it has a title, and their own otherwise', async () => {
    const path = folder.pathTo('merged.pdf')
    const { bookmarks } = await readPdfOutline({ path, password: undefined })
    assert.partialDeepStrictEqual(bookmarks, [
      { title: 'Eins ß 一', goes: { page: 0 }, isOpen: false, below: [{ title: 'Start of One' }] },
      { title: 'Start of Two', goes: { page: 3 }, isOpen: true },
    ])
    assert.deepEqual(bookmarks[1]?.below[0]?.goes, { page: 4, view: '/XYZ null 100 null' })
  })

  const RANGES: readonly (readonly [pages: readonly number[], text: string])[] = [
    [[1, 2, 3, 5], '1-3,5'],
    [[5, 4, 1], '5,4,1'],
    [[7], '7'],
  ]
  for (const [pages, text] of RANGES) {
    it(`are told apart by ranges such as ${text}`, () => {
      assert.equal(writeRange(pages), text)
    })
  }
})
