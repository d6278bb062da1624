/** Whoever made a file must not get a script to run under this origin by it, nor let another site have it. */
export const UNTRUSTED_HEADERS = {
  'content-security-policy': "sandbox; default-src 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
} as const

/**
 * Writes a `Content-Disposition` (RFC 6266) with a name of any characters.
 *
 * @param how - whether the browser saves the file, or shows it
 */
export function contentDisposition(how: 'attachment' | 'inline', name: string): string {
  const encoded = encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${how}; filename*=UTF-8''${encoded}`
}
