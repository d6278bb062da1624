import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { needsPreview, writePreview } from '../../../src/engine/pages/preview.ts'
import { doesCarried } from '../../../src/engine/pictures/carried-picture.ts'
import { identifyContent, identifySource } from '../../../src/sources/identify.ts'
import { pdfOf, textPage } from '../../support/pdf.ts'
import { plain, quarters } from '../../support/pictures.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { type Parts, zip } from '../../support/zip.ts'
import { mhtml } from '../text/documents.ts'

const THUMBNAIL = 'http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail'
const MAIN = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument'
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'

/** A DOCX of one paragraph, with other parts; `thumbnail` is the part that it says is its preview. */
function docxWith(parts: Parts, thumbnail?: string): Buffer {
  const preview =
    thumbnail === undefined
      ? ''
      : `<Relationship Id="r2" Type="${THUMBNAIL}" Target="${thumbnail}"/>`
  return zip({
    '[Content_Types].xml': `<Types><Override PartName="/word/document.xml" ContentType="${WORD}"/></Types>`,
    '_rels/.rels': `<Relationships><Relationship Id="r1" Type="${MAIN}" Target="word/document.xml"/>${preview}</Relationships>`,
    'word/document.xml': `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Harbour</w:t></w:r></w:p></w:body></w:document>`,
    ...parts,
  })
}

/** A DOCX of one paragraph that carries such a preview. */
function docxWithPreview(preview: Buffer): Buffer {
  return docxWith({ 'docProps/thumbnail.jpeg': preview }, 'docProps/thumbnail.jpeg')
}

describe('writePreview', function () {
  this.timeout(300_000)
  const folder = useTemporaryFolder()
  let picture: Buffer

  before(async () => {
    picture = await quarters(120, 80).jpeg().toBuffer()
  })

  async function previewOf(document: Buffer, { side = 100, page = 1 } = {}): Promise<Buffer> {
    const sourcePath = folder.pathTo('document')
    const previewPath = folder.pathTo('preview')
    await writeFile(sourcePath, document)
    await writePreview({
      source: await identifySource(sourcePath),
      previewPath,
      password: undefined,
      page,
      does: (carried) => doesCarried(carried, side),
      loadPicture: () => Promise.resolve(undefined),
      folders: [],
    })
    return readFile(previewPath)
  }

  it('takes the picture that an office document carries', async () => {
    assert.deepEqual(await previewOf(docxWithPreview(picture)), picture)
  })

  it('writes pages when the picture that an office document carries is smaller than what is asked for, or of another page', async () => {
    for (const wanted of [{ side: 121 }, { side: Infinity }, { page: 2 }]) {
      const preview = await previewOf(docxWithPreview(picture), wanted)
      assert.equal(await identifyContent(preview), 'pdf')
    }
  })

  it('takes the picture that an OpenDocument file carries', async () => {
    const document = zip({
      mimetype: 'application/vnd.oasis.opendocument.text',
      'Thumbnails/thumbnail.png': picture,
    })
    assert.deepEqual(await previewOf(document), picture)
  })

  const others: [title: string, document: () => Buffer][] = [
    ['carries none', () => docxWith({})],
    ['carries one that is not there', () => docxWith({}, 'docProps/thumbnail.jpeg')],
    [
      'carries one that only Windows draws',
      () =>
        docxWith(
          { 'docProps/thumbnail.emf': Buffer.from('0100000058', 'hex') },
          'docProps/thumbnail.emf',
        ),
    ],
    ['carries one that is damaged', () => docxWithPreview(picture.subarray(0, 300))],
    [
      'is made with a template that carries a white one',
      () =>
        readFileSync(
          path.join(import.meta.dirname, '../documents/troublesome/docx-blank-preview.docx'),
        ),
    ],
  ]
  for (const [title, document] of others) {
    it(`writes pages when a document ${title}`, async () => {
      assert.equal(await identifyContent(await previewOf(document())), 'pdf')
    })
  }

  for (const [title, blank] of [
    ['white', plain({ r: 255, g: 255, b: 255 })],
    ['nearly white', plain({ r: 250, g: 252, b: 251 })],
    ['black', plain({ r: 0, g: 0, b: 0 })],
    ['clear', plain({ r: 0, g: 0, b: 0 }).ensureAlpha(0)],
  ] as const) {
    it(`writes pages when the preview of a document is ${title} all over`, async () => {
      const document = docxWithPreview(await blank.png().toBuffer())
      assert.equal(await identifyContent(await previewOf(document)), 'pdf')
    })
  }

  it('leaves no file when the document is damaged', async () => {
    await rm(folder.pathTo('preview'), { force: true })
    await assert.rejects(previewOf(docxWith({}).subarray(0, 200)), { code: 'source_corrupt' })
    assert.deepEqual(
      [folder.pathTo('preview'), folder.pathTo('preview.part')].filter((each) => existsSync(each)),
      [],
    )
  })

  it('is needed for office documents alone', async () => {
    const anyPath = folder.pathTo('any')
    const needs = async (file: Buffer): Promise<boolean> => {
      await writeFile(anyPath, file)
      return needsPreview(await identifySource(anyPath))
    }
    assert.equal(await needs(docxWith({})), true)
    assert.equal(await needs(Buffer.from('{\\rtf1 x}')), true)
    assert.equal(await needs(Buffer.from(mhtml('text/html', '<p>x'))), true)
    assert.equal(await needs(picture), false)
    assert.equal(await needs(await pdfOf([textPage('x')])), false)
    assert.equal(await needs(Buffer.from('text')), false)
    assert.equal(await needs(Buffer.of()), false)
  })
})
