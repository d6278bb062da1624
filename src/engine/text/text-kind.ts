import type { FormatId } from '../../sources/formats.ts'
import type { IdentifiedSource } from '../../sources/identify.ts'
import { isGzipped } from '../../sources/open-file.ts'

/** How the text of a source is read. A `picture` has none, and `plain` is whatever has no mark of its own. */
export type TextKind =
  | 'PDF'
  | 'package'
  | 'compound'
  | 'RTF'
  | 'picture'
  | 'SVG'
  | 'SVGZ'
  | 'HTML'
  | 'XHTML'
  | 'MHTML'
  | 'XML'
  | 'plain'

/** The kind of each format. Office documents are packages, or compound files when they are old. */
const KINDS: Readonly<Record<FormatId, TextKind>> = {
  jpeg: 'picture',
  png: 'picture',
  webp: 'picture',
  gif: 'picture',
  tiff: 'picture',
  svg: 'SVG',
  avif: 'picture',
  heic: 'picture',
  psd: 'picture',
  bmp: 'picture',
  sgi: 'picture',
  ico: 'picture',
  jxl: 'picture',
  jp2: 'picture',
  tga: 'picture',
  pcx: 'picture',
  pnm: 'picture',
  pfm: 'picture',
  dds: 'picture',
  exr: 'picture',
  hdr: 'picture',
  xcf: 'picture',
  pict: 'picture',
  raw: 'picture',
  wmf: 'picture',
  emf: 'picture',
  icns: 'picture',
  ani: 'picture',
  dicom: 'picture',
  kra: 'picture',
  ora: 'picture',
  indd: 'picture',
  xd: 'picture',
  sketch: 'picture',
  fig: 'picture',
  procreate: 'picture',
  affinity: 'picture',
  pdf: 'PDF',
  ai: 'PDF',
  // A program that draws, which nobody runs here: its words are not those of the picture.
  eps: 'picture',
  docx: 'package',
  pptx: 'package',
  xlsx: 'package',
  xlsb: 'package',
  doc: 'compound',
  ppt: 'compound',
  xls: 'compound',
  odt: 'package',
  ods: 'package',
  odp: 'package',
  odg: 'package',
  odf: 'package',
  odc: 'package',
  epub: 'package',
  rtf: 'RTF',
  html: 'HTML',
  xhtml: 'XHTML',
  mhtml: 'MHTML',
  xml: 'XML',
  csv: 'plain',
  markdown: 'plain',
  text: 'plain',
  xmp: 'XML',
  json: 'plain',
  thumbhash: 'plain',
  zip: 'package',
  // Whoever reads one as a text will find that it is none.
  mp4: 'plain',
  mov: 'plain',
  m4v: 'plain',
  webm: 'plain',
  mkv: 'plain',
  avi: 'plain',
  mpg: 'plain',
  mts: 'plain',
  wmv: 'plain',
  '3gp': 'plain',
  flv: 'plain',
  m4a: 'plain',
  aac: 'plain',
  mp3: 'plain',
  wav: 'plain',
  ogg: 'plain',
  opus: 'plain',
  flac: 'plain',
  aiff: 'plain',
  wma: 'plain',
  '7z': 'plain',
  rar: 'plain',
  tar: 'plain',
  gzip: 'plain',
  bzip2: 'plain',
  xz: 'plain',
  ttf: 'plain',
  otf: 'plain',
  woff: 'plain',
  woff2: 'plain',
}

/** Tells how the text of a source is read. */
export function textKindOf({ content, start }: IdentifiedSource): TextKind {
  if (content === undefined) return 'plain'
  if (content === 'package' || content === 'compound') return content
  return content === 'svg' && isGzipped(start) ? 'SVGZ' : KINDS[content]
}
