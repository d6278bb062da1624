import { PdfName, PdfReference, type PdfValue } from './values.ts'

/** A value, and the place behind it. */
export interface Parsed {
  readonly value: PdfValue
  readonly end: number
}

/** Deeper than any dictionary, and less than what a thread has room for. */
const MOST_LEVELS = 100

const NUMBER = /^[+-]*\d*\.?\d*/

/** By the number of a byte: white space is 1, delimiters are 2 (ISO 32000-2, 7.2.3). */
const BYTE_CLASS = Uint8Array.from({ length: 256 }, (_, byte) => {
  if ([0, 9, 10, 12, 13, 32].includes(byte)) return 1
  return '()<>[]{}/%'.includes(String.fromCharCode(byte)) ? 2 : 0
})

/** What stands for another letter behind a backslash. */
const ESCAPED: ReadonlyMap<number, number> = new Map(
  Object.entries({ n: 10, r: 13, t: 9, b: 8, f: 12 }).map(([letter, byte]) => [
    letter.charCodeAt(0),
    byte,
  ]),
)

const LESS = 0x3c
const GREATER = 0x3e
const OPENING = 0x28
const CLOSING = 0x29
const BACKSLASH = 0x5c

/**
 * Reads the value that begins at a place, as leniently as the readers of PDF do.
 *
 * @returns undefined when there is none, or its end is missing
 */
export function parseValue(bytes: Buffer, at: number, level = 0): Parsed | undefined {
  const start = skipBlanks(bytes, at)
  const byte = bytes[start]
  if (byte === undefined || level > MOST_LEVELS) return undefined
  switch (String.fromCharCode(byte)) {
    case '/':
      return parseName(bytes, start)
    case '(':
      return parseText(bytes, start)
    case '[':
      return parseArray(bytes, start, level)
    case '<':
      return bytes[start + 1] === LESS
        ? parseDictionary(bytes, start, level)
        : parseHexadecimal(bytes, start)
    default:
      return parseWord(bytes, start)
  }
}

/** The place of the next byte that is neither white space nor of a comment. */
export function skipBlanks(bytes: Buffer, from: number): number {
  let at = from
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte === 0x25) {
      while (at + 1 < bytes.length && bytes[at + 1] !== 10 && bytes[at + 1] !== 13) at += 1
    } else if (BYTE_CLASS[byte] !== 1) {
      break
    }
  }
  return at
}

/** The regular characters at a place, be they a number, a keyword or a name without its slash. */
export function wordAt(bytes: Buffer, at: number): string {
  let end = at
  while (end < bytes.length && BYTE_CLASS[bytes[end] ?? 0] === 0) end += 1
  return bytes.toString('latin1', at, end)
}

function parseName(bytes: Buffer, start: number): Parsed {
  const word = wordAt(bytes, start + 1)
  const name = word.replaceAll(/#([\dA-Fa-f]{2})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  )
  return { value: new PdfName(name), end: start + 1 + word.length }
}

function parseWord(bytes: Buffer, start: number): Parsed | undefined {
  const word = wordAt(bytes, start)
  const end = start + word.length
  if (word === 'true' || word === 'false') return { value: word === 'true', end }
  if (word === 'null') return { value: null, end }
  if (/^\d{1,10}$/.test(word)) {
    const reference = parseReference(bytes, end, Number(word))
    if (reference !== undefined) return reference
  }
  const [digits = ''] = NUMBER.exec(word) ?? []
  if (!/\d/.test(digits)) return undefined
  return { value: Number(digits.replace(/^[+-]*(?=[+-])/, '')) || 0, end }
}

function parseReference(bytes: Buffer, from: number, number: number): Parsed | undefined {
  const at = skipBlanks(bytes, from)
  const generation = wordAt(bytes, at)
  if (!/^\d{1,5}$/.test(generation)) return undefined
  const letter = skipBlanks(bytes, at + generation.length)
  return wordAt(bytes, letter) === 'R'
    ? { value: new PdfReference(number, Number(generation)), end: letter + 1 }
    : undefined
}

function parseArray(bytes: Buffer, start: number, level: number): Parsed | undefined {
  const items: PdfValue[] = []
  let at = skipBlanks(bytes, start + 1)
  while (bytes[at] !== 0x5d) {
    const item = parseValue(bytes, at, level + 1)
    if (item === undefined) return undefined
    items.push(item.value)
    at = skipBlanks(bytes, item.end)
  }
  return { value: items, end: at + 1 }
}

function parseDictionary(bytes: Buffer, start: number, level: number): Parsed | undefined {
  const entries = new Map<string, PdfValue>()
  let at = skipBlanks(bytes, start + 2)
  while (bytes[at] !== GREATER) {
    if (bytes[at] !== 0x2f) return undefined
    const key = parseName(bytes, at)
    const next = skipBlanks(bytes, key.end)
    // Of a key without a value readers make nothing.
    const value = bytes[next] === GREATER ? undefined : parseValue(bytes, next, level + 1)
    if (value === undefined && bytes[next] !== GREATER) return undefined
    if (key.value instanceof PdfName && value !== undefined) {
      entries.set(key.value.name, value.value)
    }
    at = skipBlanks(bytes, value?.end ?? next)
  }
  return { value: entries, end: at + (bytes[at + 1] === GREATER ? 2 : 1) }
}

function parseHexadecimal(bytes: Buffer, start: number): Parsed | undefined {
  const end = bytes.indexOf(GREATER, start)
  if (end === -1) return undefined
  const digits = bytes.toString('latin1', start + 1, end).replaceAll(/[^\dA-Fa-f]/g, '')
  return { value: Buffer.from(digits + (digits.length % 2 ? '0' : ''), 'hex'), end: end + 1 }
}

function parseText(bytes: Buffer, start: number): Parsed | undefined {
  const text: number[] = []
  let depth = 1
  let at = start + 1
  for (; at < bytes.length; at += 1) {
    let byte = bytes[at] ?? 0
    if (byte === BACKSLASH) {
      const escaped = readEscape(bytes, at + 1)
      if (escaped.byte !== undefined) text.push(escaped.byte)
      at = escaped.end - 1
      continue
    }
    if (byte === OPENING) depth += 1
    if (byte === CLOSING) depth -= 1
    if (depth === 0) return { value: Buffer.from(text), end: at + 1 }
    if (byte === 13) {
      if (bytes[at + 1] === 10) at += 1
      byte = 10
    }
    text.push(byte)
  }
  return undefined
}

/** ISO 32000-2, table 3; a backslash at the end of a line stands for nothing. */
function readEscape(bytes: Buffer, at: number): { byte: number | undefined; end: number } {
  const byte = bytes[at] ?? 0
  const [digits] = /^[0-7]{1,3}/.exec(bytes.toString('latin1', at, at + 3)) ?? []
  if (digits !== undefined) {
    return { byte: Number.parseInt(digits, 8) & 0xff, end: at + digits.length }
  }
  if (byte === 13) return { byte: undefined, end: at + (bytes[at + 1] === 10 ? 2 : 1) }
  if (byte === 10) return { byte: undefined, end: at + 1 }
  return { byte: ESCAPED.get(byte) ?? byte, end: at + 1 }
}
