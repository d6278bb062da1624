import { toFileName } from '../../base/file-name.ts'

/** Extensions of what is fetched most, by media type, for a URL that says nothing of a name. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/json': 'json',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'image/gif': 'gif',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/svg+xml': 'svg',
  'image/tiff': 'tif',
  'image/webp': 'webp',
  'text/csv': 'csv',
  'text/html': 'html',
  'text/plain': 'txt',
}

/** What a server tells that a name can be made of. */
interface Told {
  readonly disposition: string | undefined
  readonly url: string
  readonly contentType: string | undefined
}

/**
 * The name of a file that comes from a URL: that of its `Content-Disposition`, else the last segment of the URL's path, else
 * `file` with the extension of its media type.
 */
export function urlFileName({ disposition, url, contentType = '' }: Told): string {
  const [mediaType = ''] = contentType.toLowerCase().split(';')
  const extension = EXTENSIONS[mediaType.trim()]
  const otherwise = extension === undefined ? 'file' : `file.${extension}`
  const path = URL.parse(url)?.pathname ?? ''
  const fromUrl = url.startsWith('data:') ? '' : decode(path.slice(path.lastIndexOf('/') + 1))
  return toFileName(dispositionName(disposition) ?? '') ?? toFileName(fromUrl) ?? otherwise
}

/** The name in a `Content-Disposition` (RFC 6266); `filename*` goes before `filename`. */
export function dispositionName(header: string | undefined): string | undefined {
  if (header === undefined) return undefined
  // Node.js reads headers as Latin-1; many servers send UTF-8.
  const read = fromLatin1(header)
  const parameters = new Map<string, string>()
  for (const [, name = '', quoted, token = ''] of read.matchAll(
    /;\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/g,
  )) {
    parameters.set(name.toLowerCase(), quoted?.replaceAll(/\\(.)/g, '$1') ?? token.trim())
  }
  return extendedValue(parameters.get('filename*')) ?? parameters.get('filename')
}

/** A value as RFC 8187 has it: a character set, a language and percent-encoded bytes. */
function extendedValue(value: string | undefined): string | undefined {
  const [, charset = '', encoded = ''] = /^([\w-]+)'[^']*'(.*)$/.exec(value ?? '') ?? []
  try {
    if (/^utf-8$/i.test(charset)) return decodeURIComponent(encoded)
    if (!/^iso-8859-1$/i.test(charset)) return undefined
    return encoded.replaceAll(/%([\da-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
  } catch {
    return undefined
  }
}

function fromLatin1(text: string): string {
  const bytes = Buffer.from(text, 'latin1')
  const utf8 = bytes.toString()
  return utf8.includes('\uFFFD') ? text : utf8
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
