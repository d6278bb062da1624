import { getMimeType, mimes } from 'hono/utils/mime'

/** By the extensions of files: what hono knows, and the sources of the service that it does not. */
const TYPES: Record<string, string> = {
  ...mimes,
  ai: 'application/illustrator',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  heic: 'image/heic',
  heif: 'image/heif',
  md: 'text/markdown',
  odp: 'application/vnd.oasis.opendocument.presentation',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odt: 'application/vnd.oasis.opendocument.text',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  psb: 'image/vnd.adobe.photoshop',
  psd: 'image/vnd.adobe.photoshop',
  sgi: 'image/sgi',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  xmp: 'application/rdf+xml',
}

const UNKNOWN_TYPE = 'application/octet-stream'

/** A media type without parameters, in small letters; undefined when it is none, or says nothing. */
export function readMediaType(text: unknown): string | undefined {
  const type = typeof text === 'string' ? (text.split(';')[0] ?? '').trim().toLowerCase() : ''
  return /^[\w.+-]{1,64}\/[\w.+-]{1,128}$/.test(type) && type !== UNKNOWN_TYPE ? type : undefined
}

/** The media type that the name of a file tells. */
export function typeOfName(name: string): string {
  return readMediaType(getMimeType(name, TYPES)) ?? UNKNOWN_TYPE
}
