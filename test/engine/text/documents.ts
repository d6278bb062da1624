import { type Parts, zip } from '../../support/zip.ts'

const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const OFFICE = 'application/vnd.openxmlformats-officedocument'

/** Links of a part, as [id, type, target]. */
export type Links = readonly (readonly [id: string, type: string, target: string])[]

/** The part that tells where another one leads. */
export function relationships(links: Links): string {
  const elements = links.map(
    ([id, type, target]) =>
      `<Relationship Id="${id}" Type="${RELATIONSHIPS}/${type}" Target="${target}"/>`,
  )
  return `<?xml version="1.0"?><Relationships>${elements.join('')}</Relationships>`
}

/** An office document whose main part has a media type that ends so. */
export function office(main: string, type: string, parts: Parts): Buffer {
  return zip({
    '[Content_Types].xml': `<Types><Default Extension="xml" ContentType="application/xml"/><Override PartName="/${main}" ContentType="${type}"/></Types>`,
    '_rels/.rels': relationships([['rId1', 'officeDocument', main]]),
    ...parts,
  })
}

const WORD_NAMESPACES =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'

/** A part of a Word document whose root element is `root`. */
export function wordPart(root: string, content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><w:${root} ${WORD_NAMESPACES}>${content}</w:${root}>`
}

/** A Word document with such a body. */
export function docx(body: string, links: Links = [], parts: Parts = {}): Buffer {
  return office('word/document.xml', `${OFFICE}.wordprocessingml.document.main+xml`, {
    'word/document.xml': wordPart('document', `<w:body>${body}</w:body>`),
    'word/_rels/document.xml.rels': relationships(links),
    ...parts,
  })
}

/** A paragraph of one run. */
export function paragraph(run: string): string {
  return `<w:p><w:r><w:t xml:space="preserve">${run}</w:t></w:r></w:p>`
}

/** A workbook of sheets given as their rows. */
export function xlsx({
  sheets,
  strings = '',
  styles = '',
  properties = '',
}: {
  readonly sheets: readonly string[]
  readonly strings?: string
  readonly styles?: string
  readonly properties?: string
}): Buffer {
  const names = sheets.map(
    (_, index) => `<sheet name="S${index}" sheetId="${index}" r:id="r${index}"/>`,
  )
  const links = sheets.map((_, index): [string, string, string] => [
    `r${index}`,
    'worksheet',
    `worksheets/sheet${index}.xml`,
  ])
  return office('xl/workbook.xml', `${OFFICE}.spreadsheetml.sheet.main+xml`, {
    'xl/workbook.xml': `<workbook xmlns:r="r">${properties}<sheets>${names.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationships([
      ...links,
      ['s1', 'sharedStrings', 'sharedStrings.xml'],
      ['s2', 'styles', '/xl/styles.xml'],
    ]),
    'xl/sharedStrings.xml': `<sst>${strings}</sst>`,
    'xl/styles.xml': `<styleSheet>${styles}</styleSheet>`,
    ...Object.fromEntries(
      sheets.map((rows, index) => [
        `xl/worksheets/sheet${index}.xml`,
        `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
      ]),
    ),
  })
}

const DRAWING = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="p"'

/** A slide, or a page of notes, of shapes with a text and the type of their placeholder. */
export function slide(
  root: string,
  shapes: readonly (readonly [type: string, text: string])[],
): string {
  const written = shapes.map(
    ([type, text]) =>
      `<p:sp><p:nvSpPr><p:nvPr><p:ph type="${type}"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:txBody></p:sp>`,
  )
  return `<p:${root} ${DRAWING}><p:cSld><p:spTree>${written.join('')}</p:spTree></p:cSld></p:${root}>`
}

/** A presentation whose slides are shown in the order of `ids`. */
export function pptx(ids: readonly string[], links: Links, parts: Parts): Buffer {
  const list = ids.map((id, index) => `<p:sldId id="${256 + index}" r:id="${id}"/>`)
  return office('ppt/presentation.xml', `${OFFICE}.presentationml.presentation.main+xml`, {
    'ppt/presentation.xml': `<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst>${list.join('')}</p:sldIdLst></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': relationships(links),
    ...parts,
  })
}

const ODF_NAMESPACES = [
  'office',
  'text',
  'table',
  'draw',
  'presentation',
  'style',
  'manifest',
  'svg',
]
  .map((name) => `xmlns:${name}="urn:${name}"`)
  .join(' ')

/** A part of an OpenDocument file. */
export function odfPart(content: string): string {
  return `<?xml version="1.0"?><office:document-content ${ODF_NAMESPACES}>${content}</office:document-content>`
}

/** An OpenDocument file of a kind such as `text`, with such a body. */
export function odf(kind: string, body: string, parts: Parts = {}): Buffer {
  return zip({
    mimetype: `application/vnd.oasis.opendocument.${kind}`,
    'content.xml': odfPart(`<office:body>${body}</office:body>`),
    ...parts,
  })
}

/** A book of chapters, given by the names of their files, in the order of `spine`. */
export function epub(spine: readonly string[], chapters: Parts, parts: Parts = {}): Buffer {
  const items = Object.keys(chapters).map(
    (name) => `<item id="${name}" href="${encodeURI(name)}" media-type="application/xhtml+xml"/>`,
  )
  const references = spine.map((name) => `<itemref idref="${name}"/>`)
  return zip({
    mimetype: 'application/epub+zip',
    'META-INF/container.xml':
      '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
    'OEBPS/book.opf': `<package><manifest>${items.join('')}</manifest><spine>${references.join('')}</spine></package>`,
    ...Object.fromEntries(
      Object.entries(chapters).map(([name, content]) => [`OEBPS/${name}`, content]),
    ),
    ...parts,
  })
}

/** A page and what belongs to it in one file, its text quoted-printable. */
export function mhtml(mediaType: string, content: string): string {
  return [
    'MIME-Version: 1.0',
    'Content-Type: multipart/related; boundary="=b"',
    '',
    '--=b',
    `Content-Type: ${mediaType}; charset="utf-8"`,
    'Content-Transfer-Encoding: quoted-printable',
    '',
    content,
    '--=b--',
    '',
  ].join('\r\n')
}
