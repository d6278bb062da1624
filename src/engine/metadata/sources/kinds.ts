/** How the metadata of a kind of file are read. */
type Reader = 'exiftool' | 'jpeg' | 'svg' | 'office' | 'html' | 'size' | 'text'

/** A kind of file that metadata are read from. */
export interface SourceKind {
  /** The name people use, for sentences. */
  readonly title: string
  /** What `dc:format` says. */
  readonly mediaType: string
  readonly reader: Reader
  /** Where ExifTool tells the size of such a picture: its group of tags. */
  readonly sizeGroup?: string
  /** How a packet gets into a copy; kinds without it cannot have one. */
  readonly writer?: 'exiftool' | 'jpeg' | 'tiff' | 'svg'
}

/** Pictures, by the titles that `renditions/source-format.ts` has for them. */
export const PICTURES = {
  JPEG: picture('image/jpeg', { reader: 'jpeg', sizeGroup: 'File', writer: 'jpeg' }),
  PNG: picture('image/png', { sizeGroup: 'PNG', writer: 'exiftool' }),
  WebP: picture('image/webp', { sizeGroup: 'RIFF', writer: 'exiftool' }),
  GIF: picture('image/gif', { sizeGroup: 'GIF', writer: 'exiftool' }),
  TIFF: picture('image/tiff', { sizeGroup: 'IFD0', writer: 'tiff' }),
  SVG: picture('image/svg+xml', { reader: 'svg', writer: 'svg' }),
  AVIF: picture('image/avif', { sizeGroup: 'File' }),
  HEIC: picture('image/heic', { sizeGroup: 'File' }),
  PSD: picture('image/vnd.adobe.photoshop', { sizeGroup: 'Photoshop', writer: 'exiftool' }),
  BMP: picture('image/bmp', { reader: 'size' }),
  SGI: picture('image/sgi', { reader: 'size' }),
  ICO: picture('image/vnd.microsoft.icon', { reader: 'size' }),
} as const satisfies Record<string, Omit<SourceKind, 'title'>>

function picture(
  mediaType: string,
  { reader = 'exiftool', ...rest }: Partial<Omit<SourceKind, 'title' | 'mediaType'>>,
): Omit<SourceKind, 'title'> {
  return { mediaType, reader, ...rest }
}

/** Kinds that are told by their first bytes, written in hexadecimal. */
export const SIGNATURES: readonly (SourceKind & { readonly signature: RegExp })[] = [
  document('PDF', 'application/pdf', '(?:..)*?255044462d', { writer: 'exiftool' }),
  document('EPS', 'application/postscript', '25215053|c5d0d3c6'),
  document('RTF', 'application/rtf', '7b5c727466'),
  document('MP3', 'audio/mpeg', '494433|fff[23ab]'),
  document('WAV', 'audio/x-wav', '52494646.{8}57415645'),
]

function document(
  title: string,
  mediaType: string,
  signature: string,
  options: Partial<SourceKind> = {},
): SourceKind & { readonly signature: RegExp } {
  const pattern = new RegExp(`^(?:${signature})`)
  return { title, mediaType, signature: pattern, reader: 'exiftool', ...options }
}

/** Kinds of ISO 14496-12 and QuickTime by their major brand; what has another one is MP4. */
export const MOVIE_BRANDS: Readonly<Record<string, SourceKind>> = {
  'qt  ': { title: 'MOV', mediaType: 'video/quicktime', reader: 'exiftool' },
  'M4V ': { title: 'M4V', mediaType: 'video/x-m4v', reader: 'exiftool' },
  'M4A ': { title: 'M4A', mediaType: 'audio/mp4', reader: 'exiftool' },
}

/** What every other movie is. */
export const MP4: SourceKind = { title: 'MP4', mediaType: 'video/mp4', reader: 'exiftool' }

const OPEN_XML = 'application/vnd.openxmlformats-officedocument'
const OPEN_DOCUMENT = 'application/vnd.oasis.opendocument'

/** Kinds that are ZIP archives, by the media type that they name in themselves or by their main part. */
export const ARCHIVES: Readonly<Record<string, SourceKind>> = {
  'word/document.xml': office('DOCX', `${OPEN_XML}.wordprocessingml.document`),
  'ppt/presentation.xml': office('PPTX', `${OPEN_XML}.presentationml.presentation`),
  'xl/workbook.xml': office('XLSX', `${OPEN_XML}.spreadsheetml.sheet`),
  'xl/workbook.bin': office('XLSB', 'application/vnd.ms-excel.sheet.binary.macroEnabled.12'),
  [`${OPEN_DOCUMENT}.text`]: office('ODT', `${OPEN_DOCUMENT}.text`),
  [`${OPEN_DOCUMENT}.spreadsheet`]: office('ODS', `${OPEN_DOCUMENT}.spreadsheet`),
  [`${OPEN_DOCUMENT}.presentation`]: office('ODP', `${OPEN_DOCUMENT}.presentation`),
  [`${OPEN_DOCUMENT}.graphics`]: office('ODG', `${OPEN_DOCUMENT}.graphics`),
  'application/epub+zip': office('EPUB', 'application/epub+zip'),
}

function office(title: string, mediaType: string): SourceKind {
  return { title, mediaType, reader: 'office' }
}

/** Kinds of text; the name of a file tells what its content does not. */
export const TEXTS = {
  HTML: { title: 'HTML', mediaType: 'text/html', reader: 'html' },
  XML: { title: 'XML', mediaType: 'application/xml', reader: 'text' },
  CSV: { title: 'CSV', mediaType: 'text/csv', reader: 'text' },
  text: { title: 'plain text', mediaType: 'text/plain', reader: 'text' },
} as const satisfies Record<string, SourceKind>

/** Everything that metadata are read from, for sentences. */
export const TITLES: readonly string[] = [
  ...Object.keys(PICTURES),
  ...[...SIGNATURES, MP4, ...Object.values(MOVIE_BRANDS), ...Object.values(ARCHIVES)].map(
    ({ title }) => title,
  ),
  ...Object.values(TEXTS).map(({ title }) => title),
]

/** Everything that a packet can be written into, for sentences. */
export const WRITABLE_TITLES: readonly string[] = [
  ...Object.entries(PICTURES)
    .filter(([, kind]) => kind.writer !== undefined)
    .map(([title]) => title),
  ...SIGNATURES.filter(({ writer }) => writer !== undefined).map(({ title }) => title),
]
