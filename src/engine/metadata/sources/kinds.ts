import { isFormatId } from '../../../sources/format-lookup.ts'
import { type FormatId, type FormatOf, KNOWN_FORMATS } from '../../../sources/formats.ts'

/** How the metadata of a format are read and written. */
interface Handling {
  readonly reader:
    | 'exiftool'
    | 'jpeg'
    | 'pdf'
    | 'svg'
    | 'opc'
    | 'odf'
    | 'epub'
    | 'legacy'
    | 'html'
    | 'mhtml'
    | 'xmp'
    | 'size'
    | 'text'
  /** Where ExifTool tells the size of such a picture: its group of tags, or those that may have it. */
  readonly sizeGroup?: string | readonly string[]
  /** How a packet gets into a copy; kinds without it cannot have one. */
  readonly writer?: 'exiftool' | 'jpeg' | 'tiff' | 'svg'
}

/** A kind of file that metadata are read from. */
export interface SourceKind extends Handling {
  readonly id: FormatId
  /** The name people use, for sentences. */
  readonly title: string
  /** What `dc:format` says. */
  readonly mediaType: string
}

/** Formats that no file is told to be by its content, or that nothing is read from as they are. */
type Unread = FormatOf<'archive' | 'font'> | 'ai' | 'thumbhash'

/** Formats whose files say of themselves what those of another say. */
type Alike = 'markdown' | 'json'

/** In the order in which sentences name them. */
const HANDLING: Readonly<Record<Exclude<FormatId, Unread | Alike>, Handling>> = {
  jpeg: { reader: 'jpeg', sizeGroup: 'File', writer: 'jpeg' },
  png: { reader: 'exiftool', sizeGroup: 'PNG', writer: 'exiftool' },
  webp: { reader: 'exiftool', sizeGroup: 'RIFF', writer: 'exiftool' },
  gif: { reader: 'exiftool', sizeGroup: 'GIF', writer: 'exiftool' },
  tiff: { reader: 'exiftool', sizeGroup: 'IFD0', writer: 'tiff' },
  svg: { reader: 'svg', writer: 'svg' },
  avif: { reader: 'exiftool', sizeGroup: 'File' },
  heic: { reader: 'exiftool', sizeGroup: 'File' },
  psd: { reader: 'exiftool', sizeGroup: 'Photoshop', writer: 'exiftool' },
  bmp: { reader: 'size' },
  sgi: { reader: 'size' },
  ico: { reader: 'size' },
  jxl: { reader: 'exiftool', sizeGroup: 'File' },
  // A codestream without a file around it is one of the others.
  jp2: { reader: 'exiftool', sizeGroup: ['Jpeg2000', 'File'] },
  tga: { reader: 'size' },
  pcx: { reader: 'exiftool', sizeGroup: 'File' },
  pnm: { reader: 'size' },
  pfm: { reader: 'size' },
  dds: { reader: 'size' },
  exr: { reader: 'exiftool', sizeGroup: 'File' },
  hdr: { reader: 'exiftool', sizeGroup: 'File' },
  xcf: { reader: 'exiftool', sizeGroup: 'GIMP' },
  pict: { reader: 'size' },
  raw: { reader: 'exiftool' },
  wmf: { reader: 'size' },
  emf: { reader: 'size' },
  icns: { reader: 'text' },
  ani: { reader: 'exiftool' },
  dicom: { reader: 'exiftool' },
  kra: { reader: 'exiftool' },
  ora: { reader: 'exiftool' },
  indd: { reader: 'exiftool' },
  xd: { reader: 'exiftool' },
  sketch: { reader: 'exiftool' },
  fig: { reader: 'exiftool' },
  procreate: { reader: 'exiftool' },
  affinity: { reader: 'text' },
  pdf: { reader: 'pdf', writer: 'exiftool' },
  eps: { reader: 'exiftool' },
  rtf: { reader: 'exiftool' },
  mp3: { reader: 'exiftool' },
  wav: { reader: 'exiftool' },
  mp4: { reader: 'exiftool', writer: 'exiftool' },
  mov: { reader: 'exiftool', writer: 'exiftool' },
  m4v: { reader: 'exiftool', writer: 'exiftool' },
  m4a: { reader: 'exiftool', writer: 'exiftool' },
  '3gp': { reader: 'exiftool', writer: 'exiftool' },
  webm: { reader: 'exiftool' },
  mkv: { reader: 'exiftool' },
  avi: { reader: 'exiftool' },
  mpg: { reader: 'exiftool' },
  mts: { reader: 'exiftool' },
  wmv: { reader: 'exiftool' },
  flv: { reader: 'exiftool' },
  aac: { reader: 'exiftool' },
  ogg: { reader: 'exiftool' },
  opus: { reader: 'exiftool' },
  flac: { reader: 'exiftool' },
  aiff: { reader: 'exiftool' },
  wma: { reader: 'exiftool' },
  docx: { reader: 'opc' },
  pptx: { reader: 'opc' },
  xlsx: { reader: 'opc' },
  xlsb: { reader: 'opc' },
  doc: { reader: 'legacy' },
  ppt: { reader: 'legacy' },
  xls: { reader: 'legacy' },
  odt: { reader: 'odf' },
  ods: { reader: 'odf' },
  odp: { reader: 'odf' },
  odg: { reader: 'odf' },
  odf: { reader: 'odf' },
  odc: { reader: 'odf' },
  epub: { reader: 'epub' },
  html: { reader: 'html' },
  xhtml: { reader: 'html' },
  mhtml: { reader: 'mhtml' },
  xmp: { reader: 'xmp' },
  xml: { reader: 'text' },
  csv: { reader: 'text' },
  text: { reader: 'text' },
}

const ALIKE: Readonly<Record<Alike, FormatId>> = { markdown: 'text', json: 'text' }

/** How the metadata of a format are read; undefined when none are. */
export function kindOf(id: FormatId): SourceKind | undefined {
  const alike: Partial<Record<FormatId, FormatId>> = ALIKE
  const handlings: Partial<Record<FormatId, Handling>> = HANDLING
  const known = alike[id] ?? id
  const handling = handlings[known]
  const { title, mediaType } = KNOWN_FORMATS[known]
  return handling && { id: known, title, mediaType, ...handling }
}

const KINDS = Object.keys(HANDLING)
  .filter(isFormatId)
  .flatMap((id) => kindOf(id) ?? [])

/** Everything that metadata are read from, for sentences. */
export const TITLES: readonly string[] = KINDS.map(({ title }) => title)

/** Everything that a packet can be written into, for sentences. */
export const WRITABLE_TITLES: readonly string[] = KINDS.filter(
  ({ writer }) => writer !== undefined,
).map(({ title }) => title)
