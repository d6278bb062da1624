/**
 * Whether a client has what it asks for already. `If-Modified-Since` is not asked: a file may be replaced by an older one, and
 * a preset has no part in the time of an asset.
 *
 * @param etag - with its quotes
 */
export function isKnown(headers: Headers, etag: string): boolean {
  const known = headers.get('if-none-match')
  if (known === null) return false
  return known
    .split(',')
    .map((each) => each.trim().replace(/^W\//, ''))
    .some((each) => each === '*' || each === etag)
}
