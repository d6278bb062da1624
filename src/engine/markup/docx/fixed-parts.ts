import { escapeText } from '../write-html.ts'

/** The namespace of what a document says. */
export const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const MADE_UP = 'application/vnd.openxmlformats-officedocument.wordprocessingml'

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** The media types of the parts of a document. */
export const CONTENT_TYPES = `${DECLARATION}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="jpg" ContentType="image/jpeg"/><Default Extension="gif" ContentType="image/gif"/><Override PartName="/word/document.xml" ContentType="${MADE_UP}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${MADE_UP}.styles+xml"/><Override PartName="/word/numbering.xml" ContentType="${MADE_UP}.numbering+xml"/><Override PartName="/word/settings.xml" ContentType="${MADE_UP}.settings+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`

/** Where a package begins. */
export const PACKAGE_LINKS = `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`

/** What Word of 2013 and later makes, so that none of them opens it as something older. */
export const SETTINGS = `${DECLARATION}<w:settings xmlns:w="${WORD}"><w:defaultTabStop w:val="720"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`

/** A link from the document to another part, or out of it. */
export interface PartLink {
  readonly id: string
  readonly type: 'styles' | 'numbering' | 'settings' | 'image' | 'hyperlink'
  readonly target: string
}

/** Which parts the document links to. */
export function writeLinks(links: readonly PartLink[]): string {
  const written = links.map(({ id, type, target }) => {
    const mode = type === 'hyperlink' ? ' TargetMode="External"' : ''
    return `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${escapeText(target)}"${mode}/>`
  })
  return `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">${written.join('')}</Relationships>`
}

/** The document itself. */
export function writeDocument(body: string): string {
  const page =
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr>'
  return `${DECLARATION}<w:document xmlns:w="${WORD}" xmlns:r="${OFFICE}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>${body}${page}</w:body></w:document>`
}

/** Title, author and language, as other programs find them. */
export function writeCore(about: {
  readonly title?: string | undefined
  readonly author?: string | undefined
  readonly language?: string | undefined
}): string {
  const properties = [
    ['dc:title', about.title],
    ['dc:creator', about.author],
    ['dc:language', about.language],
  ].flatMap(([name, value]) => (value ? [`<${name}>${escapeText(value)}</${name}>`] : []))
  return `${DECLARATION}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">${properties.join('')}</cp:coreProperties>`
}
