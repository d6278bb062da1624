/** The longest name that file systems take, in bytes of UTF-8. */
const MOST_BYTES = 255

/**
 * A name that somebody else has chosen, as the name of a file: its last segment, without control characters and not too
 * long; undefined when nothing is left of it.
 */
export function toFileName(text: string): string | undefined {
  const [last = ''] = text.split(/[/\\]/).slice(-1)
  const name = last
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, '')
    .trim()
  if (name === '' || name === '.' || name === '..') return undefined
  const { base, extension } = splitName(name)
  let kept = base
  while (kept.length > 1 && Buffer.byteLength(`${kept}${extension}`) > MOST_BYTES) {
    kept = kept.slice(0, -1).toWellFormed()
  }
  return Buffer.byteLength(`${kept}${extension}`) > MOST_BYTES ? undefined : `${kept}${extension}`
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
