import { UNTRUSTED_HEADERS } from '../../../http/untrusted-headers.ts'

/** What pages of other sites may have: they show these pictures. */
export const PUBLIC_HEADERS = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
} as const

/** A year, which is as good as for ever (RFC 9111 has no word for that). */
const LONGEST_KEPT_S = 365 * 24 * 3600

/**
 * What is told of a copy that everybody may keep.
 *
 * @param seconds - how long without asking whether it still holds; 0 when it has to be asked each time
 */
export function cacheControl(seconds: number): string {
  return seconds === 0 ? 'public, no-cache' : `public, max-age=${Math.min(seconds, LONGEST_KEPT_S)}`
}

/** Media that a browser shows and that cannot run anything; a policy would keep it from showing some of them. */
const HARMLESS = /^(?:image\/(?!svg\+xml$)|video\/|audio\/|application\/pdf$)/

/** What is said of an original, which nobody trusts. */
export function headersOfOriginal(mediaType: string): Record<string, string> {
  const policy = { 'content-security-policy': UNTRUSTED_HEADERS['content-security-policy'] }
  return { ...PUBLIC_HEADERS, ...(HARMLESS.test(mediaType) ? {} : policy) }
}
