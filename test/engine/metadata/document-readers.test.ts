import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { readMhtmlMetadata } from '../../../src/engine/metadata/readers/read-html.ts'
import { readOfficeMetadata } from '../../../src/engine/metadata/readers/read-office.ts'
import type { SourceMetadata } from '../../../src/engine/metadata/readers/source-metadata.ts'
import { kindOf } from '../../../src/engine/metadata/sources/kinds.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { type Parts, zip } from '../../support/zip.ts'
import { office } from '../text/documents.ts'

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml'
const OPEN_DOCUMENT = 'application/vnd.oasis.opendocument'

describe('metadata of documents', () => {
  const folder = useTemporaryFolder()

  async function read(id: 'docx' | 'odt', content: Buffer | string): Promise<SourceMetadata> {
    const kind = kindOf(id)
    assert.ok(kind)
    await writeFile(folder.pathTo('source'), content)
    return readOfficeMetadata(kind, folder.pathTo('source'), undefined)
  }

  for (const [main, told] of [
    [`${WORD}.document.main+xml`, `${WORD}.document`],
    [`${WORD}.template.main+xml`, `${WORD}.template`],
    [
      'application/vnd.ms-word.document.macroEnabled.main+xml',
      'application/vnd.ms-word.document.macroEnabled.12',
    ],
    [
      'application/vnd.ms-word.template.macroEnabledTemplate.main+xml',
      'application/vnd.ms-word.template.macroEnabled.12',
    ],
    [
      'application/vnd.ms-excel.sheet.binary.macroEnabled.main',
      'application/vnd.ms-excel.sheet.binary.macroEnabled.12',
    ],
  ] as const) {
    it(`have the media type ${told} where the main part has ${main}`, async () => {
      const { mediaType } = await read('docx', office('main.xml', main, { 'main.xml': '<x/>' }))
      assert.equal(mediaType, told)
    })
  }

  for (const suffix of ['', '-template', '-master', '-web']) {
    it(`have the media type of OpenDocument that it says itself: text${suffix}`, async () => {
      const parts: Parts = { mimetype: `${OPEN_DOCUMENT}.text${suffix}` }
      const { mediaType } = await read('odt', zip(parts))
      assert.equal(mediaType, `${OPEN_DOCUMENT}.text${suffix}`)
    })
  }

  for (const [what, prolog, comment] of [
    ['right behind its declaration', '<?xml version="1.0"?>', ''],
    ['behind a line end', '<?xml version="1.0"?>\n', ''],
    ['with comments', '<?xml version="1.0"?><!-- by hand -->', '<!-- of last year -->'],
  ] as const) {
    it(`are read of OpenDocument in one file of XML that begins ${what}`, async () => {
      const { others } = await read(
        'odt',
        `${prolog}<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:dc="urn:dc" office:mimetype="${OPEN_DOCUMENT}.text"><office:meta><dc:title>Quay plan</dc:title>${comment}</office:meta></office:document>`,
      )
      assert.match(others?.[0]?.text ?? '', /Quay plan/)
    })
  }

  for (const [what, header, declared, encoding] of [
    ['of its header', '; charset="iso-8859-1"', '', 'latin1'],
    ['that the page names', '', '<meta charset="windows-1252">', 'latin1'],
    ['UTF-8, which nothing names', '', '', 'utf8'],
  ] as const) {
    it(`are read of a page in one file in the encoding ${what}`, async () => {
      const page = `<html><head>${declared}<title>Gr\u00f6\u00dfe</title></head><body>x</body></html>`
      const head = `MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html${header}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n`
      await writeFile(
        folder.pathTo('page.mht'),
        Buffer.concat([
          Buffer.from(head),
          Buffer.from(page, encoding),
          Buffer.from('\r\n--b--\r\n'),
        ]),
      )
      const { others } = await readMhtmlMetadata(folder.pathTo('page.mht'))
      assert.match(others?.[0]?.text ?? '', /Größe/)
    })
  }
})
