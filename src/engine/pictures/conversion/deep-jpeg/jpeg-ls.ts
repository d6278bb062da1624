import { START_OF_SCAN, walkJpegSegments } from '../../../../sources/jpeg-segments.ts'
import { inMemory } from '../../../../sources/open-file.ts'
import { FRAME_OF_JPEG_LS } from '../../mending/jpeg-stream.ts'
import { IncompleteFile, UnknownFeature } from '../magick-source.ts'
import { type Frame, type Plane, readFrame } from './frame.ts'
import {
  codingOf,
  type Context,
  createContexts,
  heed,
  type LsCoding,
  type LsPreset,
  RUN_CONTEXTS,
} from './jpeg-ls-context.ts'

const PRESET = 0xf8
const RESTARTS = 0xdd

/** How components are laid in a scan (ITU-T T.87, C.2.3): one after the other, by rows, or by samples. */
const BY_SAMPLES = 2

/** How long the runs are that a bit stands for (A.7.1). */
const RUN_LENGTHS = [
  0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13, 14,
  15,
] as const

/** Tells how a picture of JPEG-LS is coded; undefined for another JPEG. */
export function findLsFrame(jpeg: Buffer): Frame | undefined {
  for (const { marker, start, end } of segmentsOf(jpeg, 0)) {
    if (marker === START_OF_SCAN) return undefined
    if (marker === FRAME_OF_JPEG_LS) return readFrame(marker, jpeg.subarray(start, end))
  }
  return undefined
}

/**
 * Decodes a picture of JPEG-LS.
 *
 * @throws {@link IncompleteFile} when it is damaged, {@link UnknownFeature} when it has what is not read here
 */
export function decodeJpegLs(jpeg: Buffer, frame: Frame): Plane[] {
  const { width, height, components, precision } = frame
  const planes = components.map(() => ({
    width,
    height,
    samples: new Uint16Array(width * height),
  }))
  let preset: LsPreset | undefined
  let decoded = 0
  for (let from = 0; decoded < planes.length;) {
    const found = findScan(jpeg, from)
    preset = found.preset ?? preset
    const content = jpeg.subarray(found.start, found.end)
    const count = content[0] ?? 0
    if (count === 0 || content.length < 4 + 2 * count)
      throw new IncompleteFile('The JPEG has a scan of nothing.')
    const chosen = Array.from({ length: count }, (_, index) => {
      const plane = planes[components.findIndex(({ id }) => id === content[1 + 2 * index])]
      if (plane === undefined) throw new IncompleteFile('The JPEG has a scan of what it lacks.')
      return plane
    })
    const [near = 0, layout = 0] = content.subarray(1 + 2 * count)
    const bits = createLsBits(jpeg, found.end)
    const scan = createScan(bits, codingOf(precision, near, preset), frame)
    if (layout === BY_SAMPLES && count > 1) scan.decodeTogether(chosen)
    else scan.decodeRows(chosen)
    decoded += count
    from = bits.end()
  }
  return planes
}

function segmentsOf(jpeg: Buffer, from: number): ReturnType<typeof walkJpegSegments> {
  // What begins a picture is two bytes, which there are none of behind a scan.
  return walkJpegSegments(inMemory(jpeg), from === 0 ? 0 : from - 2)
}

function findScan(
  jpeg: Buffer,
  from: number,
): { readonly start: number; readonly end: number; readonly preset: LsPreset | undefined } {
  let preset: LsPreset | undefined
  for (const { marker, start, end } of segmentsOf(jpeg, from)) {
    const content = jpeg.subarray(start, end)
    if (marker === RESTARTS && content.length >= 2 && content.readUInt16BE(0) > 0)
      throw new UnknownFeature('a picture of JPEG-LS that begins anew, which is not read here')
    if (marker === PRESET && content[0] === 1 && content.length >= 11) {
      const number = (index: number): number => content.readUInt16BE(1 + 2 * index)
      preset = { most: number(0), bounds: [number(1), number(2), number(3)], reset: number(4) }
    }
    if (marker === PRESET && content[0] !== 1)
      throw new UnknownFeature(
        'a picture of JPEG-LS with tables of colours, which is not read here',
      )
    if (marker === START_OF_SCAN) return { start, end, preset }
  }
  throw new IncompleteFile('The JPEG has no data.')
}

interface LsBits {
  readonly bit: () => number
  readonly bits: (count: number) => number
  /** Where the marker behind the data is. */
  readonly end: () => number
}

/** As many bytes as may be missing at the end: what is made of them tells. */
const MOST_MISSING = 2

/** Behind a byte of ones comes one whose first bit says nothing (A.1). */
function createLsBits(jpeg: Buffer, start: number): LsBits {
  let at = start
  let byte = 0
  let left = 0
  let missing = 0
  function bit(): number {
    if (left === 0) {
      const wasFull = byte === 0xff
      const isEnd = at >= jpeg.length || (jpeg[at] === 0xff && (jpeg[at + 1] ?? 0xff) >= 0x80)
      if (isEnd) {
        byte = 0
        missing += 1
        if (missing > MOST_MISSING) throw new IncompleteFile('The data of the JPEG end too soon.')
      } else {
        byte = jpeg[at] ?? 0
        at += 1
      }
      left = wasFull ? 7 : 8
    }
    left -= 1
    return (byte >> left) & 1
  }
  return {
    bit,
    bits(count) {
      let value = 0
      for (let index = 0; index < count; index += 1) value = value * 2 + bit()
      return value
    },
    end() {
      while (at < jpeg.length && !(jpeg[at] === 0xff && (jpeg[at + 1] ?? 0) >= 0x80)) at += 1
      return at
    },
  }
}

/** Two rows of a component, each with a sample before it and one behind it, and how long its runs have become. */
interface Line {
  above: Int32Array
  current: Int32Array
  run: number
}

/** What a sample is told to be by its neighbours (A.4.1). */
function tell({ above, current }: Line, x: number): number {
  const [left = 0, top = 0, corner = 0] = [current[x - 1], above[x], above[x - 1]]
  if (corner >= Math.max(left, top)) return Math.min(left, top)
  return corner <= Math.min(left, top) ? Math.max(left, top) : left + top - corner
}

/** How many of the bits of a number stand for themselves (A.5.1). */
function plainBits(count: number, errors: number): number {
  let plain = 0
  while (count * 2 ** plain < errors && plain < 32) plain += 1
  return plain
}

function createScan(
  bits: LsBits,
  coding: LsCoding,
  { width, height }: Frame,
): {
  readonly decodeRows: (planes: readonly Plane[]) => void
  readonly decodeTogether: (planes: readonly Plane[]) => void
} {
  const { most, near, bounds } = coding
  const step = 2 * near + 1
  const range = Math.floor((most + 2 * near) / step) + 1
  const rangeBits = Math.ceil(Math.log2(range))
  const sampleBits = Math.max(2, Math.ceil(Math.log2(most + 1)))
  const limit = 2 * (sampleBits + Math.max(8, sampleBits))
  const contexts = createContexts(range)

  const contextAt = (index: number): Context => {
    const context = contexts[index]
    if (context === undefined) throw new IncompleteFile('The JPEG has no such neighbourhood.')
    return context
  }

  /** Which kind of difference there is between two neighbours (A.3.3). */
  function kindOf(difference: number): number {
    const size = Math.abs(difference)
    if (size <= near) return 0
    const kind = size < bounds[0] ? 1 : size < bounds[1] ? 2 : size < bounds[2] ? 3 : 4
    return difference < 0 ? -kind : kind
  }

  /** A number of which the higher part is as many zeros (A.5.3). */
  function readNumber(plain: number, longest: number): number {
    const mostZeros = longest - rangeBits - 1
    let zeros = 0
    while (zeros < mostZeros && bits.bit() === 0) zeros += 1
    // Behind as many as there may be, a one comes and the number as it is.
    if (zeros < mostZeros) return zeros * 2 ** plain + bits.bits(plain)
    if (bits.bit() === 0) throw new IncompleteFile('The JPEG has a number that is too long.')
    return bits.bits(rangeBits) + 1
  }

  /** The sample that is an error away from what was told (A.4.5). */
  function toSample(told: number, error: number): number {
    let value = told + error * step
    if (value < -near) value += range * step
    else if (value > most + near) value -= range * step
    return Math.max(0, Math.min(most, value))
  }

  function decodeSample(context: Context, sign: number, told: number): number {
    const corrected = Math.max(0, Math.min(most, told + sign * context.correction))
    const plain = plainBits(context.count, context.errors)
    const mapped = readNumber(plain, limit)
    const isTurned = near === 0 && plain === 0 && 2 * context.bias <= -context.count
    const half = mapped >> 1
    const error = (mapped & 1) === 0 ? (isTurned ? -half - 1 : half) : isTurned ? half : -half - 1
    heed(context, error, coding)
    return toSample(corrected, sign * error)
  }

  /** What ends a run (A.7.2). */
  function decodeEnd(left: number, above: number, run: number, isAlike: boolean): number {
    const type = isAlike ? 1 : 0
    const context = contextAt(RUN_CONTEXTS + type)
    const errors = context.errors + (isAlike ? context.count >> 1 : 0)
    const plain = plainBits(context.count, errors)
    const mapped = readNumber(plain, limit - (RUN_LENGTHS[run] ?? 0) - 1)
    const number = mapped + type
    const odd = number & 1
    const size = (number + odd) >> 1
    const isMore = plain !== 0 || 2 * context.negative >= context.count
    const error = isMore === (odd === 1) ? -size : size
    if (error < 0) context.negative += 1
    context.errors += (mapped + 1 - type) >> 1
    if (context.count === coding.reset) {
      context.errors >>= 1
      context.count >>= 1
      context.negative >>= 1
    }
    context.count += 1
    const sign = !isAlike && left > above ? -1 : 1
    return toSample(isAlike ? left : above, sign * error)
  }

  /** How long the run is that begins here, of at most so many samples, and whether something ends it. */
  function readRun(line: Line, longest: number): { length: number; isEnded: boolean } {
    let length = 0
    while (length < longest) {
      const each = RUN_LENGTHS[line.run] ?? 0
      if (bits.bit() === 0) {
        length += bits.bits(each)
        if (length > longest) throw new IncompleteFile('The JPEG has a run that is too long.')
        return { length, isEnded: length < longest }
      }
      const whole = 2 ** each
      if (length + whole <= longest) line.run = Math.min(31, line.run + 1)
      length = Math.min(longest, length + whole)
    }
    return { length, isEnded: false }
  }

  /** How the neighbours of a sample differ: 0 where they are alike, less where all that is known of them is turned around. */
  function neighbourhood({ above, current }: Line, x: number): number {
    const [corner = 0, top = 0, next = 0] = [above[x - 1], above[x], above[x + 1]]
    return (
      81 * kindOf(next - top) + 9 * kindOf(top - corner) + kindOf(corner - (current[x - 1] ?? 0))
    )
  }

  function decodeFor(line: Line, x: number, kind: number): number {
    const sign = kind < 0 ? -1 : 1
    return decodeSample(contextAt(Math.abs(kind)), sign, tell(line, x))
  }

  function begin(line: Line): void {
    line.current[0] = line.above[1] ?? 0
    line.above[width + 1] = line.above[width] ?? 0
  }

  function end(line: Line, plane: Plane, y: number): void {
    for (let x = 0; x < width; x += 1) plane.samples[y * width + x] = line.current[x + 1] ?? 0
    ;[line.above, line.current] = [line.current, line.above]
  }

  const createLines = (planes: readonly Plane[]): Line[] =>
    planes.map(() => ({
      above: new Int32Array(width + 2),
      current: new Int32Array(width + 2),
      run: 0,
    }))

  function decodeRow(line: Line): void {
    for (let x = 1; x <= width;) {
      const kind = neighbourhood(line, x)
      if (kind !== 0) {
        line.current[x] = decodeFor(line, x, kind)
        x += 1
        continue
      }
      const left = line.current[x - 1] ?? 0
      const { length, isEnded } = readRun(line, width + 1 - x)
      line.current.fill(left, x, x + length)
      x += length
      if (!isEnded) continue
      const above = line.above[x] ?? 0
      line.current[x] = decodeEnd(left, above, line.run, Math.abs(left - above) <= near)
      line.run = Math.max(0, line.run - 1)
      x += 1
    }
  }

  /** All components have their runs together, as long as the first says. */
  function decodeRowTogether(lines: readonly Line[], first: Line): void {
    for (let x = 1; x <= width;) {
      const kinds = lines.map((line) => neighbourhood(line, x))
      if (kinds.some((kind) => kind !== 0)) {
        for (const [index, line] of lines.entries())
          line.current[x] = decodeFor(line, x, kinds[index] ?? 0)
        x += 1
        continue
      }
      const { length, isEnded } = readRun(first, width + 1 - x)
      for (const { current } of lines) current.fill(current[x - 1] ?? 0, x, x + length)
      x += length
      if (!isEnded) continue
      for (const { current, above } of lines)
        current[x] = decodeEnd(current[x - 1] ?? 0, above[x] ?? 0, first.run, false)
      first.run = Math.max(0, first.run - 1)
      x += 1
    }
  }

  return {
    decodeRows(planes) {
      const lines = createLines(planes)
      for (let y = 0; y < height; y += 1)
        for (const [index, line] of lines.entries()) {
          const plane = planes[index]
          if (plane === undefined) return
          begin(line)
          decodeRow(line)
          end(line, plane, y)
        }
    },
    decodeTogether(planes) {
      const lines = createLines(planes)
      const [first] = lines
      if (first === undefined) return
      for (let y = 0; y < height; y += 1) {
        for (const line of lines) begin(line)
        decodeRowTogether(lines, first)
        for (const [index, line] of lines.entries()) {
          const plane = planes[index]
          if (plane !== undefined) end(line, plane, y)
        }
      }
    },
  }
}
