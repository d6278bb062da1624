import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import type { PagePicture } from '../../../src/engine/pages/drawing/page-pictures.ts'
import { writeDocumentPages } from '../../../src/engine/pages/write-document-pages.ts'
import { identifySource } from '../../../src/sources/identify.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { docxFile, p } from './docx/docx-file.ts'

const font = (name: string): string => `<w:rFonts w:ascii="${name}" w:hAnsi="${name}"/>`
const imported = '<w:altChunk r:id="aFChunk1"/>'
const DRAWING = 'http://schemas.openxmlformats.org/drawingml/2006'
const inline = (id: string): string =>
  `<w:p><w:r><w:drawing><wp:inline xmlns:wp="${DRAWING}/wordprocessingDrawing"><wp:extent cx="914400" cy="914400"/><a:graphic xmlns:a="${DRAWING}/main"><a:graphicData><pic:pic xmlns:pic="${DRAWING}/picture"><pic:blipFill><a:blip r:embed="${id}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`
const PIXEL: PagePicture = { kind: 'pixels', width: 1, height: 1, pixels: new Uint8Array(4) }
const TEXT = p('Harbour', '', font('Arial'))

const DOCUMENTS: readonly {
  readonly title: string
  readonly document: Buffer
  readonly picture?: PagePicture
  readonly told: readonly string[]
}[] = [
  { title: 'nothing where all is there', document: docxFile(TEXT), told: [] },
  {
    title: 'a font that is replaced',
    document: docxFile(p('Harbour', '', font('Brand Sans'))),
    told: [
      'A font that the document names and that is not there is replaced by another: Brand Sans.',
    ],
  },
  {
    title: 'fonts that are replaced',
    document: docxFile(p('a', '', font('Brand Sans')) + p('b', '', font('Brand Serif')) + TEXT),
    told: [
      'Fonts that the document names and that are not there are replaced by others: Brand Sans and Brand Serif.',
    ],
  },
  {
    title: 'letters that no font has',
    document: docxFile(p('\u{12000}', '', font('Arial'))),
    told: ['Letters that no font here has are bars on the pages: \u{12000}.'],
  },
  {
    title: 'an imported file that is no document',
    document: docxFile(TEXT + imported, { aFChunk1: Buffer.from('GIF89a') }),
    told: [
      'Not read: a file that the document imports, which is damaged or of no kind that is read.',
    ],
  },
  {
    title: 'an imported PDF',
    document: docxFile(TEXT + imported, { aFChunk1: Buffer.from('%PDF-1.4\n') }),
    told: ['The document imports a PDF file, of which there is no text.'],
  },
  {
    title: 'pictures that nobody can read',
    document: docxFile(TEXT + inline('image1') + inline('image2'), {
      image1: Buffer.from('none'),
      image2: Buffer.from('neither'),
    }),
    told: [
      '2 pictures of the document are missing, or cannot be read; there are grey boxes in their places.',
    ],
  },
  {
    title: 'nothing of a picture that is read',
    document: docxFile(TEXT + inline('image1'), { image1: Buffer.from('one') }),
    picture: PIXEL,
    told: [],
  },
]

describe('what is told of pages of documents', function () {
  this.timeout(300_000)
  const folder = useTemporaryFolder()

  for (const { title, document, picture, told } of DOCUMENTS) {
    it(`is ${title}`, async () => {
      const path = folder.pathTo('document')
      await writeFile(path, document)
      const remarks = await writeDocumentPages({
        source: await identifySource(path),
        pdfPath: folder.pathTo('pages.pdf'),
        password: undefined,
        count: 1,
        loadPicture: () => Promise.resolve(picture),
        folders: [],
      })
      assert.deepEqual(remarks, told)
    })
  }
})
