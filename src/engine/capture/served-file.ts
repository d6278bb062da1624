import { isUtf8 } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { splitName } from '../../base/file-name.ts'
import { readByteOrderMark, readMetaCharset } from '../../sources/charset.ts'
import { findEncoding } from '../../sources/encoding/find-encoding.ts'
import { formatOfExtension } from '../../sources/format-lookup.ts'
import { type FormatId, KNOWN_FORMATS } from '../../sources/formats.ts'
import { START_BYTES } from '../../sources/identify.ts'
import { gunzip, isGzipped } from '../../sources/open-file.ts'

/** A file as a browser gets it. */
export interface ServedFile {
  readonly body: Buffer
  readonly contentType: string
}

/** The media types of what sites are made of and renditions are not. */
const OF_SITES: Readonly<Record<string, string>> = {
  css: 'text/css',
  js: 'text/javascript',
  mjs: 'text/javascript',
  json: 'application/json',
  woff: 'font/woff',
  woff2: 'font/woff2',
  ttf: 'font/ttf',
  otf: 'font/otf',
  wasm: 'application/wasm',
}

/** A page that was written here. */
export function serveHtml(html: string): ServedFile {
  return { body: Buffer.from(html), contentType: 'text/html; charset=utf-8' }
}

/** A source by itself, in the encoding that its bytes are in when it says none. */
export function serveFile(path: string, format: 'html' | 'xhtml' | 'svg'): ServedFile {
  const bytes = readFileSync(path)
  const body = format === 'svg' && isGzipped(bytes) ? gunzip(bytes, KNOWN_FORMATS.svg.title) : bytes
  const { mediaType } = KNOWN_FORMATS[format]
  const isTold = format !== 'html' || saysItsEncoding(body)
  return {
    body,
    contentType: isTold ? mediaType : `${mediaType}; charset=${findEncoding(path, []) ?? 'utf-8'}`,
  }
}

/** A file of an archive. */
export function serveBytes(name: string, body: Buffer): ServedFile {
  const extension = splitName(name).extension.slice(1).toLowerCase()
  const id: FormatId | undefined = formatOfExtension(extension)
  const mediaType =
    OF_SITES[extension] ?? (id === undefined ? undefined : KNOWN_FORMATS[id].mediaType)
  const isText = mediaType?.startsWith('text/') === true
  const isToTell = isText && !saysItsEncoding(body) && isUtf8(body)
  return {
    body,
    contentType: `${mediaType ?? 'application/octet-stream'}${isToTell ? '; charset=utf-8' : ''}`,
  }
}

function saysItsEncoding(body: Buffer): boolean {
  const start = body.subarray(0, START_BYTES)
  return (
    readByteOrderMark(start) !== undefined ||
    readMetaCharset(start.toString('latin1')) !== undefined
  )
}
