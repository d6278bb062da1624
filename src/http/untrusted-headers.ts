import type { Context } from 'hono'

/** Whoever made a file must not get a script to run under this origin by it, nor let another site have it. */
export const UNTRUSTED_HEADERS = {
  'content-security-policy': "sandbox; default-src 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
} as const

/**
 * What an answer says of a file that nobody trusts. The browser shows it, or saves it when the address has `?download`.
 *
 * @param file.name - what it is called when it is saved
 */
export function describeFile(
  c: Context,
  { name, type }: { name: string; type: string },
): Record<string, string> {
  const how = c.req.query('download') === undefined ? 'inline' : 'attachment'
  return {
    ...UNTRUSTED_HEADERS,
    'content-type': type.startsWith('text/') ? `${type}; charset=utf-8` : type,
    'content-disposition': `${how}; filename*=UTF-8''${encodeName(name)}`,
  }
}

/** As an extended parameter has it: RFC 8187, 3.2. */
function encodeName(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
