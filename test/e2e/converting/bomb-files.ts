import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { PDFDocument } from '@cantoo/pdf-lib'
import { workbookOf } from '../../engine/office/office-files.ts'
import { docx, epub, odf, paragraph } from '../../engine/text/documents.ts'
import { zip } from '../../support/zip.ts'
import type { GivenFile } from './converting-service.ts'

/** A small file that would take much to convert. */
export interface Bomb {
  readonly title: string
  readonly file: GivenFile
  readonly tasks: readonly Readonly<Record<string, unknown>>[]
}

const convert = (...formats: readonly string[]) =>
  formats.map((output_format) => ({ operation: 'convert', output_format }))

const file = (filename: string, bytes: string | Uint8Array): GivenFile => ({
  filename,
  bytes: Buffer.from(bytes),
})

const MEGABYTES = 1_000_000

/** A billion of one word, each entity ten of the one before. */
const ENTITIES = `<!DOCTYPE a [<!ENTITY a0 "lol">${Array.from(
  { length: 9 },
  (_, level) => `<!ENTITY a${level + 1} "${`&a${level};`.repeat(10)}">`,
).join('')}]>`

/** A document whose main part unpacks to 300 MB, from 300 kB. */
const long = (element: string): string =>
  element.repeat(Math.ceil((300 * MEGABYTES) / element.length))

const VIDEO_BOX = (type: string, content: Buffer): Buffer => {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(content.length + 8)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, content])
}

/** An MP4 whose header is a million empty boxes, before a table of four billion samples. */
function endlessHeader(): Buffer {
  const empty = Buffer.alloc(8 * MEGABYTES)
  for (let at = 0; at < empty.length; at += 8) {
    empty.writeUInt32BE(8, at)
    empty.write('free', at + 4, 'latin1')
  }
  const stts = Buffer.alloc(16)
  stts.writeUInt32BE(1, 4)
  stts.writeUInt32BE(0xffff_ffff, 8)
  const brand = Buffer.from('isom\0\0\0\0isom', 'latin1')
  return Buffer.concat([
    VIDEO_BOX('ftyp', brand),
    VIDEO_BOX('moov', Buffer.concat([empty, VIDEO_BOX('stts', stts)])),
  ])
}

/** A GIF of a hundred thousand frames of the largest size that there is. */
function endlessAnimation(): Buffer {
  const head = Buffer.from('474946383961ffffffff800000000000ffffff', 'hex')
  const frame = Buffer.from('2c00000000ffffffff00020244010000'.slice(0, 30), 'hex')
  return Buffer.concat([head, ...Array.from({ length: 100_000 }, () => frame), Buffer.from(';')])
}

/** A font that says it unpacks to four gigabytes. */
function hugeFont(): Buffer {
  const font = readFileSync('node_modules/fontverter/testdata/Roboto-400.woff')
  font.writeUInt32BE(0xffff_fff0, 16)
  return font
}

async function longPdf(): Promise<Buffer> {
  const document = await PDFDocument.create()
  for (let page = 0; page < 10_000; page += 1) document.addPage([100, 100])
  return Buffer.from(await document.save())
}

const SHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'

/** A workbook that says it has all cells that there can be, and has two. */
function hugeSheet(): Buffer {
  const small = 'xl/sheet1.xml'
  const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
  const link = (id: string, type: string, target: string): string =>
    `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="${id}" Type="${RELATIONSHIPS}/${type}" Target="${target}"/></Relationships>`
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  return zip({
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/${small}" ContentType="${type}.worksheet+xml"/></Types>`,
    '_rels/.rels': link('rId1', 'officeDocument', 'xl/workbook.xml'),
    'xl/workbook.xml': `<workbook xmlns="${SHEET}" xmlns:r="${RELATIONSHIPS}"><sheets><sheet name="all" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': link('rId1', 'worksheet', 'sheet1.xml'),
    [small]: `<worksheet xmlns="${SHEET}"><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>`,
  })
}

/** Archives within archives, which unpack to a gigabyte at their heart. */
function nested(): Buffer {
  let inner = zip({ 'zeros.txt': Buffer.alloc(50 * MEGABYTES) })
  for (let level = 0; level < 5; level += 1) {
    const parts = Array.from({ length: 10 }, (_, nth): [string, Buffer] => [`${nth}.zip`, inner])
    inner = zip(Object.fromEntries(parts))
  }
  return inner
}

const svg = (rest: string): string => `<svg xmlns="http://www.w3.org/2000/svg" ${rest}</svg>`

/** All of them, each made when it is asked for, since some take megabytes. */
export const BOMBS: readonly (() => Promise<Bomb>)[] = [
  ...['png', 'gif', 'tiff', 'psd', 'bmp'].map((kind) => async (): Promise<Bomb> => {
    const extension = kind === 'tiff' ? 'tif' : kind
    const bytes = readFileSync(`test/asset-compute/worker/huge-${kind}/file.${extension}`)
    return {
      title: `a ${kind} of billions of pixels`,
      file: file(`huge.${extension}`, bytes),
      tasks: [...convert('jpg', 'pdf'), { operation: 'thumbnail' }],
    }
  }),
  async () => ({
    title: 'a drawing of 50,000 × 50,000',
    file: file('huge.svg', svg('width="50000" height="50000"><rect width="9" height="9"/>')),
    tasks: convert('png', 'jpg', 'pdf'),
  }),
  async () => ({
    title: 'a drawing of entities',
    file: file('lol.svg', `${ENTITIES}${svg('viewBox="0 0 9 9"><text>&a9;</text>')}`),
    tasks: [...convert('png', 'pdf', 'txt'), { operation: 'optimize' }],
  }),
  async () => ({
    title: 'a drawing that is compressed a thousand times',
    file: file(
      'long.svgz',
      gzipSync(svg(`viewBox="0 0 9 9">${long('<g/>').slice(0, 200 * MEGABYTES)}`)),
    ),
    tasks: convert('png'),
  }),
  async () => ({
    title: 'an MP4 with an endless header',
    file: file('endless.mp4', endlessHeader()),
    tasks: [...convert('webm', 'mp3', 'png'), { operation: 'metadata' }],
  }),
  async () => ({
    title: 'a GIF of a hundred thousand huge frames',
    file: file('endless.gif', endlessAnimation()),
    tasks: convert('mp4', 'webp', 'png'),
  }),
  async () => ({
    title: 'a PDF of ten thousand pages',
    file: file('long.pdf', await longPdf()),
    tasks: [
      ...convert('png', 'txt', 'pdf'),
      ...['optimize', 'thumbnail', 'metadata', 'pdf/split-pages', 'pdf/linearize', 'pdf/a'].map(
        (operation) => ({ operation }),
      ),
      { operation: 'pdf/rotate-pages', rotation: '90' },
      { operation: 'pdf/extract-pages', pages: '1,5000,10000' },
      { operation: 'pdf/encrypt', set_password: 'a' },
      { operation: 'watermark', text: 'a' },
    ],
  }),
  async () => ({
    title: 'archives in archives',
    file: file('nested.zip', nested()),
    tasks: [{ operation: 'archive/extract' }, ...convert('pdf')],
  }),
  async () => ({
    title: 'a DOCX that unpacks to 300 MB',
    file: file('long.docx', docx(long(paragraph('a')))),
    tasks: convert('pdf', 'txt', 'html', 'md'),
  }),
  async () => ({
    title: 'a DOCX of entities',
    file: file(
      'lol.docx',
      docx('', [], {
        'word/document.xml': `<?xml version="1.0"?>${ENTITIES}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${paragraph('&a9;')}</w:body></w:document>`,
      }),
    ),
    tasks: convert('pdf', 'txt', 'md'),
  }),
  async () => ({
    title: 'an XLSX that unpacks to 300 MB',
    file: file('long.xlsx', workbookOf([[long('a')]])),
    tasks: convert('csv', 'txt', 'pdf'),
  }),
  async () => ({
    title: 'an XLSX that says it has all cells',
    file: file('all.xlsx', hugeSheet()),
    tasks: convert('csv', 'json', 'ods', 'pdf', 'txt'),
  }),
  async () => ({
    title: 'an EPUB that unpacks to 300 MB',
    file: file(
      'long.epub',
      epub(['a.xhtml'], { 'a.xhtml': `<html><body>${long('<p>a</p>')}</body></html>` }),
    ),
    tasks: convert('pdf', 'txt'),
  }),
  async () => ({
    title: 'an ODT that unpacks to 300 MB',
    file: file('long.odt', odf('text', `<office:text>${long('<text:p>a</text:p>')}</office:text>`)),
    tasks: convert('pdf', 'txt'),
  }),
  async () => ({
    title: 'a CSV of a million columns',
    file: file('wide.csv', `${'a,'.repeat(MEGABYTES)}a\n1\n`),
    tasks: convert('xlsx', 'json', 'pdf'),
  }),
  async () => ({
    title: 'Markdown that nests without end',
    file: file(
      'deep.md',
      [
        '['.repeat(50_000),
        '*a '.repeat(50_000),
        '> '.repeat(20_000),
        '`'.repeat(50_000),
        '![a]('.repeat(20_000),
        '<'.repeat(50_000),
      ].join('\n\n'),
    ),
    tasks: convert('html', 'pdf', 'txt'),
  }),
  async () => ({
    title: 'a page of elements within each other',
    file: file('deep.html', `<html>${'<div>'.repeat(200_000)}a`),
    tasks: convert('md', 'txt', 'docx'),
  }),
  async () => ({
    title: 'a page without end',
    file: file('endless.html', '<script>for (;;) document.write("a")</script>'),
    tasks: convert('pdf'),
  }),
  async () => ({
    title: 'JSON of arrays within each other',
    file: file('deep.json', `${'['.repeat(200_000)}${']'.repeat(200_000)}`),
    tasks: convert('csv'),
  }),
  async () => ({
    title: 'a font that says it is huge',
    file: file('huge.woff', hugeFont()),
    tasks: convert('ttf', 'woff2'),
  }),
]
