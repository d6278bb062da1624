import { isCompound, partsOf } from './compound.ts'

/** Flags of a point (OpenType 1.9, glyf). */
const ON_CURVE = 0x1
const SHORT_X = 0x2
const SHORT_Y = 0x4
const REPEATED = 0x8
const SAME_OR_POSITIVE_X = 0x10
const SAME_OR_POSITIVE_Y = 0x20
const OVERLAPS = 0x40

/** Flags of a part of a compound letter. */
const HAS_WORDS = 0x1
const HAS_PLACES = 0x2
const HAS_INSTRUCTIONS = 0x1_00

const HEAD_BYTES = 10

/** How an outline is written anew. */
export interface OutlineScale {
  /** By which it becomes larger. */
  readonly factor: number
  /** The new number of a letter that others are made of. */
  readonly numberOf: (letter: number) => number
}

/** As many bytes does an outline take at most that is written anew. */
export function mostBytes(outline: Buffer): number {
  // A point in which nothing is told twice has five bytes, and one is told in a quarter of a byte at least.
  return HEAD_BYTES + outline.length * 20
}

/**
 * Writes an outline in other units, without instructions, as these are of the font that it was in.
 *
 * @param into - of at least {@link mostBytes}
 * @returns how many bytes it has
 * @throws {RangeError} for a damaged one
 */
export function scaleOutline(outline: Buffer, into: Buffer, scale: OutlineScale): number {
  if (outline.length === 0) return 0
  into.writeInt16BE(outline.readInt16BE(0), 0)
  for (let at = 2; at < HEAD_BYTES; at += 2) {
    into.writeInt16BE(Math.round(outline.readInt16BE(at) * scale.factor), at)
  }
  return isCompound(outline)
    ? scaleParts(outline, into, scale)
    : scalePoints(outline, into, scale.factor)
}

function scaleParts(outline: Buffer, into: Buffer, { factor, numberOf }: OutlineScale): number {
  let end = HEAD_BYTES
  for (const { flags, letter, placed, scaled } of partsOf(outline)) {
    const isWide = (flags & HAS_WORDS) !== 0
    end = into.writeUInt16BE((flags | HAS_WORDS) & ~HAS_INSTRUCTIONS, end)
    end = into.writeUInt16BE(numberOf(letter), end)
    for (const index of [0, 1]) {
      if ((flags & HAS_PLACES) === 0) {
        // Two points that are to meet.
        const point = isWide ? placed.readUInt16BE(index * 2) : placed.readUInt8(index)
        end = into.writeUInt16BE(point, end)
      } else {
        const place = isWide ? placed.readInt16BE(index * 2) : placed.readInt8(index)
        end = into.writeInt16BE(Math.round(place * factor), end)
      }
    }
    end += scaled.copy(into, end)
  }
  return end
}

function scalePoints(outline: Buffer, into: Buffer, factor: number): number {
  const contours = outline.readInt16BE(0)
  const instructions = HEAD_BYTES + contours * 2
  let end = HEAD_BYTES + outline.copy(into, HEAD_BYTES, HEAD_BYTES, instructions)
  end = into.writeUInt16BE(0, end)
  if (contours === 0) return end
  const count = outline.readUInt16BE(instructions - 2) + 1
  const flags = new Uint8Array(count)
  let at = instructions + 2 + outline.readUInt16BE(instructions)
  for (let point = 0; point < count;) {
    const flag = outline.readUInt8(at)
    const again = (flag & REPEATED) === 0 ? 0 : outline.readUInt8(at + 1)
    at += (flag & REPEATED) === 0 ? 1 : 2
    flags.fill(flag, point, point + again + 1)
    point += again + 1
  }
  const newFlags = into.subarray(end, end + count)
  for (const [point, flag] of flags.entries()) newFlags[point] = flag & (ON_CURVE | OVERLAPS)
  end += count
  const steps: Steps = { outline, into, flags, newFlags, factor }
  const horizontal = scaleSteps(steps, { at, end }, SHORT_X, SAME_OR_POSITIVE_X)
  return scaleSteps(steps, horizontal, SHORT_Y, SAME_OR_POSITIVE_Y).end
}

/** The points of an outline, each of which is told by how far it is from the one before. */
interface Steps {
  readonly outline: Buffer
  readonly into: Buffer
  readonly flags: Uint8Array
  /** Here is said how steps are written. */
  readonly newFlags: Buffer
  readonly factor: number
}

/** Where steps are read, and where they are written. */
interface StepPlaces {
  readonly at: number
  readonly end: number
}

/** Writes the steps of one direction; what is rounded is where points are, so that no error grows. */
function scaleSteps(
  { outline, into, flags, newFlags, factor }: Steps,
  places: StepPlaces,
  short: number,
  sameOrPositive: number,
): StepPlaces {
  let { at, end } = places
  let [place, before] = [0, 0]
  for (const [point, flag] of flags.entries()) {
    const isMarked = (flag & sameOrPositive) !== 0
    if ((flag & short) !== 0) {
      const step = outline.readUInt8(at)
      at += 1
      place += isMarked ? step : -step
    } else if (!isMarked) {
      place += outline.readInt16BE(at)
      at += 2
    }
    const scaled = Math.round(place * factor)
    const step = scaled - before
    before = scaled
    const written = newFlags[point] ?? 0
    if (step === 0) newFlags[point] = written | sameOrPositive
    else if (Math.abs(step) < 256) {
      newFlags[point] = written | short | (step > 0 ? sameOrPositive : 0)
      end = into.writeUInt8(Math.abs(step), end)
    } else end = into.writeInt16BE(step, end)
  }
  return { at, end }
}
