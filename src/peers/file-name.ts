/** In bytes of UTF-8: what common file systems take. */
const MOST_BYTES = 255

/**
 * The name that a file of somebody else gets here. Only what comes after the last slash or backslash counts; characters that
 * cannot be seen go, and a name that is too long is cut before its extension.
 *
 * @returns `otherwise` when nothing is left that is a name
 */
export function fileName(given: string, otherwise = 'file'): string {
  const seen = given.toWellFormed().replaceAll(/\p{C}/gu, '')
  const base = seen.slice(Math.max(seen.lastIndexOf('/'), seen.lastIndexOf('\\')) + 1).trim()
  if (/^\.*$/.test(base)) return otherwise
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
