/** Flags of a part of a compound letter (OpenType 1.9, glyf). */
const HAS_WORDS = 0x1
const HAS_SCALE = 0x8
const HAS_MORE = 0x20
const HAS_TWO_SCALES = 0x40
const HAS_MATRIX = 0x80

/** One of the letters that a compound letter is made of. */
export interface CompoundPart {
  readonly flags: number
  /** The number of the letter. */
  readonly letter: number
  /** Where it stands, as two numbers of one byte or of two. */
  readonly placed: Buffer
  /** How it is made larger or smaller, and turned. */
  readonly scaled: Buffer
}

/** Whether an outline is made of other letters. */
export function isCompound(outline: Buffer): boolean {
  return outline.length > 10 && outline.readInt16BE(0) < 0
}

/**
 * Reads what a compound letter is made of; other letters are made of nothing.
 *
 * @throws {RangeError} for a damaged one
 */
export function* partsOf(outline: Buffer): Generator<CompoundPart> {
  if (!isCompound(outline)) return
  let at = 10
  let flags = HAS_MORE
  while ((flags & HAS_MORE) !== 0) {
    flags = outline.readUInt16BE(at)
    const letter = outline.readUInt16BE(at + 2)
    const places = at + 4
    const scales = places + ((flags & HAS_WORDS) === 0 ? 2 : 4)
    at = scales + scaleBytes(flags)
    const placed = outline.subarray(places, scales)
    yield { flags, letter, placed, scaled: outline.subarray(scales, at) }
  }
}

function scaleBytes(flags: number): number {
  if ((flags & HAS_SCALE) !== 0) return 2
  if ((flags & HAS_TWO_SCALES) !== 0) return 4
  return (flags & HAS_MATRIX) === 0 ? 0 : 8
}
