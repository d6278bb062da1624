import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { extractText } from '../../../src/engine/text/extract-text.ts'
import { identifySource } from '../../../src/sources/identify.ts'
import { convertDocument } from '../../support/libreoffice.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { skipWithout } from '../../support/tools.ts'

const PAGE = `<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><h1>Überschrift</h1>
<p>Ein <b>fetter</b> Absatz: „Grüße“ &euro; &#x1F600;.<br>Neue Zeile</p>
<table border="1"><tr><td><p>a1</p></td><td>b1</td></tr><tr><td></td><td>b2</td></tr></table>
<ul><li>eins</li><li>zwei</li></ul><p>日本語 עברית</p></body></html>`

const TEXT =
  'Überschrift\nEin fetter Absatz: „Grüße“ € 😀.\nNeue Zeile\na1\tb1\n\tb2\neins\nzwei\n日本語 עברית\n'

const TABLE = 'Name,Datum,Zahl\nÄpfel,2024-03-05,1.5\n,,\nBirnen,2024-12-31,2000\n'

const SHEET = 'Name\tDatum\tZahl\nÄpfel\t2024-03-05\t1.5\nBirnen\t2024-12-31\t2000\n'

const frame = (text: string): string =>
  `<draw:frame svg:width="9cm" svg:height="3cm" svg:x="1cm" svg:y="1cm"><draw:text-box>${text}</draw:text-box></draw:frame>`

const NAMESPACES = Object.entries({
  office: 'office',
  draw: 'drawing',
  text: 'text',
  svg: 'svg-compatible',
  presentation: 'presentation',
})
  .map(([prefix, name]) => `xmlns:${prefix}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
  .join(' ')

const PRESENTATION = `<?xml version="1.0" encoding="UTF-8"?><office:document ${NAMESPACES} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.presentation"><office:body><office:presentation>
<draw:page draw:name="p1">${frame('<text:p>Erste <text:span>Folie</text:span></text:p><text:p>Zeile</text:p>')}<presentation:notes>${frame('<text:p>Notiz</text:p>').replace('<draw:frame', '<draw:frame presentation:class="notes"')}</presentation:notes></draw:page>
<draw:page draw:name="p2">${frame('<text:p>Zweite Folie</text:p>')}</draw:page></office:presentation></office:body></office:document>`

const SLIDES = 'Erste Folie\nZeile\nNotiz\n\nZweite Folie\n'

describe('text of what LibreOffice writes', function () {
  this.timeout(300_000)
  const folder = useTemporaryFolder()

  before(async function () {
    skipWithout(this, 'LibreOffice')
    const write = async (document: Buffer, from: string, name: string) => {
      const converted = await convertDocument(document, from, path.extname(name).slice(1))
      if (converted === undefined) return this.skip()
      await writeFile(folder.pathTo(name), converted)
      return converted
    }

    const document = await write(Buffer.from(PAGE), 'html', 'document.docx')
    for (const to of ['odt', 'ott', 'dotx', 'docm', 'rtf', 'epub', 'doc']) {
      await write(document, 'docx', `document.${to}`)
    }
    for (const to of ['xlsx', 'ods', 'xlsm', 'xls']) {
      await write(Buffer.from(TABLE), 'csv', `sheet.${to}`)
    }
    for (const to of ['pptx', 'odp', 'ppsx', 'ppt']) {
      await write(Buffer.from(PRESENTATION), 'fodp', `slides.${to}`)
    }
  })

  for (const { name, text } of [
    ...['docx', 'dotx', 'docm', 'odt', 'ott', 'rtf', 'epub', 'doc'].map((extension) => ({
      name: `document.${extension}`,
      text: TEXT,
    })),
    ...['xlsx', 'xlsm', 'ods', 'xls'].map((extension) => ({
      name: `sheet.${extension}`,
      text: SHEET,
    })),
    ...['pptx', 'ppsx', 'odp', 'ppt'].map((extension) => ({
      name: `slides.${extension}`,
      text: SLIDES,
    })),
  ]) {
    it(`is all there in ${name}`, async () => {
      const textPath = folder.pathTo(`${name}.txt`)
      await extractText({ source: await identifySource(folder.pathTo(name)), textPath })
      assert.equal(await readFile(textPath, 'utf8'), text)
    })
  }
})
