/** In bytes of UTF-8: what common file systems take. */
const MOST_BYTES = 255

/**
 * A name that somebody else has chosen, as the name of a file here. Only what comes after the last slash or backslash counts;
 * characters that cannot be seen go, and a name that is too long is cut before its extension. Undefined when nothing is left
 * that is a name.
 */
export function toFileName(given: string): string | undefined {
  const seen = given.toWellFormed().replaceAll(/\p{C}/gu, '')
  const base = seen.slice(Math.max(seen.lastIndexOf('/'), seen.lastIndexOf('\\')) + 1).trim()
  if (/^\.*$/.test(base)) return undefined
  const [, stem = base, extension = ''] = /^(.+?)((?:\.[^.\s]{1,16})?)$/s.exec(base) ?? []
  return `${cut(stem, MOST_BYTES - Buffer.byteLength(extension))}${extension}`
}

function cut(text: string, mostBytes: number): string {
  if (Buffer.byteLength(text) <= mostBytes) return text
  // Half a character at the end becomes U+FFFD.
  return Buffer.from(text)
    .subarray(0, mostBytes)
    .toString()
    .replace(/\uFFFD+$/, '')
}

/** A name and its extension, with the dot; one that begins with a dot is no extension. */
export function splitName(name: string): { base: string; extension: string } {
  const dot = name.lastIndexOf('.')
  return dot <= 0
    ? { base: name, extension: '' }
    : { base: name.slice(0, dot), extension: name.slice(dot) }
}

/**
 * The `Content-Disposition` of a file, by RFC 6266: old programs read the first spelling of a name that is not ASCII, all
 * others the second.
 */
export function contentDisposition(type: 'attachment' | 'inline', name: string): string {
  const ascii = name.replaceAll(/[^\u0020-\u007e]/g, '_').replaceAll(/["\\]/g, '\\$&')
  const plain = `${type}; filename="${ascii}"`
  if (ascii === name) return plain
  const encoded = encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${plain}; filename*=UTF-8''${encoded}`
}
