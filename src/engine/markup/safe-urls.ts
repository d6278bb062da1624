/** What browsers leave out of a URL before they look for its scheme. */
// oxlint-disable-next-line no-control-regex -- it is these characters that hide a scheme
const IGNORED = /[\0-\x20\x7f-\xa0\u2028\u2029]/g

const SCHEME = /^([a-z][a-z0-9+.-]*):/i

/** What links may lead to; whatever else may run something. */
const LINKED: ReadonlySet<string> = new Set(['http', 'https', 'mailto', 'tel', 'ftp'])

const PICTURE = /^data:image\/(png|jpeg|jpg|gif|webp|avif|bmp|svg\+xml);base64,/i

/** Where a link leads; undefined where it must not. */
export function safeLink(href: string): string | undefined {
  const bare = href.replace(IGNORED, '')
  const scheme = SCHEME.exec(bare)?.[1]?.toLowerCase()
  if (bare === '' || (scheme !== undefined && !LINKED.has(scheme))) return undefined
  return href.trim()
}

/** Where a picture is; undefined where it is nothing that a text may show. */
export function safePicture(src: string): string | undefined {
  const bare = src.replace(IGNORED, '')
  if (PICTURE.test(bare)) return bare
  const scheme = SCHEME.exec(bare)?.[1]?.toLowerCase()
  const isShown = scheme === undefined || scheme === 'http' || scheme === 'https'
  return bare !== '' && isShown ? src.trim() : undefined
}

/** The bytes of a picture that is within the text, and its media type; undefined for one elsewhere. */
export function pictureBytes(src: string): { bytes: Buffer; mediaType: string } | undefined {
  const kind = PICTURE.exec(src)?.[1]?.toLowerCase()
  if (kind === undefined) return undefined
  const bytes = Buffer.from(src.slice(src.indexOf(',') + 1), 'base64')
  return { bytes, mediaType: `image/${kind === 'jpg' ? 'jpeg' : kind}` }
}
