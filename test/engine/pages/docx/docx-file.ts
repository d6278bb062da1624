import { layOutDocx } from '../../../../src/engine/pages/docx/lay-out-docx.ts'
import type { Page } from '../../../../src/engine/pages/drawing/page.ts'
import { createPageFonts } from '../../../../src/engine/pages/paragraphs/page-fonts.ts'
import { withPackage } from '../../../../src/packages/package.ts'
import { type Parts, zip } from '../../../support/zip.ts'

const TYPES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const NAMES =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'

/** Pages of 400 by 300 points with margins of 50. */
export const SECTION =
  '<w:sectPr><w:pgSz w:w="8000" w:h="6000"/><w:pgMar w:left="1000" w:right="1000" w:top="1000" w:bottom="1000" w:header="400" w:footer="400"/></w:sectPr>'

/** What else is in a document, by what it is to it, such as `styles`. */
export type Others = Readonly<Record<string, string | Buffer>>

/** The bytes of a DOCX, whose other parts are related to its main part by ids that are their names. */
export function docxFile(body: string, others: Others = {}): Buffer {
  const parts: Record<string, string | Buffer> = {}
  const links = Object.entries(others).map(([name, content]) => {
    const type = name.replace(/\d+$/, '')
    const target = typeof content === 'string' ? `${name}.xml` : `media/${name}.png`
    parts[`word/${target}`] = content
    return `<Relationship Id="${name}" Type="${TYPES}/${type}" Target="${target}"/>`
  })
  const all: Parts = {
    '[Content_Types].xml':
      '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    '_rels/.rels': `<Relationships><Relationship Id="r1" Type="${TYPES}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/_rels/document.xml.rels': `<Relationships>${links.join('')}</Relationships>`,
    'word/document.xml': `<w:document ${NAMES}><w:body>${body}</w:body></w:document>`,
    ...parts,
  }
  return zip(all)
}

/** A part with the names that its elements have. */
export function part(element: string, content: string): string {
  return `<w:${element} ${NAMES}>${content}</w:${element}>`
}

/** A paragraph of one run. */
export function p(text: string, properties = '', run = ''): string {
  return `<w:p><w:pPr>${properties}</w:pPr><w:r><w:rPr>${run}</w:rPr><w:t>${text}</w:t></w:r></w:p>`
}

const fonts = createPageFonts([])

/** Lays out a document on its first pages. */
export async function layOut(
  body: string,
  others: Others = {},
  count = 5,
): Promise<readonly Page[]> {
  const file = docxFile(body, others)
  return withPackage(file, (parts) =>
    layOutDocx(parts, 'word/document.xml', { fonts, count, remark: () => undefined }),
  )
}
