import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { MagickFormat } from '@imagemagick/magick-wasm'
import { KNOWN_FORMATS } from '../../../src/sources/formats.ts'
import { quarters } from '../../support/pictures.ts'
import { zip } from '../../support/zip.ts'
import { encode, icoOf, plainPsd } from '../pictures/conversion/sources.ts'
import { compound } from '../text/compound.ts'
import { isFailure, type Said, useMetadataFolder } from './case-files.ts'
import { codePage, fileTime, long, narrowText, propertySet } from './property-sets.ts'
import { movieOf, officeOf, packetOf, pdfOf, sgiHeader, WORD, waveOf } from './sources.ts'

const picture = quarters(120, 80)

interface Case {
  readonly title: string
  readonly name?: string
  readonly content: () => Promise<Uint8Array | string> | Uint8Array | string
  readonly said: Said
}

function pictureCase(
  title: string,
  mediaType: string,
  content: Case['content'],
  size = [120, 80],
): Case {
  const [width, height] = size.map(String)
  const said = {
    'dc:format': mediaType,
    'tiff:ImageWidth': width ?? '',
    'tiff:ImageLength': height ?? '',
  }
  return { title, content, said }
}

/** A picture of 96 × 64 pixels that a case of the worker has. */
function caseOf(title: string, mediaType: string, file: string): Case {
  return pictureCase(
    title,
    mediaType,
    () => readFile(`test/asset-compute/worker/${file}`),
    [96, 64],
  )
}

const psd = plainPsd({ mode: 3, channels: [1, 2, 3] })
const psb = Buffer.from(psd)
psb.writeUInt16BE(2, 4)

const CASES: readonly Case[] = [
  pictureCase('JPEG', 'image/jpeg', () => picture.clone().jpeg().toBuffer()),
  pictureCase('PNG', 'image/png', () => picture.clone().png().toBuffer()),
  pictureCase('WebP', 'image/webp', () => picture.clone().webp().toBuffer()),
  pictureCase('lossless WebP', 'image/webp', () =>
    picture.clone().webp({ lossless: true }).toBuffer(),
  ),
  pictureCase('GIF', 'image/gif', () => picture.clone().gif().toBuffer()),
  pictureCase('TIFF', 'image/tiff', () => picture.clone().tiff().toBuffer()),
  pictureCase('BigTIFF', 'image/tiff', () => picture.clone().tiff({ bigtiff: true }).toBuffer()),
  pictureCase('AVIF', 'image/avif', () => picture.clone().avif({ effort: 0 }).toBuffer()),
  pictureCase('PSD', 'image/vnd.adobe.photoshop', () => psd, [40, 30]),
  pictureCase('PSB', 'image/vnd.adobe.photoshop', () => psb, [40, 30]),
  pictureCase('BMP', 'image/bmp', () => encode(picture, MagickFormat.Bmp)),
  pictureCase('BMP of Windows 2', 'image/bmp', () => encode(picture, MagickFormat.Bmp2)),
  pictureCase('SGI', 'image/sgi', sgiHeader, [30, 20]),
  caseOf('JPEG XL', 'image/jxl', 'jxl-lossless/file.jxl'),
  caseOf('JPEG 2000', 'image/jp2', 'jpeg-2000/file.jp2'),
  caseOf('JPEG 2000 without a file', 'image/x-j2c', 'jpeg-2000-codestream/file.j2k'),
  pictureCase(
    'WMF',
    'image/wmf',
    () => readFile('test/asset-compute/worker/wmf/file.wmf'),
    [64, 48],
  ),
  pictureCase(
    'WMF that is compressed',
    'image/wmf',
    async () => gzipSync(await readFile('test/asset-compute/worker/wmf/file.wmf')),
    [64, 48],
  ),
  caseOf('TGA', 'image/x-tga', 'tga/file.tga'),
  caseOf('PCX', 'image/x-pcx', 'pcx/file.pcx'),
  caseOf('PBM', 'image/x-portable-bitmap', 'pnm-bits/file.pbm'),
  caseOf('PGM', 'image/x-portable-graymap', 'pnm-words/file.pgm'),
  caseOf('PPM', 'image/x-portable-pixmap', 'pnm-rgb/file.ppm'),
  caseOf('PAM', 'image/x-portable-arbitrarymap', 'pnm-transparent/file.pam'),
  caseOf('PFM', 'image/x-portable-floatmap', 'pfm/file.pfm'),
  caseOf('DDS', 'image/vnd.ms-dds', 'dds/file.dds'),
  caseOf('OpenEXR', 'image/x-exr', 'exr/file.exr'),
  caseOf('Radiance HDR', 'image/vnd.radiance', 'hdr/file.hdr'),
  caseOf('XCF', 'image/x-xcf', 'xcf-of-layers/file.xcf'),
  caseOf('PICT', 'image/x-pict', 'pict/file.pct'),
  pictureCase(
    'ICO',
    'image/vnd.microsoft.icon',
    async () => {
      const png = await picture.clone().resize(256, 256).png().toBuffer()
      return icoOf([16, 256, 32].map((side) => ({ side, bitsPerPixel: 32, image: png })))
    },
    [256, 256],
  ),
  pictureCase(
    'SVG',
    'image/svg+xml',
    () => '<svg xmlns="http://www.w3.org/2000/svg" width="1in" viewBox="0 0 4 2"/>',
    [96, 48],
  ),
  pictureCase(
    'SVGZ',
    'image/svg+xml',
    () => gzipSync('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"></svg>'),
    [40, 20],
  ),
  {
    title: 'SVG with a title',
    content: () =>
      '<!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg"><title>A &amp; B</title><desc>C</desc></svg>',
    said: {
      'dc:format': 'image/svg+xml',
      'dc:title': 'Alt[A &amp; B]',
      'dc:description': 'Alt[C]',
    },
  },
  {
    title: 'PDF',
    content: () =>
      pdfOf({
        information:
          "/Title (T) /Author (A) /Subject (S) /Keywords (k, l) /Creator (C) /Producer (P) /CreationDate (D:20200102030405+02'00') /ModDate (D:20210102030405Z) /Trapped /True",
      }),
    said: {
      'dc:format': 'application/pdf',
      'dc:title': 'Alt[T]',
      'dc:creator': 'Seq[A]',
      'dc:description': 'Alt[S]',
      'pdf:Keywords': 'k, l',
      'xmp:CreatorTool': 'C',
      'pdf:Producer': 'P',
      'pdf:Trapped': 'True',
      'xmp:CreateDate': '2020-01-02T03:04:05+02:00',
      'xmp:ModifyDate': '2021-01-02T03:04:05Z',
      'xmpTPg:NPages': '1',
    },
  },
  ...[
    { title: 'MP4', brand: 'isom', mediaType: 'video/mp4' },
    { title: 'MOV', brand: 'qt  ', mediaType: 'video/quicktime' },
    { title: 'M4V', brand: 'M4V ', mediaType: 'video/x-m4v' },
  ].map(({ title, brand, mediaType }) => ({
    title,
    content: () => movieOf(brand),
    said: {
      'dc:format': mediaType,
      'xmp:CreateDate': '2020-01-02T03:04:05+00:00',
      'xmp:ModifyDate': '2020-01-02T03:04:05+00:00',
      'xmpDM:videoFrameSize': '640|480|pixel',
      'xmpDM:duration': '2500|1/1000',
      'xmpDM:fileDataRate': '94/1000000',
    },
  })),
  {
    title: 'WAV',
    content: waveOf,
    said: {
      'dc:format': 'audio/x-wav',
      'xmpDM:duration': '250|1/1000',
      'xmpDM:audioChannelType': 'Mono',
      'xmpDM:audioCompressor': 'PCM',
      'xmpDM:audioSampleRate': '16000',
      'xmpDM:fileDataRate': '32176/1000000',
    },
  },
  ...[
    { title: 'DOCX', part: 'word/document.xml', kind: 'wordprocessingml.document', pages: 'Pages' },
    {
      title: 'PPTX',
      part: 'ppt/presentation.xml',
      kind: 'presentationml.presentation',
      pages: 'Slides',
    },
    { title: 'XLSX', part: 'xl/workbook.xml', kind: 'spreadsheetml.sheet', pages: 'Sheets' },
  ].map(({ title, part, kind, pages }): Case => ({
    title,
    content: () =>
      officeOf(part, `application/vnd.openxmlformats-officedocument.${kind}.main+xml`, {
        'docProps/core.xml':
          '<cp:coreProperties xmlns:cp="urn:cp" xmlns:dc="urn:dc" xmlns:dcterms="urn:dcterms"><dc:title>T &lt;</dc:title><dc:creator>A</dc:creator><dc:subject>S</dc:subject><dc:description> </dc:description><cp:keywords>k, l; m</cp:keywords><dcterms:created>2020-01-02T03:04:05Z</dcterms:created><dcterms:modified>yesterday</dcterms:modified></cp:coreProperties>',
        'docProps/app.xml': `<Properties xmlns="urn:app"><Application>Word</Application><${pages}>3</${pages}></Properties>`,
      }),
    said: {
      'dc:format': `application/vnd.openxmlformats-officedocument.${kind}`,
      'dc:title': 'Alt[T &lt;]',
      'dc:creator': 'Seq[A]',
      'dc:description': 'Alt[S]',
      'dc:subject': 'Bag[k|l|m]',
      'pdf:Keywords': 'k, l; m',
      'xmp:CreateDate': '2020-01-02T03:04:05Z',
      'xmp:CreatorTool': 'Word',
      ...(pages === 'Sheets' ? {} : { 'xmpTPg:NPages': '3' }),
    },
  })),
  {
    title: 'DOC',
    content: () => readFile('test/engine/text/legacy/plan.doc'),
    said: {
      'dc:format': 'application/msword',
      'dc:title': 'Alt[Plan für 2025]',
      'dc:creator': 'Seq[Zoë; Bob]',
      'dc:description': 'Alt[Subj]',
      'dc:subject': 'Bag[α|β|γ]',
      'pdf:Keywords': 'α, β, γ',
      'xmp:CreateDate': '2013-12-23T23:15:00Z',
      'xmp:ModifyDate': '2013-12-23T23:15:00Z',
    },
  },
  ...(
    [
      ['XLS', 'Workbook', 'application/vnd.ms-excel'],
      ['PPT', 'PowerPoint Document', 'application/vnd.ms-powerpoint'],
    ] as const
  ).map(([title, stream, mediaType]): Case => ({
    title,
    content: () =>
      compound({
        [stream]: Buffer.alloc(100),
        '\x05SummaryInformation': propertySet([
          [1, codePage(1252)],
          [2, narrowText('Z\xfcrich')],
          [6, narrowText('what it is of')],
          [12, fileTime('2024-03-05T10:11:12.500Z')],
          [13, fileTime(undefined)],
          [18, narrowText('Office')],
        ]),
        '\x05DocumentSummaryInformation': propertySet([[7, long(9)]]),
      }),
    said: {
      'dc:format': mediaType,
      'dc:title': 'Alt[Zürich]',
      'dc:description': 'Alt[what it is of]',
      'xmp:CreateDate': '2024-03-05T10:11:12.500Z',
      'xmp:CreatorTool': 'Office',
      'xmpTPg:NPages': '9',
    },
  })),
  ...['text', 'spreadsheet', 'presentation'].map((kind): Case => ({
    title: `OpenDocument ${kind}`,
    content: () =>
      zip({
        mimetype: `application/vnd.oasis.opendocument.${kind}`,
        'meta.xml':
          '<office:document-meta xmlns:office="urn:o" xmlns:meta="urn:m" xmlns:dc="urn:dc"><office:meta><dc:title>T</dc:title><meta:initial-creator>A</meta:initial-creator><dc:creator>B</dc:creator><meta:keyword>k</meta:keyword><meta:keyword>l</meta:keyword><meta:creation-date>2020-01-02T03:04:05.123456789</meta:creation-date><dc:date>2021-01-02T03:04:05</dc:date><meta:generator>Writer</meta:generator><meta:document-statistic meta:page-count="4"/></office:meta></office:document-meta>',
      }),
    said: {
      'dc:format': `application/vnd.oasis.opendocument.${kind}`,
      'dc:title': 'Alt[T]',
      'dc:creator': 'Seq[A]',
      'dc:subject': 'Bag[k|l]',
      'pdf:Keywords': 'k, l',
      'xmp:CreateDate': '2020-01-02T03:04:05.123',
      'xmp:ModifyDate': '2021-01-02T03:04:05',
      'xmp:CreatorTool': 'Writer',
      'xmpTPg:NPages': '4',
    },
  })),
  {
    title: 'EPUB',
    content: () =>
      zip({
        mimetype: 'application/epub+zip',
        'META-INF/container.xml':
          '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
        'OEBPS/book.opf':
          '<package><metadata xmlns:dc="urn:dc"><dc:title>T</dc:title><dc:creator>A</dc:creator><dc:creator>B</dc:creator><dc:language>de</dc:language><dc:identifier>isbn</dc:identifier><dc:date>2020-01-02</dc:date></metadata></package>',
      }),
    said: {
      'dc:format': 'application/epub+zip',
      'dc:title': 'Alt[T]',
      'dc:creator': 'Seq[A|B]',
      'dc:language': 'Bag[de]',
      'dc:identifier': 'isbn',
      'dc:date': 'Seq[2020-01-02]',
    },
  },
  {
    title: 'EPS',
    content: () => `%!PS-Adobe-3.0 EPSF-3.0\n%%Title: T\n%%Creator: C\n%%EndComments\n%%EOF\n`,
    said: { 'dc:format': 'application/postscript', 'dc:title': 'Alt[T]', 'xmp:CreatorTool': 'C' },
  },
  {
    title: 'MP3',
    content: () => {
      const frames = ['TIT2', 'TPE1', 'TALB'].map((id) => `${id}\0\0\0\x03\0\0\0${id.slice(1, 3)}`)
      const tags = frames.join('')
      return Buffer.from(`ID3\x03\0\0\0\0\0${String.fromCharCode(tags.length)}${tags}`, 'latin1')
    },
    said: {
      'dc:format': 'audio/mpeg',
      'dc:title': 'Alt[IT]',
      'xmpDM:artist': 'PE',
      'xmpDM:album': 'AL',
    },
  },
  {
    title: 'a packet beside a photo, and not of that',
    content: () =>
      packetOf(
        '<dc:format>image/jpeg</dc:format><dc:source>S</dc:source><tiff:ImageWidth>8</tiff:ImageWidth>',
      ),
    said: { 'dc:format': 'application/rdf+xml', 'dc:source': 'S', 'tiff:ImageWidth': '8' },
  },
  {
    title: 'a document of Word 2003',
    content: () =>
      '<?xml version="1.0"?><w:wordDocument xmlns:w="urn:w" xmlns:o="urn:o"><o:DocumentProperties><o:Title>T</o:Title><o:Author>A</o:Author><o:Pages>1</o:Pages><o:Created>2004-05-06T07:08:00Z</o:Created></o:DocumentProperties><w:body><w:p/></w:body></w:wordDocument>',
    said: {
      'dc:format': KNOWN_FORMATS.docx.mediaType,
      'dc:title': 'Alt[T]',
      'dc:creator': 'Seq[A]',
      'xmp:CreateDate': '2004-05-06T07:08:00Z',
    },
  },
  {
    title: 'a mail',
    content: () =>
      'From: Anna <a@example.org>\r\nSubject: T\r\nDate: Mon, 30 Nov 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nx',
    said: {
      'dc:format': 'message/rfc822',
      'dc:title': 'Alt[T]',
      'dc:creator': 'Seq[Anna]',
      'xmp:CreateDate': '2026-11-30T09:00:00.000Z',
    },
  },
  ...(['formula', 'chart', 'formula-template'] as const).map((kind) => ({
    title: `OpenDocument, ${kind}`,
    content: () =>
      zip({
        mimetype: `application/vnd.oasis.opendocument.${kind}`,
        'meta.xml': '<m xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>T</dc:title></m>',
      }),
    said: { 'dc:format': `application/vnd.oasis.opendocument.${kind}`, 'dc:title': 'Alt[T]' },
  })),
  {
    title: 'HTML',
    content: () =>
      '<!DOCTYPE html><html><head><title>T</title><meta name="author" content="A"><meta name="description" content="D"></head><body><svg><title>U</title></svg></html>',
    said: {
      'dc:format': 'text/html',
      'dc:title': 'Alt[T]',
      'dc:creator': 'Seq[A]',
      'dc:description': 'Alt[D]',
    },
  },
  {
    title: 'RTF',
    content: () => '{\\rtf1\\ansi{\\info{\\title T}{\\author A}{\\subject S}{\\keywords k}}}',
    said: {
      'dc:format': 'application/rtf',
      'dc:title': 'Alt[T]',
      'dc:creator': 'Seq[A]',
      'dc:description': 'Alt[S]',
      'pdf:Keywords': 'k',
    },
  },
  { title: 'plain text', content: () => 'Grüße', said: { 'dc:format': 'text/plain' } },
  {
    title: 'text in UTF-16',
    content: () => Buffer.from('\uFEFFtext', 'utf16le'),
    said: { 'dc:format': 'text/plain' },
  },
  {
    title: 'XML',
    content: () => '<?xml version="1.0"?><a/>',
    said: { 'dc:format': 'application/xml' },
  },
  {
    title: 'CSV',
    name: 'table.csv',
    content: () => 'a,b\n1,2\n',
    said: { 'dc:format': 'text/csv' },
  },
]

describe('extractXmp', () => {
  const folder = useMetadataFolder()

  for (const { title, name, content, said } of CASES) {
    it(`says what there is to say of a source: ${title}`, async () => {
      const found = await folder.read(await content(), name)
      // Of the pictures, what their Exif data say is for other tests.
      const wanted = Object.entries(found).filter(
        ([key]) => key in said || !/^(?:tiff|exif)/.test(key),
      )
      assert.deepEqual(Object.fromEntries(wanted), said)
    })
  }

  it('writes one document in its wrapper, in UTF-8', async () => {
    const document = await folder.extract('text')
    assert.match(
      document,
      /^<\?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"\?>\n<x:xmpmeta xmlns:x="adobe:ns:meta\/">\n<rdf:RDF [^]*<\/rdf:RDF>\n<\/x:xmpmeta>\n<\?xpacket end="w"\?>$/,
    )
  })

  const packet = packetOf(
    '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Ü</rdf:li></rdf:Alt></dc:title><own:deep rdf:parseType="Resource"><own:a>1</own:a></own:deep>',
    'own:b="2"',
  )
  for (const format of ['jpeg', 'png', 'webp', 'gif', 'tiff'] as const) {
    it(`keeps the packet of a source to the letter: ${format}`, async () => {
      const plain = await picture.clone().toFormat(format).toBuffer()
      const document = await folder.extract(await folder.write(plain, packet))
      const start = packet.indexOf('<rdf:Description')
      assert.ok(document.includes(packet.slice(start, packet.indexOf('</rdf:RDF>'))))
    })
  }

  it('calls an empty source corrupt', async () => {
    await assert.rejects(folder.extract(''), isFailure('SourceCorrupt', /empty/))
  })

  it('says what it reads when a source is nothing of it', async () => {
    const sources = [Buffer.from('\x7fELF\0\0'), zip({ 'a.txt': 'a' }), gzipSync('text')]
    for (const content of sources) {
      await assert.rejects(
        folder.extract(content),
        isFailure('SourceUnsupported', /JPEG.*PDF.*DOCX/),
      )
    }
  })

  it('takes no notice of the name of a source', async () => {
    const jpeg = await picture.clone().jpeg().toBuffer()
    for (const name of ['-b.jpg', '@args', 'a |', '%d%f.png', 'ü\n.jpg']) {
      assert.equal((await folder.read(jpeg, name))['dc:format'], 'image/jpeg')
    }
  })

  it('reads no part that is larger than properties are', async () => {
    const content = officeOf(...WORD, { 'docProps/core.xml': ' '.repeat(5_000_000) })
    await assert.rejects(folder.extract(content), isFailure('SourceUnsupported'))
  })

  it('calls a document corrupt whose properties are no XML, or have entities', async () => {
    const entities = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    for (const part of ['<a>', entities]) {
      const content = officeOf(...WORD, { 'docProps/core.xml': part })
      await assert.rejects(folder.extract(content), isFailure('SourceCorrupt'))
    }
  })
})
