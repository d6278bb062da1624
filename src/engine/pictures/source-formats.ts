import { type FormatOf, KNOWN_FORMATS as KNOWN } from '../../sources/formats.ts'
import type { Content } from '../../sources/signatures.ts'
import type { ConvertibleFormat } from './conversion/conversion.ts'
import type { StandInFormat } from './stand-ins/stand-in.ts'

/** A format that pictures are made of. */
export interface SourceFormat {
  /** The name people use, for sentences. */
  readonly title: string
  /** What it has to be converted from before libvips can read it. */
  readonly convert?: ConvertibleFormat
  /** What it is converted from when libvips cannot read a file of it that may be whole. */
  readonly elseConvert?: ConvertibleFormat
  /** What another file is made of it for, which is shown in its place. */
  readonly standIn?: StandInFormat
  /** Whether its decoder has turned it when its Exif data are read, which say nothing of that in such a file. */
  readonly liesUpright?: true
  /** Whether a file may hold an animation, as opposed to pages. */
  readonly animates?: true
  /** Whether of several pictures in a file only the first can be read. */
  readonly readInPart?: true
}

/** Every format that pictures are made of: pictures, and documents whose pages are drawn. */
export const SOURCE_FORMATS: Readonly<Record<FormatOf<'picture'> | 'pdf' | 'eps', SourceFormat>> = {
  jpeg: { title: KNOWN.jpeg.title, elseConvert: 'JPEG' },
  png: { title: KNOWN.png.title, readInPart: true },
  webp: { title: KNOWN.webp.title, animates: true },
  gif: { title: KNOWN.gif.title, animates: true },
  tiff: { title: KNOWN.tiff.title, elseConvert: 'TIFF' },
  svg: { title: KNOWN.svg.title },
  // AI files are PDF files as well, unless they are very old.
  pdf: { title: KNOWN.pdf.title },
  avif: {
    title: KNOWN.avif.title,
    elseConvert: 'AVIF',
    liesUpright: true,
    readInPart: true,
  },
  heic: { title: KNOWN.heic.title, convert: 'HEIC', readInPart: true },
  psd: { title: KNOWN.psd.title, convert: 'PSD' },
  bmp: { title: KNOWN.bmp.title, convert: 'BMP' },
  sgi: { title: KNOWN.sgi.title, convert: 'SGI' },
  raw: { title: KNOWN.raw.title, convert: 'RAW' },
  ico: { title: KNOWN.ico.title, convert: 'ICO' },
  jxl: { title: KNOWN.jxl.title, convert: 'JXL' },
  jp2: { title: KNOWN.jp2.title, convert: 'JP2' },
  tga: { title: KNOWN.tga.title, convert: 'TGA' },
  pcx: { title: KNOWN.pcx.title, convert: 'PCX' },
  pnm: { title: KNOWN.pnm.title, convert: 'PNM' },
  pfm: { title: KNOWN.pfm.title, convert: 'PFM' },
  dds: { title: KNOWN.dds.title, convert: 'DDS' },
  exr: { title: KNOWN.exr.title, convert: 'EXR' },
  hdr: { title: KNOWN.hdr.title, convert: 'HDR' },
  xcf: { title: KNOWN.xcf.title, convert: 'XCF' },
  pict: { title: KNOWN.pict.title, convert: 'PICT' },
  eps: { title: KNOWN.eps.title, standIn: 'eps' },
  wmf: { title: KNOWN.wmf.title, standIn: 'wmf' },
  emf: { title: KNOWN.emf.title, standIn: 'emf' },
  icns: { title: KNOWN.icns.title, standIn: 'icns' },
  ani: { title: KNOWN.ani.title, standIn: 'ani' },
  dicom: { title: KNOWN.dicom.title, standIn: 'dicom' },
  kra: { title: KNOWN.kra.title, standIn: 'kra' },
  ora: { title: KNOWN.ora.title, standIn: 'ora' },
  indd: { title: KNOWN.indd.title, standIn: 'indd' },
  xd: { title: KNOWN.xd.title, standIn: 'xd' },
  sketch: { title: KNOWN.sketch.title, standIn: 'sketch' },
  fig: { title: KNOWN.fig.title, standIn: 'fig' },
  procreate: { title: KNOWN.procreate.title, standIn: 'procreate' },
  affinity: { title: KNOWN.affinity.title, standIn: 'affinity' },
}

/** What is known of a source to make pictures of it; undefined when none are made of its kind. */
export function findSourceFormat(content: Content | undefined): SourceFormat | undefined {
  const formats: Partial<Record<Content, SourceFormat>> = SOURCE_FORMATS
  return content && formats[content]
}
