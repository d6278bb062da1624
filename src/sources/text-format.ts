import { readByteOrderMark } from './charset.ts'
import { toDecoder } from './encoding/decoder.ts'
import type { NamedText } from './format-lookup.ts'

/** What the root of a document says that is a package in one file: Word's, that of 2003, or OpenDocument's. */
const FLAT_PACKAGE =
  /^[^<]*(?:<[?!][^>]*>[^<]*)*<(?:pkg:package\s[^>]*"http:\/\/schemas\.microsoft\.com\/office\/2006\/xmlPackage"|w:wordDocument\s|office:document\s[^>]*office:mimetype=)/

/** Control characters that no text has. */
// oxlint-disable-next-line no-control-regex -- it is these characters that tell
const CONTROLS = /[\x00-\x08\x0e-\x1a\x1c-\x1f]/

/**
 * Tells what kind of text a file is.
 *
 * @param text - the start of a file that is of no binary format, see {@link decodeStart}
 * @param hint - what someone calls it, which counts between kinds of text alone: Markdown may look like HTML
 * @returns undefined when it is no text, as far as its start tells
 */
export function identifyText(
  text: string,
  hint?: NamedText,
): NamedText | 'svg' | 'mhtml' | 'xmp' | undefined {
  if (hint === 'text' || hint === 'csv' || hint === 'markdown')
    return isText(text) ? hint : undefined
  if (isMhtml(text)) return 'mhtml'
  const root = readRoot(text)
  if (root === 'svg' || (root === undefined && hasSvg(text))) return 'svg'
  if (isXmp(text, root)) return 'xmp'
  const isXml = /^\s*<\?xml\s/.test(text)
  if (root === 'html') return isXml || /xmlns\s*=/.test(text) ? 'xhtml' : 'html'
  if (isXml) return 'xml'
  if (/^\s*<!doctype\s+html/i.test(text)) return 'html'
  if (!isText(text)) return undefined
  if (hint === 'xml') return root === undefined ? 'text' : 'xml'
  if (hint !== undefined) return hint
  if (root === undefined) return 'text'
  if (/^(head|body|title|meta|link|style|script|table|div|p|h[1-6]|ul|ol)$/.test(root))
    return 'html'
  // Without a declaration or a name it has at least to look as if elements ended.
  return /<\/[\w:.-]+>|\/>/.test(text) ? 'xml' : 'text'
}

/** A header of mails (RFC 5322), with the lines that it goes on in, and what it begins with where it is long. */
const MAIL_HEADER = /^\s*(?:[\w-]+:.*(?:\r?\n|\r)(?:[ \t].*(?:\r?\n|\r))*)+/
const MAIL_START =
  /^(?:received|return-path|delivered-to|from|to|date|subject|message-id|x-[\w-]+|arc-[\w-]+|dkim-[\w-]+):/i

/** Whether a text begins with the header of a mail, or of a page and its pictures in one file (RFC 2557). */
function isMhtml(text: string): boolean {
  const header = MAIL_HEADER.exec(text)?.[0] ?? ''
  if (!/^mime-version:/im.test(header)) return false
  // Another text with such lines before it is no mail unless somebody has sent it.
  return /^content-type:\s*(?:multipart\/|text\/html)/im.test(header) || /^from:/im.test(header)
}

/** Whether a text that goes on somewhere ends before the header of a mail does, to which every server adds its lines. */
export function isWithinMailHeader(text: string): boolean {
  if (!MAIL_START.test(text)) return false
  const [header = ''] = MAIL_HEADER.exec(text) ?? []
  return !/[\r\n]/.test(text.slice(header.length))
}

/** Whether a text is a packet of metadata, as it stands beside a photo; other RDF is none. */
function isXmp(text: string, root: string | undefined): boolean {
  if (root === 'rdf') return /<\?xpacket\s|"http:\/\/ns\.adobe\.com\/(?:xap|photoshop)\//.test(text)
  return root === 'xmpmeta' || root === 'xapmeta'
}

/** Whether a text is a document whose parts are elements of one file. */
export function isFlatPackage(text: string): boolean {
  return FLAT_PACKAGE.test(text)
}

/** Whether there is a drawing behind a prolog that is not understood, such as one with entities of entities. */
function hasSvg(text: string): boolean {
  return /^\s*</.test(text) && /<(\w+:)?svg[\s>]/.test(text) && !/<(!doctype )?html/i.test(text)
}

function isText(text: string): boolean {
  return !CONTROLS.test(text)
}

/** The start of a text as far as it can be told without its encoding: markup is ASCII, in one byte or two. */
export function decodeStart(start: Buffer): string {
  const mark = readByteOrderMark(start)
  if (mark !== undefined) return toDecoder(mark)?.decode(start) ?? ''
  const [first, second] = start
  if (first === 0x3c && second === 0) return new TextDecoder('utf-16le').decode(start)
  if (first === 0 && second === 0x3c) return new TextDecoder('utf-16be').decode(start)
  return start.toString('latin1')
}

/** Whether a text that goes on somewhere ends before its first element begins, within what may be before that. */
export function isWithinProlog(text: string): boolean {
  const prolog = /(?:\s+|<\?[^>]*>|<!--[^]*?-->|<!doctype[^>[]*(?:\[[^\]]*\]\s*)?>)*/iy
  prolog.test(text)
  const rest = text.slice(prolog.lastIndex)
  return rest === '' || /^<(?:!|\?|$)/.test(rest)
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
