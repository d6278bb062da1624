import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import type { Page } from '../../../../src/engine/pages/drawing/page.ts'
import { createPageFonts } from '../../../../src/engine/pages/paragraphs/page-fonts.ts'
import { layOutText } from '../../../../src/engine/pages/text/lay-out-text.ts'
import { identifySource } from '../../../../src/sources/identify.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import { zip } from '../../../support/zip.ts'
import { mhtml } from '../../text/documents.ts'
import { drawnOn, linesOf } from '../drawn.ts'

const NAMES =
  'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'

function odt(body: string): Buffer {
  return zip({
    mimetype: 'application/vnd.oasis.opendocument.text',
    'content.xml': `<office:document-content ${NAMES}><office:body><office:text>${body}</office:text></office:body></office:document-content>`,
  })
}

describe('pages of the text of a document', () => {
  const folder = useTemporaryFolder()
  const fonts = createPageFonts([])

  async function layOut(file: Buffer | string, count = 3): Promise<readonly Page[]> {
    const path = folder.pathTo('document')
    await writeFile(path, file)
    const source = await identifySource(path)
    const document = { source, password: undefined, scratchPath: folder.pathTo('scratch') }
    return layOutText(document, { fonts, count, remark: () => undefined })
  }

  const cases: readonly (readonly [
    title: string,
    file: Buffer | string,
    lines: readonly string[],
  ])[] = [
    [
      'RTF',
      String.raw`{\rtf1{\stylesheet{\s1 heading 1;}}\pard\s1 Title\par\pard\ls1 item\par\pard text\par}`,
      ['Title', '•item', 'text'],
    ],
    [
      'OpenDocument',
      odt('<text:h text:outline-level="1">Title</text:h><text:p>text</text:p>'),
      ['Title', 'text'],
    ],
    [
      'pages in one file',
      mhtml('text/html', '<h1>Title</h1><ol><li>one<li>two</ol><table><tr><td>a<td>b</table>'),
      ['Title', '1.one', '2.two', 'a b'],
    ],
    [
      'Greek, Cyrillic and Hebrew',
      mhtml('text/html', '<p>Ωμέγα</p><p>Привет</p><p>שלום</p>'),
      ['Ωμέγα', 'Привет', 'םולש'],
    ],
  ]
  for (const [title, file, lines] of cases) {
    it(`are made of ${title}`, async () => {
      const [page] = await layOut(file)
      assert.deepEqual(linesOf(page ?? { marks: [] }), lines)
    })
  }

  it('have large headings, cells side by side and paragraphs from the right where their letters run so', async () => {
    const file = mhtml('text/html', '<h1>A</h1><table><tr><td>b<td>c</table><p>שלום</p>')
    const [page] = await layOut(file)
    const [heading, b, c, last] = drawnOn(page ?? { marks: [] }).texts
    assert.deepEqual([heading?.size, heading?.font], [20, 'Arimo_700Bold'])
    assert.deepEqual([b?.y === c?.y, (c?.x ?? 0) > 300], [true, true])
    assert.ok((last?.x ?? 0) > 450)
  })

  it('are as many as are wanted, and one when there is no text', async () => {
    assert.equal((await layOut(String.raw`{\rtf1 ${'x\\par '.repeat(500)}}`)).length, 3)
    assert.equal((await layOut(String.raw`{\rtf1 }`)).length, 1)
  })
})
