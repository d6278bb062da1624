import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { constants, deflateRawSync, deflateSync } from 'node:zlib'
import { halfBlue, pdfOf } from '../support/pdf.ts'
import { startRenditions } from '../support/rendering.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const MEGABYTE = 1024 ** 2

/** A PDF of less than a kilobyte whose page is drawn with 50 million operators; each takes PDFium some twenty bytes. */
function bombOf(operator: string): Buffer {
  const piece = deflateRawSync(Buffer.alloc(MEGABYTE, operator), {
    finishFlush: constants.Z_FULL_FLUSH,
  })
  const head = Buffer.from([0x78, 0xda])
  const end = Buffer.from([0x03, 0x00])
  const content = deflateSync(Buffer.concat([head, ...Array(100).fill(piece), end]))
  const dictionary = `<</Length ${content.length}/Filter[/FlateDecode/FlateDecode]>>`
  return Buffer.concat([
    Buffer.from(
      `%PDF-1.7
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 200]/Contents 4 0 R>>endobj
4 0 obj${dictionary}
stream
`,
    ),
    content,
    Buffer.from('\nendstream\nendobj\ntrailer<</Root 1 0 R>>'),
  ])
}

describe('a PDF that inflates to gigabytes', function () {
  this.timeout(300_000)
  const folder = useTemporaryFolder()

  async function render(pdf: Buffer): Promise<string> {
    const source = folder.pathTo('document')
    await writeFile(source, pdf)
    const instructions = { fmt: 'png', width: 40 }
    const [file] = startRenditions(source, [{ instructions, path: folder.pathTo('page.png') }])
    return (await file)?.path ?? assert.fail('there is no rendition')
  }

  it('is refused with the memory that it may have, and harms no other', async () => {
    const bomb = bombOf('q ')
    assert.ok(bomb.length < 1000)
    await assert.rejects(render(bomb), {
      reason: 'SourceUnsupported',
      message: 'The PDF source takes more memory to draw than the 1024 MB that there are.',
    })
    assert.equal(await render(await pdfOf([halfBlue])), folder.pathTo('page.png'))
  })
})
