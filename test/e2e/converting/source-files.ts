import { globSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { read, write } from '@e965/xlsx'
import sharp from 'sharp'
import { KNOWN_FORMATS } from '../../../src/sources/formats.ts'
import {
  openDocument,
  slidesOf,
  textOfPages,
  workbookOf,
} from '../../engine/office/office-files.ts'
import { dngOf } from '../../engine/pictures/conversion/raw-photos.ts'
import { docx, epub, paragraph } from '../../engine/text/documents.ts'
import { draw, film } from '../../engine/video/video-fixture.ts'
import { convertDocument } from '../../support/libreoffice.ts'
import { pdfOf, textPage } from '../../support/pdf.ts'
import { quarters } from '../../support/pictures.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { zip } from '../../support/zip.ts'

/** What every source that has text says. */
export const WORD = 'Straße'

const TEXT = `${WORD} 42`

const HTML = `<!doctype html><meta charset="utf-8"><title>Page</title><h1>${TEXT}</h1>`
const XHTML = `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>Page</title></head><body><p>${TEXT}</p></body></html>`
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 48"><rect width="32" height="48" fill="red"/><text x="2" y="20" font-size="9">${TEXT}</text></svg>`
const DRAWING = openDocument(
  'graphics',
  `<office:drawing><draw:page draw:name="p"><draw:frame svg:width="9cm" svg:height="3cm" svg:x="1cm" svg:y="1cm"><draw:text-box><text:p>${TEXT}</text:p></draw:text-box></draw:frame></draw:page></office:drawing>`,
)
const SHEET = [
  ['Ort', 'Zahl'],
  [TEXT, '7'],
]

const ofCase = (name: string): Buffer => readFileSync(`test/asset-compute/${name}`)
const ofFont = (name: string): Buffer => readFileSync(`node_modules/fontverter/testdata/${name}`)

async function animation(format: 'gif' | 'webp'): Promise<Buffer> {
  const frame = { width: 64, height: 48, channels: 3 } as const
  const frames = await Promise.all(
    ['red', 'green', 'blue', 'white', 'black'].map((background) =>
      sharp({ create: { ...frame, background } })
        .png()
        .toBuffer(),
    ),
  )
  const joined = sharp(frames, { join: { animated: true } })
  return joined[format]({ delay: frames.map(() => 200) }).toBuffer()
}

const asText = (text: string) => () => Promise.resolve(Buffer.from(text))
const asFile = (open: () => Buffer) => () => Promise.resolve().then(open)

/** What makes a source that is called by an extension, without a program. */
const MADE_HERE: Readonly<Record<string, () => Promise<Buffer>>> = {
  jpg: () => quarters(64, 48).jpeg().toBuffer(),
  png: () => quarters(64, 48).png().toBuffer(),
  tif: () => quarters(64, 48).tiff().toBuffer(),
  avif: () => quarters(64, 48).avif().toBuffer(),
  gif: () => animation('gif'),
  webp: () => animation('webp'),
  heic: asFile(() => ofCase('worker/heic/file.heic')),
  psd: asFile(() => ofCase('worker/psd-rgb/file.psd')),
  psb: asFile(() => ofCase('worker/psb/file.psb')),
  bmp: asFile(() => ofCase('worker/bmp-24-bit/file.bmp')),
  sgi: asFile(() => ofCase('worker/sgi-rgb/file.rgb')),
  ico: asFile(() => ofCase('worker/ico-of-sizes/file.ico')),
  jxl: asFile(() => ofCase('worker/jxl/file.jxl')),
  jp2: asFile(() => ofCase('worker/jpeg-2000/file.jp2')),
  j2k: asFile(() => ofCase('worker/jpeg-2000-codestream/file.j2k')),
  tga: asFile(() => ofCase('worker/tga/file.tga')),
  pcx: asFile(() => ofCase('worker/pcx/file.pcx')),
  ppm: asFile(() => ofCase('worker/pnm-rgb/file.ppm')),
  pam: asFile(() => ofCase('worker/pnm-transparent/file.pam')),
  pfm: asFile(() => ofCase('worker/pfm/file.pfm')),
  dds: asFile(() => ofCase('worker/dds/file.dds')),
  exr: asFile(() => ofCase('worker/exr/file.exr')),
  hdr: asFile(() => ofCase('worker/hdr/file.hdr')),
  xcf: asFile(() => ofCase('worker/xcf-of-layers/file.xcf')),
  pct: asFile(() => ofCase('worker/pict/file.pct')),
  nef: asFile(() => ofCase('worker/raw-by-its-preview/file.nef')),
  dng: asFile(() => dngOf({ width: 64, height: 48 })),
  eps: asFile(() => ofCase('document/eps-preview-tiff/file.eps')),
  ai: asFile(() => ofCase('document/page-of-illustrator/file.ai')),
  pdf: () => pdfOf([textPage(TEXT), textPage('more')]),
  svg: asText(SVG),
  mhtml: asText(
    `From: A <a@example.com>\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<p>${TEXT}</p>\n`,
  ),
  svgz: asFile(() => gzipSync(SVG)),
  html: asText(HTML),
  xhtml: asText(XHTML),
  md: asText(`# ${TEXT}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n`),
  txt: asText(`${TEXT}\nmore\n`),
  xml: asText(`<a>${TEXT}</a>`),
  csv: asText(`Ort,Zahl\n${TEXT},7\n`),
  json: asText(JSON.stringify([{ Ort: TEXT, Zahl: 7 }])),
  zip: asFile(() => zip({ 'index.html': HTML })),
  epub: asFile(() => epub(['one.xhtml'], { 'one.xhtml': XHTML })),
  docx: asFile(() => docx(paragraph(TEXT))),
  odt: asFile(() => textOfPages([TEXT])),
  xlsx: asFile(() => workbookOf(SHEET)),
  xlsb: asFile(() =>
    Buffer.from(write(read(workbookOf(SHEET)), { type: 'buffer', bookType: 'xlsb' })),
  ),
  odp: asFile(() => slidesOf([{ text: TEXT, notes: 'a note' }])),
  odg: asFile(() => DRAWING),
  ttf: asFile(() => ofFont('Roboto-400.ttf')),
  otf: asFile(() => readFileSync('/usr/share/fonts/opentype/urw-base35/NimbusSans-Regular.otf')),
}

/** Which of those LibreOffice makes others of. */
const MADE_BY_OFFICE: Readonly<Record<string, string>> = {
  doc: 'odt',
  rtf: 'odt',
  xls: 'xlsx',
  ods: 'xlsx',
  ppt: 'odp',
  pptx: 'odp',
}

const FILM = [...film('64x48', { seconds: 1 }), '-ac', '2']

const SOUND = FILM.slice(4)

/** What ffmpeg is told besides, where it makes no such file without. */
const MADE_BY_FFMPEG: Readonly<Record<string, readonly string[]>> = {
  mp4: FILM,
  mov: FILM,
  m4v: [...FILM, '-f', 'mp4'],
  webm: [...FILM, '-c:v', 'libvpx', '-c:a', 'libopus'],
  mkv: FILM,
  avi: FILM,
  mpg: [...FILM, '-r', '25', '-f', 'mpeg'],
  vob: [...FILM, '-r', '25', '-f', 'vob'],
  mts: [...FILM, '-f', 'mpegts'],
  wmv: FILM,
  '3gp': [...FILM, '-c:v', 'h263', '-s', '128x96', '-ar', '8000', '-ac', '1', '-c:a', 'aac'],
  '3g2': [...FILM, '-c:v', 'mpeg4', '-c:a', 'aac'],
  flv: [...FILM, '-ar', '44100'],
  ogv: [...FILM, '-c:v', 'libtheora', '-c:a', 'libvorbis'],
  m4a: SOUND,
  aac: SOUND,
  mp3: SOUND,
  wav: SOUND,
  ogg: [...SOUND, '-c:a', 'libvorbis'],
  oga: [...SOUND, '-c:a', 'flac', '-f', 'ogg'],
  opus: [...SOUND, '-c:a', 'libopus'],
  flac: SOUND,
  aiff: SOUND,
  wma: SOUND,
}

/** Other extensions of files that are the same. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  jpeg: 'jpg',
  tiff: 'tif',
  heif: 'heic',
  jpx: 'jp2',
  jpf: 'jp2',
  j2c: 'j2k',
  jpc: 'j2k',
  icb: 'tga',
  vda: 'tga',
  vst: 'tga',
  pnm: 'ppm',
  pbm: 'ppm',
  pgm: 'ppm',
  rgbe: 'hdr',
  pict: 'pct',
  htm: 'html',
  xht: 'xhtml',
  markdown: 'md',
  qt: 'mov',
  mpeg: 'mpg',
  m2ts: 'mts',
  ts: 'mts',
  asf: 'wmv',
  aif: 'aiff',
  cur: 'ico',
  wmz: 'wmf',
  emz: 'emf',
  dicom: 'dcm',
  indt: 'indd',
  af: 'afphoto',
  afdesign: 'afphoto',
  afpub: 'afphoto',
  ps: 'eps',
  epsf: 'eps',
  epsi: 'eps',
  mht: 'mhtml',
  eml: 'mhtml',
}

/** Told apart by what they are, which no other file of ours is. */
const RAW_NAMES: ReadonlySet<string> = new Set(KNOWN_FORMATS.raw.extensions)

/** Small files of every format, each made once and when it is asked for. */
export interface SourceFiles {
  /** One that is called by such an extension. */
  readonly bytesOf: (extension: string) => Promise<Buffer>
}

/** Those for the tests of the enclosing `describe`. */
export function useSourceFiles(): SourceFiles {
  const folder = useTemporaryFolder()
  const made = new Map<string, Promise<Buffer>>()

  async function make(extension: string): Promise<Buffer> {
    const here = MADE_HERE[extension]
    if (here !== undefined) return here()
    const args = MADE_BY_FFMPEG[extension]
    if (args !== undefined) {
      const drawn = folder.pathTo(`source.${extension}`)
      draw(...args, drawn)
      return readFile(drawn)
    }
    if (extension === 'woff' || extension === 'woff2') return ofFont(`Roboto-400.${extension}`)
    const from = MADE_BY_OFFICE[extension]
    // Other cases are of files that nothing can be made of.
    const ofCases = globSync(`test/asset-compute/{worker,document}/*/file.${extension}`)
      .toSorted()
      .find((file) => globSync(`${path.dirname(file)}/rendition.*`).length > 0)
    if (from === undefined && ofCases !== undefined) return readFile(ofCases)
    if (from === undefined)
      throw new RangeError(`nothing makes a source that is called ${extension}`)
    const document = await convertDocument(await bytesOf(from), from, extension)
    if (document === undefined) throw new Error(`there is no LibreOffice to make ${extension} with`)
    return document
  }

  function bytesOf(extension: string): Promise<Buffer> {
    const raw = RAW_NAMES.has(extension) && extension !== 'nef' ? 'dng' : undefined
    const name = OTHER_NAMES[extension] ?? raw ?? extension
    const known = made.get(name) ?? make(name)
    made.set(name, known)
    return known
  }

  return { bytesOf }
}
