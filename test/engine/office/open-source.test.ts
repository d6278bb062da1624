import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { OperationError } from '../../../src/base/operation-error.ts'
import { openSource } from '../../../src/engine/office/open-source.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { compound } from '../text/compound.ts'
import { docx, epub, paragraph } from '../text/documents.ts'
import { textOfPages, workbookOf } from './office-files.ts'

const LETTER = docx(paragraph('Hallo'))

/** A stream of a Word document whose flags say that it is encrypted, or not. */
const wordOf = (flags: number): Buffer => {
  const stream = Buffer.alloc(64)
  stream[11] = flags
  return stream
}

/** The records BOF and, in an encrypted workbook, FilePass. */
const workbookStream = (isEncrypted: boolean): Buffer =>
  Buffer.from(`09080200ffff${isEncrypted ? '2f000200' : '42000200'}0000`, 'hex')

describe('an office file', () => {
  const folder = useTemporaryFolder()

  async function told(document: Buffer | string, name: string, mediaType?: string) {
    const path = folder.pathTo('source')
    writeFileSync(path, document)
    const opened = openSource({ path, name, mediaType }, folder.pathTo('opened'), undefined)
    return opened.then(
      (source) => {
        // It is sent to where LibreOffice is run.
        const { id, isLocked } = structuredClone(source)
        return isLocked ? `${id}, locked` : id
      },
      (error: unknown) => (error instanceof OperationError ? error.message : error),
    )
  }

  const files: readonly (readonly [what: string, Buffer | string, name: string, string])[] = [
    ['a Word document', LETTER, 'a.docx', 'docx'],
    ['one that is called something else', LETTER, 'a.odt', 'docx'],
    ['a workbook without a name', workbookOf([['a']]), '', 'xlsx'],
    ['an OpenDocument text', textOfPages(['a']), 'a.odt', 'odt'],
    ['RTF called .doc', '{\\rtf1 Hallo}', 'a.doc', 'rtf'],
    ['a web page called .xls', '<!doctype html><p>Hallo</p>', 'a.xls', 'html'],
    ['a table', 'a,b\n', 'a.csv', 'csv'],
    ['Markdown', '# a\n', 'a.md', 'text'],
    ['an old document', compound({ WordDocument: wordOf(0) }), 'a.doc', 'doc'],
    ['an old document that is locked', compound({ WordDocument: wordOf(1) }), '', 'doc, locked'],
    ['an old workbook', compound({ Workbook: workbookStream(false) }), 'a.xls', 'xls'],
    ['one that is locked', compound({ Workbook: workbookStream(true) }), 'a.xls', 'xls, locked'],
    [
      'an encrypted package without a password',
      compound({ EncryptionInfo: Buffer.alloc(8), EncryptedPackage: Buffer.alloc(8) }),
      'a.docx',
      'The office source is encrypted; set password to open it.',
    ],
    [
      'a text called .docx',
      'no document\n',
      'a.docx',
      'The source is a damaged or incomplete DOCX file.',
    ],
    [
      'a text called .jpg',
      'no picture\n',
      'a.jpg',
      'The source is a damaged or incomplete JPEG file.',
    ],
    [
      'half of a package',
      LETTER.subarray(0, 300),
      'a.pptx',
      'The source is a damaged or incomplete PPTX file.',
    ],
  ]
  for (const [what, document, name, expected] of files) {
    it(`is told by its content: ${what}`, async () => {
      assert.equal(await told(document, name), expected)
    })
  }

  const others: readonly (readonly [what: string, Buffer, kind: string])[] = [
    ['a picture', Buffer.from('89504e470d0a1a0a', 'hex'), 'a PNG file'],
    ['a book', epub(['a'], { a: '<p>a</p>' }), 'an EPUB file'],
    ['unknown bytes', Buffer.from([0, 1, 2, 3]), 'of no kind that is known'],
  ]
  for (const [what, document, kind] of others) {
    it(`is not: ${what}`, async () => {
      const sentence = String(await told(document, 'a'))
      assert.ok(sentence.startsWith(`The source is ${kind}; office files are DOCX, DOC,`), sentence)
    })
  }
})
