import { formatOfMediaType } from '../../sources/format-lookup.ts'
import {
  type FormatGroup,
  type FormatId,
  type FormatOf,
  KNOWN_FORMATS,
} from '../../sources/formats.ts'
import type { ShownAs } from './work/work-shapes.ts'

/** Whether browsers show pictures of a format. */
const SHOWN_BY_BROWSERS = {
  jpeg: true,
  png: true,
  webp: true,
  gif: true,
  svg: true,
  avif: true,
  tiff: false,
  heic: false,
  psd: false,
  bmp: false,
  sgi: false,
  ico: false,
  jxl: false,
  jp2: false,
  tga: false,
  pcx: false,
  pnm: false,
  pfm: false,
  dds: false,
  exr: false,
  hdr: false,
  xcf: false,
  pict: false,
  raw: false,
  wmf: false,
  emf: false,
  icns: false,
  ani: false,
  dicom: false,
  kra: false,
  ora: false,
  indd: false,
  xd: false,
  sketch: false,
  fig: false,
  procreate: false,
  affinity: false,
} satisfies Record<FormatOf<'picture'>, boolean>

/** How files are looked at by the group of their format; the service draws pages and office documents. */
const SHOWN = {
  picture: 'picture',
  page: 'picture',
  office: 'picture',
  text: 'text',
  archive: 'archive',
  video: 'video',
  audio: 'audio',
  font: 'font',
} satisfies Record<FormatGroup, ShownAs>

/** The office documents that are like those of the table: templates, shows, and documents with macros. */
const OFFICE =
  /^application\/vnd\.(?:ms-(?:excel|powerpoint)|openxmlformats-officedocument\.|oasis\.opendocument\.)/

/** Whether a browser shows pictures of this media type. */
export function isBrowserPicture(type: string): boolean {
  const format = formatOfMediaType(type)
  const shown: Partial<Record<FormatId, boolean>> = SHOWN_BY_BROWSERS
  return format !== undefined && shown[format] === true
}

/** How a file of this media type can be looked at. */
export function shownAs(type: string): ShownAs {
  if (type.startsWith('image/') || OFFICE.test(type)) return 'picture'
  if (/^(?:text|application)\/xml$|\+xml$/.test(type)) return 'xml'
  const format = formatOfMediaType(type)
  if (format !== undefined) {
    const { group } = KNOWN_FORMATS[format]
    // Of other archives, what is in them is known only to who unpacks them.
    return group === 'archive' && format !== 'zip' ? 'nothing' : SHOWN[group]
  }
  return /^text\/|^application\/(?:json|javascript)$|\+json$/.test(type) ? 'text' : 'nothing'
}
