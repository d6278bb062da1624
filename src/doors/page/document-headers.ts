import { createHash } from 'node:crypto'

/**
 * The headers of a document that runs nothing, in no frame, with a style sheet of its own.
 *
 * @param style - the style sheet, as it stands in the document
 * @param allowed - what else the browser lets it do, such as `form-action 'self'`
 */
export function documentHeaders(style: string, allowed: string): Readonly<Record<string, string>> {
  return {
    'content-security-policy': [
      "default-src 'none'",
      `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
      allowed,
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  }
}
