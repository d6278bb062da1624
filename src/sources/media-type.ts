import { getMimeType, mimes } from 'hono/utils/mime'
import { KNOWN_FORMATS } from './formats.ts'

/** By the extensions of files: what hono knows, and the formats of the service that it does not. */
const TYPES: Record<string, string> = {
  ...Object.fromEntries(
    Object.values(KNOWN_FORMATS).flatMap(({ extensions, mediaType }) =>
      extensions.map((extension) => [extension, mediaType]),
    ),
  ),
  // HEIC where it comes from elsewhere than Apple.
  heif: 'image/heif',
  icc: 'application/vnd.iccprofile',
  icm: 'application/vnd.iccprofile',
  ...mimes,
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
