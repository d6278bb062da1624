import { isUtf8 } from 'node:buffer'
import { ServiceError } from '../base/errors.ts'

/** What the header of a part of a form says. */
export interface PartHeader {
  readonly name: string
  /** As its sender has it, so that it may be anything; undefined for a field that is no file. */
  readonly filename: string | undefined
  /** As its sender has it. */
  readonly contentType: string | undefined
}

const TOKEN = String.raw`[!#$%&'*+.^_\x60|~\w-]+`

/** What comes after the quote that ends a value; any other quote is one that its sender has not escaped. */
const AFTER_QUOTE = new RegExp(String.raw`[ \t]*(?:;?[ \t]*$|;[ \t]*${TOKEN}[ \t]*=)`, 'y')

const PARAMETER = new RegExp(String.raw`[ \t]*;[ \t;]*(${TOKEN})[ \t]*=[ \t]*`, 'y')

/** By which of the signs that end a value browsers write those in a name (HTML, "multipart/form-data encoding"). */
const ESCAPES: Readonly<Record<string, string>> = { '%22': '"', '%0d': '\r', '%0a': '\n' }

/** Parts that are written in another way than they are meant went out of use with RFC 7578. */
const AS_IT_IS: ReadonlySet<string> = new Set(['7bit', '8bit', 'binary'])

/**
 * Reads the header of a part as clients write it, not only as RFC 7578 has it: names of files that are neither quoted nor
 * escaped, in UTF-8 or latin1.
 *
 * @param block - its lines, without the empty one
 * @throws {ServiceError} `invalid` when it has no name, or is not to be understood
 */
export function parsePartHeader(block: Buffer): PartHeader {
  // One sign a byte, so that nothing is lost before it is known what the bytes are.
  const lines = block
    .toString('latin1')
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  const encoding = valueOf(lines, 'content-transfer-encoding')?.toLowerCase()
  if (encoding !== undefined && !AS_IT_IS.has(encoding)) {
    throw new ServiceError(
      'invalid',
      `A part must be sent as it is, but its Content-Transfer-Encoding is ${shown(encoding)}.`,
    )
  }
  const disposition = valueOf(lines, 'content-disposition') ?? ''
  const [type] = /^form-data[ \t]*(?=;|$)/i.exec(disposition) ?? []
  const values = type === undefined ? undefined : readParameters(disposition, type.length)
  const name = values?.get('name')
  if (values === undefined || name === undefined) {
    throw new ServiceError(
      'invalid',
      `Each part must have a Content-Disposition such as form-data; name="file", but one has ${shown(disposition)}.`,
    )
  }
  const plain = values.get('filename')
  const extended = values.get('filename*')
  const filename = extended === undefined ? undefined : decodeExtended(extended)
  if (extended !== undefined && filename === undefined && plain === undefined) {
    throw new ServiceError(
      'invalid',
      `filename* must be such as UTF-8''a%20b.pdf, but it is ${shown(extended)}.`,
    )
  }
  return {
    name: decodeBytes(name),
    filename: filename ?? (plain === undefined ? undefined : decodeBytes(plain)),
    contentType: valueOf(lines, 'content-type') || undefined,
  }
}

function valueOf(lines: readonly string[], name: string): string | undefined {
  for (const line of lines) {
    const colon = line.indexOf(':')
    if (line.slice(0, Math.max(colon, 0)).trim().toLowerCase() === name) {
      return line.slice(colon + 1).trim()
    }
  }
  return undefined
}

/** The parameters from a place on, of which the first of a name counts; undefined when something else is there. */
function readParameters(text: string, from: number): Map<string, string> | undefined {
  const values = new Map<string, string>()
  let at = from
  while (!/^[ \t;]*$/.test(text.slice(at))) {
    PARAMETER.lastIndex = at
    const [matched, parameter] = PARAMETER.exec(text) ?? []
    if (matched === undefined || parameter === undefined) return undefined
    const name = parameter.toLowerCase()
    const start = at + matched.length
    const { value, end } =
      readQuoted(text, start) ??
      readBare(text, start, name === 'filename' ? afterFilename(values) : /[ \t]*;/)
    if (!values.has(name)) values.set(name, value)
    at = end
  }
  return values
}

/** A name that is not quoted may have any sign in it, and so ends where the line does, or what is surely no name begins. */
function afterFilename(values: ReadonlyMap<string, string>): RegExp {
  return values.has('name')
    ? /[ \t]*;[ \t]*filename\*[ \t]*=/i
    : /[ \t]*;[ \t]*(filename\*|name)[ \t]*=/i
}

function readBare(text: string, start: number, after: RegExp) {
  const rest = text.slice(start)
  const length = after.exec(rest)?.index ?? rest.length
  return { value: rest.slice(0, length), end: start + length }
}

/** Undefined when there is no quoted value, though something may begin with a quote. */
function readQuoted(text: string, start: number): { value: string; end: number } | undefined {
  if (text[start] !== '"') return undefined
  let end: number | undefined
  for (let at = start + 1; at < text.length && end === undefined; at += 1) {
    if (text[at] === '\\' && /["\\]/.test(text[at + 1] ?? '')) at += 1
    else if (text[at] === '"') {
      AFTER_QUOTE.lastIndex = at + 1
      if (AFTER_QUOTE.test(text)) end = at
    }
  }
  // A backslash at the end of a name that its sender has not escaped.
  if (end === undefined && text.endsWith('"') && text.length - 1 > start) end = text.length - 1
  if (end === undefined) return undefined
  const value = text
    .slice(start + 1, end)
    .replaceAll(/\\(["\\])/g, '$1')
    .replaceAll(/%(?:22|0d|0a)/gi, (escape) => ESCAPES[escape.toLowerCase()] ?? escape)
  return { value, end: end + 1 }
}

/** A value by RFC 8187; undefined when it is none. */
function decodeExtended(text: string): string | undefined {
  const bare = text.replace(/^"(.*)"$/, '$1')
  const [, charset = '', value] = /^([\w-]+)'[^']*'((?:[^%]|%[\da-f]{2})*)$/i.exec(bare) ?? []
  if (value === undefined) return undefined
  const bytes = Buffer.from(
    value.replaceAll(/%(..)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    'latin1',
  )
  if (/^utf-?8$/i.test(charset)) return isUtf8(bytes) ? bytes.toString() : undefined
  return /^iso-8859-1$/i.test(charset) ? bytes.toString('latin1') : undefined
}

/** Text that was read as one sign a byte. */
function decodeBytes(text: string): string {
  const bytes = Buffer.from(text, 'latin1')
  return isUtf8(bytes) ? bytes.toString() : text
}

function shown(text: string): string {
  return text === '' ? 'none' : JSON.stringify(decodeBytes(text.slice(0, 100)))
}
