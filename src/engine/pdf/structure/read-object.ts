import type { FileBytes } from './file-bytes.ts'
import { parseValue, skipBlanks, wordAt } from './parse-value.ts'
import type { PdfValue } from './values.ts'

/** An object as it stands in the file. */
export interface IndirectObject {
  readonly number: number
  readonly generation: number
  readonly value: PdfValue
  /** Where the bytes of a stream begin, whose dictionary the value is then. */
  readonly streamStart?: number | undefined
}

/** As many bytes are read of an object at first; most have less. */
const FIRST_BYTES = 1024
/** No dictionary is larger, in bytes. */
const MOST_BYTES = 16_000_000

/**
 * Reads the object that begins at a place; undefined when none does.
 *
 * @param most - the most that its dictionary or its other value may have, in bytes
 */
export function readObjectAt(
  file: FileBytes,
  position: number,
  most = MOST_BYTES,
): IndirectObject | undefined {
  if (!Number.isSafeInteger(position) || position < 0 || position >= file.size) return undefined
  for (let length = FIRST_BYTES; ; length *= 8) {
    const bytes = file.read(position, Math.min(length, most))
    const isAll = position + bytes.length >= file.size || length >= most
    const found = parseObject(bytes)
    if (found === 'none') return undefined
    // A number may go on, and behind a dictionary the word that begins its stream.
    const isSure = found !== 'cut off' && (isAll || bytes.length - found.end > 64)
    if (isSure) {
      const { streamStart, ...object } = found
      return {
        ...object,
        streamStart: streamStart === undefined ? undefined : position + streamStart,
      }
    }
    if (isAll) return undefined
  }
}

/** @returns none when no object begins there, cut off when it may go on */
function parseObject(bytes: Buffer): (IndirectObject & { end: number }) | 'none' | 'cut off' {
  const [head, first = '', second = ''] =
    /^[\0\t\n\f\r ]*(\d{1,10})[\0\t\n\f\r ]+(\d{1,5})[\0\t\n\f\r ]+obj/.exec(
      bytes.toString('latin1', 0, 64),
    ) ?? []
  if (head === undefined) return 'none'
  const [number, generation] = [Number(first), Number(second)]
  const at = skipBlanks(bytes, head.length)
  if (wordAt(bytes, at) === 'endobj') return { number, generation, value: null, end: at }
  const parsed = parseValue(bytes, at)
  if (parsed === undefined) return 'cut off'
  const { value } = parsed
  const next = skipBlanks(bytes, parsed.end)
  const streamStart = wordAt(bytes, next).startsWith('stream')
    ? lineAfter(bytes, next + 6)
    : undefined
  return { number, generation, value, end: streamStart ?? next, streamStart }
}

/** Behind the word stream there is CR LF or LF; some write CR alone, or blanks before it. */
function lineAfter(bytes: Buffer, from: number): number {
  let at = from
  while (bytes[at] === 0x20) at += 1
  if (bytes[at] === 13) return at + (bytes[at + 1] === 10 ? 2 : 1)
  return bytes[at] === 10 ? at + 1 : from
}
