import { readByteOrderMark } from './charset.ts'
import { isGzipped, unzipStart } from './gzip.ts'
import { type Hints, readHint } from './kind-hint.ts'
import { isPdf } from './pdf-signature.ts'
import { identifyFormat } from './source-format.ts'

/**
 * What a file is, as far as its first bytes tell. A `package` is a zip file, which office documents and books are; a
 * `compound` is the container of old and of encrypted office documents; `plain` is whatever has no mark of its own, text
 * of any kind included.
 */
export type Kind =
  | 'PDF'
  | 'package'
  | 'compound'
  | 'RTF'
  | 'picture'
  | 'SVG'
  | 'SVGZ'
  | 'HTML'
  | 'XHTML'
  | 'XML'
  | 'plain'

/**
 * Tells what a file is by its content. Only between kinds of text does it matter what someone calls the file, since
 * Markdown may look like HTML.
 *
 * @param start - the first 8192 bytes of the file, or all of it when it is shorter
 */
export function identifyKind(start: Buffer, hints: Hints = {}): Kind {
  const signature = start.toString('latin1', 0, 8)
  if (['PK\x03\x04', 'PK\x05\x06'].includes(signature.slice(0, 4))) return 'package'
  if (signature === '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1') return 'compound'
  const text = toText(start)
  if (/^\s*\{\\rtf/.test(text)) return 'RTF'
  if (isPdf(start)) return 'PDF'
  if (isGzipped(start) && identifyFormat(unzipStart(start))?.title === 'SVG') return 'SVGZ'
  const format = identifyFormat(start)
  if (format !== undefined && format.title !== 'SVG') return 'picture'
  return identifyText(text, readHint(hints))
}

function identifyText(text: string, hint: Kind | undefined): Kind {
  if (hint === 'plain') return 'plain'
  const root = readRoot(text)
  const isXml = /^\s*<\?xml\s/.test(text)
  if (root === 'svg') return 'SVG'
  if (root === 'html') return isXml || /xmlns\s*=/.test(text) ? 'XHTML' : 'HTML'
  if (isXml) return 'XML'
  if (/^\s*<!doctype\s+html/i.test(text)) return 'HTML'
  if (hint === 'XML') return root === undefined ? 'plain' : 'XML'
  if (hint !== undefined) return hint
  if (root === undefined) return 'plain'
  if (/^(head|body|title|meta|link|style|script|table|div|p|h[1-6]|ul|ol)$/.test(root))
    return 'HTML'
  // Without a declaration or a name it has at least to look as if elements ended.
  return /<\/[\w:.-]+>|\/>/.test(text) ? 'XML' : 'plain'
}

/** The start of a text as far as it can be told without its encoding: markup is ASCII, in one byte or two. */
function toText(start: Buffer): string {
  const mark = readByteOrderMark(start)
  if (mark !== undefined) return new TextDecoder(mark).decode(start)
  const [first, second] = start
  if (first === 0x3c && second === 0) return new TextDecoder('utf-16le').decode(start)
  if (first === 0 && second === 0x3c) return new TextDecoder('utf-16be').decode(start)
  return start.toString('latin1')
}

/** The name of the first element, in lower case and without a prefix, when there is nothing but a prolog before it. */
function readRoot(text: string): string | undefined {
  const prolog = /\s*(?:<\?[^>]*>|<!--[^]*?-->|<!doctype[^>[]*(?:\[[^\]]*\]\s*)?>)/iy
  let end = 0
  while (prolog.test(text)) end = prolog.lastIndex
  const root = /\s*<(?:[\w.-]+:)?([a-z][\w.-]*)[\s/>]/iy
  root.lastIndex = end
  return root.exec(text)?.[1]?.toLowerCase()
}
