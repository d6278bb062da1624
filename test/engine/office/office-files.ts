import { zip } from '../../support/zip.ts'

const NAMESPACES = Object.entries({
  office: 'office',
  text: 'text',
  table: 'table',
  draw: 'drawing',
  style: 'style',
  presentation: 'presentation',
  svg: 'svg-compatible',
  fo: 'xsl-fo-compatible',
})
  .map(([prefix, name]) => `xmlns:${prefix}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
  .join(' ')

const MANIFEST = 'urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'

/** An OpenDocument file of a kind such as `text` as office programs open it: with a manifest, and true namespaces. */
export function openDocument(kind: string, body: string): Buffer {
  const mediaType = `application/vnd.oasis.opendocument.${kind}`
  const entries = [
    `<manifest:file-entry manifest:full-path="/" manifest:media-type="${mediaType}"/>`,
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>',
  ]
  return zip({
    mimetype: mediaType,
    'META-INF/manifest.xml': `<?xml version="1.0"?><manifest:manifest xmlns:manifest="${MANIFEST}" manifest:version="1.2">${entries.join('')}</manifest:manifest>`,
    'content.xml': `<?xml version="1.0" encoding="UTF-8"?><office:document-content ${NAMESPACES} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:automatic-styles><style:style style:name="new" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style></office:automatic-styles><office:body>${body}</office:body></office:document-content>`,
  })
}

/** A text of pages, each of which is one paragraph. */
export function textOfPages(pages: readonly string[]): Buffer {
  const paragraphs = pages.map(
    (text, index) =>
      `<text:h text:outline-level="1"${index > 0 ? ' text:style-name="new"' : ''}>${text}</text:h>`,
  )
  return openDocument('text', `<office:text>${paragraphs.join('')}</office:text>`)
}

const SPREADSHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** A workbook of one sheet as Excel writes it, given as its rows. */
export function workbookOf(rows: readonly (readonly string[])[]): Buffer {
  const written = rows.map((cells) => {
    const row = cells.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`)
    return `<row>${row.join('')}</row>`
  })
  const link = (id: string, type: string, target: string): string =>
    `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="${id}" Type="${RELATIONSHIPS}/${type}" Target="${target}"/></Relationships>`
  return zip({
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${XLSX_TYPE}.sheet.main+xml"/><Override PartName="/xl/sheet1.xml" ContentType="${XLSX_TYPE}.worksheet+xml"/></Types>`,
    '_rels/.rels': link('rId1', 'officeDocument', 'xl/workbook.xml'),
    'xl/workbook.xml': `<workbook xmlns="${SPREADSHEET}" xmlns:r="${RELATIONSHIPS}"><sheets><sheet name="Fahrplan" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': link('rId1', 'worksheet', 'sheet1.xml'),
    'xl/sheet1.xml': `<worksheet xmlns="${SPREADSHEET}"><sheetData>${written.join('')}</sheetData></worksheet>`,
  })
}

const frame = (text: string, attributes = ''): string =>
  `<draw:frame ${attributes} svg:width="9cm" svg:height="3cm" svg:x="1cm" svg:y="1cm"><draw:text-box><text:p>${text}</text:p></draw:text-box></draw:frame>`

/** A presentation of slides, each with a text and notes. */
export function slidesOf(
  slides: readonly { readonly text: string; readonly notes: string }[],
): Buffer {
  const pages = slides.map(
    ({ text, notes }, index) =>
      `<draw:page draw:name="p${index}">${frame(text)}<presentation:notes>${frame(notes, 'presentation:class="notes"')}</presentation:notes></draw:page>`,
  )
  return openDocument(
    'presentation',
    `<office:presentation>${pages.join('')}</office:presentation>`,
  )
}

/** A text that shows pictures from elsewhere, by their URLs. */
export function textWithPictures(urls: readonly string[]): Buffer {
  const pictures = urls.map(
    (url) =>
      `<text:p><draw:frame svg:width="5cm" svg:height="5cm"><draw:image xlink:href="${url}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>`,
  )
  return openDocument('text', `<office:text>${pictures.join('')}</office:text>`)
}
