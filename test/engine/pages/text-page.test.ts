import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { writeTextPage } from '../../../src/engine/pages/text-page.ts'
import { writePdfText } from '../../../src/engine/pdf/pdf.ts'
import { startRenditions } from '../../support/rendering.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

describe('writeTextPage', function () {
  this.timeout(300_000)
  const folder = useTemporaryFolder()

  it('writes a PDF of one page with the text', async () => {
    const text = 'Harbour at dusk (café) \\ 5 € – “quotes”\n\nSecond paragraph\n'
    const path = folder.pathTo('page.pdf')
    await writeFile(path, writeTextPage(text))
    await writePdfText({ path, password: undefined }, folder.pathTo('text'))
    assert.equal(await readFile(folder.pathTo('text'), 'utf8'), text.replace('\n\n', '\n'))
  })

  it('has bars for words that are in no Latin letters', async () => {
    const path = folder.pathTo('bars.pdf')
    await writeFile(path, writeTextPage('Привет, 世界'))
    const [picture] = startRenditions(path, [
      { instructions: { fmt: 'png', width: 595 }, path: folder.pathTo('bars.png') },
    ])
    await picture
    const { data } = await sharp(folder.pathTo('bars.png'))
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true })
    const row = data.subarray(595 * 58, 595 * 59)
    // Seven columns and four, six pixels each, and a space between them.
    assert.deepEqual(
      [row.filter((value) => value === 153).length, row[57 + 3 * 6], row[57 + 7 * 6 + 3]],
      [66, 153, 255],
    )
  })
})
