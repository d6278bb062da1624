/** The most bytes that file systems allow for a name; NTFS allows as many UTF-16 units, which is never less. */
const LONGEST_SEGMENT_BYTES = 255
/** What is longer is no extension, and need not survive the shortening of a name. */
const LONGEST_EXTENSION_BYTES = 32

/** The name of a file whose URL has none; that of the Asset Compute API. */
const DEFAULT_NAME = 'file'

/** Control characters, those that turn the direction of a text around and so hide an extension, and what Windows refuses. */
const REFUSED = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069<>:"|?*]/gu

/** https://learn.microsoft.com/windows/win32/fileio/naming-a-file#naming-conventions, with any extension. */
const RESERVED =
  /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3]) *(?:\.|$)/i

/** Whole characters of UTF-8, percent-encoded. */
const ENCODED =
  /%[0-7][\da-f]|%[cd][\da-f]%[89ab][\da-f]|%e[\da-f](?:%[89ab][\da-f]){2}|%f[0-7](?:%[89ab][\da-f]){3}/gi

/**
 * Makes a path that every system can unpack, inside of the folder it is unpacked to, out of any text: relative, with `/`
 * between its segments, `..` resolved but not beyond the top, without drive letters, empty segments and characters or
 * names that Windows refuses, no segment over 255 bytes, and in Unicode's composed form (NFC). Refused characters
 * become `_`. {@link DEFAULT_NAME} when nothing is left. Cleaning a clean path changes nothing.
 */
export function cleanPath(path: string): string {
  const kept: string[] = []
  const plain = path.toWellFormed().normalize('NFC').replaceAll('\\', '/')
  for (const segment of plain.replace(/^\/*[a-z]:/i, '').split('/')) {
    if (segment === '..') kept.pop()
    else if (segment !== '' && segment !== '.') kept.push(cleanSegment(segment))
  }
  return kept.join('/') || DEFAULT_NAME
}

/**
 * The path of a file that comes without: the last segment of its URL's path, decoded. Escapes that are none stay as they
 * are, and an encoded `/` makes no folder.
 */
export function pathOfUrl(url: string): string {
  const { protocol, pathname } = new URL(url)
  if (protocol === 'data:') return DEFAULT_NAME
  const name = pathname.slice(pathname.lastIndexOf('/') + 1).replaceAll(ENCODED, decode)
  return cleanPath(name.replaceAll(/[/\\:]/g, '_'))
}

function cleanSegment(segment: string): string {
  const short = trimEnd(shorten(segment.replaceAll(REFUSED, '_')))
  if (!RESERVED.test(short)) return short || '_'
  return trimEnd(shorten(`_${short}`))
}

/** Windows takes dots and spaces off the end of a name. */
function trimEnd(segment: string): string {
  return segment.replace(/[. ]+$/, '')
}

function shorten(segment: string): string {
  if (Buffer.byteLength(segment) <= LONGEST_SEGMENT_BYTES) return segment
  const dot = segment.lastIndexOf('.')
  const extension = dot > 0 ? segment.slice(dot) : ''
  const bytes = Buffer.byteLength(extension)
  if (bytes > LONGEST_EXTENSION_BYTES) return firstBytes(segment, LONGEST_SEGMENT_BYTES)
  return firstBytes(segment.slice(0, dot), LONGEST_SEGMENT_BYTES - bytes) + extension
}

/** As many whole characters as fit. */
function firstBytes(text: string, bytes: number): string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  return decoder.decode(Buffer.from(text).subarray(0, bytes), { stream: true })
}

function decode(escapes: string): string {
  try {
    return decodeURIComponent(escapes)
  } catch {
    return escapes
  }
}
