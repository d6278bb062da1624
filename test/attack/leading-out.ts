import { type Parts, zip } from '../support/zip.ts'

/** A document that names files elsewhere. */
export interface LeadingOut {
  readonly filename: string
  /** Its bytes, given what the URLs of those files begin with. */
  readonly bytes: (url: string) => Buffer
  /** What it is made into. */
  readonly to: readonly string[]
}

const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const OF_PACKAGES = 'http://schemas.openxmlformats.org/package/2006'
const DRAWINGS = 'http://schemas.openxmlformats.org/drawingml/2006'
const OPEN_DOCUMENT = 'urn:oasis:names:tc:opendocument:xmlns'

/** The relations of a part: what each is, and where it leads, by their ids. */
function relations(
  them: Readonly<Record<string, readonly [kind: string, target: string]>>,
): string {
  const each = Object.entries(them).map(([id, [kind, target]]) => {
    const mode = target.includes(':') ? ' TargetMode="External"' : ''
    return `<Relationship Id="${id}" Type="${RELATIONS}/${kind}" Target="${target}"${mode}/>`
  })
  return `<Relationships xmlns="${OF_PACKAGES}/relationships">${each.join('')}</Relationships>`
}

/** An Office Open XML document: its main part and the others, each with its content type. */
function openXml(
  main: string,
  parts: Readonly<Record<string, readonly [type: string, text: string]>>,
  others: Parts,
): Buffer {
  const types = Object.entries(parts).map(
    ([name, [type]]) =>
      `<Override PartName="/${name}" ContentType="application/vnd.openxmlformats-officedocument.${type}+xml"/>`,
  )
  return zip({
    '[Content_Types].xml': `<Types xmlns="${OF_PACKAGES}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${types.join('')}</Types>`,
    '_rels/.rels': relations({ r1: ['officeDocument', main] }),
    ...Object.fromEntries(Object.entries(parts).map(([name, [, text]]) => [name, text])),
    ...others,
  })
}

function picture(id: string): string {
  return `<a:graphic xmlns:a="${DRAWINGS}/main"><a:graphicData uri="${DRAWINGS}/picture"><pic:pic xmlns:pic="${DRAWINGS}/picture"><pic:nvPicPr><pic:cNvPr id="0" name="p"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="${id}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="990000" cy="990000"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic>`
}

/** A field of a text document, with what it is told. */
function field(text: string): string {
  return `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> ${text} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`
}

function docx(url: string): Buffer {
  const spaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="${RELATIONS}" xmlns:wp="${DRAWINGS}/wordprocessingDrawing"`
  return openXml(
    'word/document.xml',
    {
      'word/document.xml': [
        'wordprocessingml.document.main',
        `<w:document ${spaces}><w:body><w:p><w:r><w:t>Text</w:t></w:r></w:p><w:p><w:r><w:drawing><wp:inline><wp:extent cx="990000" cy="990000"/><wp:docPr id="1" name="p"/>${picture('r2')}</wp:inline></w:drawing></w:r></w:p>${field(`INCLUDEPICTURE "${url}field.png" \\d`)}${field(`INCLUDETEXT "${url}text.docx"`)}<w:altChunk r:id="r4"/><w:subDoc r:id="r5"/></w:body></w:document>`,
      ],
      'word/settings.xml': [
        'wordprocessingml.settings',
        `<w:settings ${spaces}><w:attachedTemplate r:id="r1"/></w:settings>`,
      ],
    },
    {
      'word/_rels/document.xml.rels': relations({
        r2: ['image', `${url}image.png`],
        r3: ['settings', 'settings.xml'],
        r4: ['aFChunk', `${url}chunk.html`],
        r5: ['subDocument', `${url}part.docx`],
      }),
      'word/_rels/settings.xml.rels': relations({
        r1: ['attachedTemplate', `${url}template.dotx`],
      }),
    },
  )
}

function xlsx(url: string): Buffer {
  const spaces = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${RELATIONS}"`
  return openXml(
    'xl/workbook.xml',
    {
      'xl/workbook.xml': [
        'spreadsheetml.sheet.main',
        `<workbook ${spaces}><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets><externalReferences><externalReference r:id="r2"/></externalReferences></workbook>`,
      ],
      'xl/externalLinks/externalLink1.xml': [
        'spreadsheetml.externalLink',
        `<externalLink ${spaces}><externalBook r:id="r1"><sheetNames><sheetName val="Sheet1"/></sheetNames></externalBook></externalLink>`,
      ],
      'xl/connections.xml': [
        'spreadsheetml.connections',
        `<connections ${spaces}><connection id="1" name="c" type="4" refreshedVersion="6" refreshOnLoad="1"><webPr url="${url}connection"/></connection></connections>`,
      ],
      'xl/worksheets/sheet1.xml': [
        'spreadsheetml.worksheet',
        `<worksheet ${spaces}><sheetData><row r="1"><c r="A1"><f>[1]Sheet1!A1</f></c><c r="B1"><f>_xlfn.WEBSERVICE("${url}function")</f></c><c r="C1" t="inlineStr"><is><t>Text</t></is></c></row></sheetData></worksheet>`,
      ],
    },
    {
      'xl/_rels/workbook.xml.rels': relations({
        r1: ['worksheet', 'worksheets/sheet1.xml'],
        r2: ['externalLink', 'externalLinks/externalLink1.xml'],
        r3: ['connections', 'connections.xml'],
      }),
      'xl/externalLinks/_rels/externalLink1.xml.rels': relations({
        r1: ['externalLinkPath', `${url}link.xlsx`],
      }),
    },
  )
}

/** An ODF document: what it is, and what its body has. */
function openDocument(kind: string, body: string): Buffer {
  const mime = `application/vnd.oasis.opendocument.${kind}`
  const spaces = ['office', 'text', 'table', 'of']
    .map((name) => `xmlns:${name}="${OPEN_DOCUMENT}:${name}:1.0"`)
    .join(' ')
  return zip({
    mimetype: mime,
    'META-INF/manifest.xml': `<manifest:manifest xmlns:manifest="${OPEN_DOCUMENT}:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="${mime}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`,
    'content.xml': `<office:document-content ${spaces} xmlns:draw="${OPEN_DOCUMENT}:drawing:1.0" xmlns:svg="${OPEN_DOCUMENT}:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body>${body}</office:body></office:document-content>`,
  })
}

function odt(url: string): Buffer {
  const frames = ['image', 'floating-frame', 'object'].map(
    (kind) =>
      `<draw:frame text:anchor-type="as-char" svg:width="3cm" svg:height="3cm"><draw:${kind} xlink:href="${url}${kind}" xlink:type="simple" xlink:actuate="onLoad"/></draw:frame>`,
  )
  return openDocument(
    'text',
    `<office:text><text:section text:name="s"><text:section-source xlink:href="${url}section.odt"/></text:section><text:p>Text${frames.join('')}</text:p></office:text>`,
  )
}

function ods(url: string): Buffer {
  return openDocument(
    'spreadsheet',
    `<office:spreadsheet><table:table table:name="A"><table:table-source xlink:href="${url}sheet.ods" table:mode="copy-all"/><table:table-row><table:table-cell table:formula="of:=WEBSERVICE(&quot;${url}function&quot;)"/><table:table-cell table:formula="of:=['${url}link.ods'#$Sheet1.A1]"/></table:table-row></table:table></office:spreadsheet>`,
  )
}

function rtf(url: string): string {
  return `{\\rtf1\\ansi{\\*\\template ${url}template.dot}Text{\\field{\\*\\fldinst INCLUDEPICTURE "${url}image.png" \\\\d}{\\fldrslt x}}{\\field{\\*\\fldinst INCLUDETEXT "${url}text.rtf"}{\\fldrslt y}}}`
}

function html(url: string): string {
  return `<html><head><link rel=stylesheet href="${url}style.css"><meta http-equiv=refresh content="0;url=${url}next"><script src="${url}script.js"></script><script>fetch("${url}fetch")</script></head><body>Text<img src="${url}image.png"><iframe src="${url}frame"></iframe><object data="${url}object"></object><video src="${url}video" poster="${url}poster"></video><div style="background:url(${url}background.png)">x</div></body></html>`
}

function mht(url: string): string {
  const page = html(url).replaceAll('=', '=3D')
  return [
    'From: <Saved by Blink>',
    `Snapshot-Content-Location: ${url}page`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/related; type="text/html"; boundary="B"',
    '',
    '--B',
    'Content-Type: text/html',
    'Content-Transfer-Encoding: quoted-printable',
    `Content-Location: ${url}page`,
    '',
    page,
    '--B--',
    '',
  ].join('\r\n')
}

function playlist(url: string): string {
  return `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n${url}part.ts\n#EXT-X-ENDLIST\n`
}

function pageWithPlaylist(url: string): Buffer {
  return zip({
    'index.html': html(url).replace(
      'Text',
      '<video src="a.m3u8" autoplay></video><iframe src="b.html">',
    ),
    'a.m3u8': playlist(url),
    'b.html': html(url),
  })
}

/** Documents that name files elsewhere in every way that their formats know. */
export const LEADING_OUT: readonly LeadingOut[] = [
  { filename: 'a.docx', bytes: docx, to: ['pdf', 'html'] },
  { filename: 'a.xlsx', bytes: xlsx, to: ['pdf', 'csv'] },
  { filename: 'a.odt', bytes: odt, to: ['pdf'] },
  { filename: 'a.ods', bytes: ods, to: ['pdf'] },
  { filename: 'a.rtf', bytes: (url) => Buffer.from(rtf(url)), to: ['pdf'] },
  { filename: 'a.html', bytes: (url) => Buffer.from(html(url)), to: ['pdf', 'png', 'docx'] },
  { filename: 'a.mht', bytes: (url) => Buffer.from(mht(url)), to: ['pdf'] },
  { filename: 'a.zip', bytes: pageWithPlaylist, to: ['pdf', 'png'] },
  { filename: 'a.mp4', bytes: (url) => Buffer.from(playlist(url)), to: ['png', 'webm'] },
  { filename: 'a.m3u8', bytes: (url) => Buffer.from(playlist(url)), to: ['mp4'] },
]
