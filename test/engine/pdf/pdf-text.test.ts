import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { OperationError } from '../../../src/base/operation-error.ts'
import { writePdfText } from '../../../src/engine/pdf/pdf.ts'
import { type DrawPage, halfBlue, pdfOf, textPage } from '../../support/pdf.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

describe('the text of a PDF', function () {
  this.timeout(300_000)
  const folder = useTemporaryFolder()

  async function textOf(pdf: Buffer, password?: string): Promise<string> {
    const path = folder.pathTo('document.pdf')
    await writeFile(path, pdf)
    await writePdfText({ path, password }, folder.pathTo('text'))
    return readFile(folder.pathTo('text'), 'utf8')
  }

  const documents: { title: string; pages: DrawPage[]; text: string }[] = [
    {
      title: 'has the lines of a page',
      pages: [textPage('A harbour at dusk.', 'Boats, and café lights: 5 €.')],
      text: 'A harbour at dusk.\nBoats, and café lights: 5 €.\n',
    },
    {
      title: 'has a blank line between pages, and none for a page without text',
      pages: [textPage('First'), halfBlue, textPage('Second')],
      text: 'First\n\nSecond\n',
    },
    { title: 'is empty when no page has any', pages: [halfBlue, halfBlue], text: '' },
  ]
  for (const { title, pages, text } of documents) {
    it(title, async () => {
      assert.equal(await textOf(await pdfOf(pages)), text)
    })
  }

  it('is read from an encrypted file with its password', async () => {
    const pdf = await pdfOf([textPage('Secret')], { userPassword: 'sesame' })
    assert.equal(await textOf(pdf, 'sesame'), 'Secret\n')
  })

  it('leaves no file when it cannot be read', async () => {
    await writeFile(folder.pathTo('text'), 'of before')
    await assert.rejects(textOf(Buffer.from('%PDF-1.7\n')), OperationError)
    assert.ok(!existsSync(folder.pathTo('text')))
  })
})
