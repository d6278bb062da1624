import { IncompleteFile } from '../magick-source.ts'
import { type Bits, type CodeTable, readCode, readSigned } from './codes.ts'
import { type Component, type Frame, greatestFactors, type Plane } from './frame.ts'

const SIDE = 8
const CELLS = SIDE * SIDE

/** Where the frequencies of a block are, in the order in which they are coded (ITU-T T.81, figure A.6). */
const ORDER = Uint8Array.from([
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
  13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52,
  45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
])

/** The frequencies of all blocks of a component. */
export interface Blocks {
  readonly component: Component
  /** How many blocks of the picture there are, and how many are coded with those that fill it up. */
  readonly across: number
  readonly down: number
  readonly stride: number
  readonly frequencies: Int16Array
}

/** Room for the blocks of the components of a picture. */
export function layBlocks(frame: Frame): Blocks[] {
  const most = greatestFactors(frame)
  const units = {
    across: Math.ceil(frame.width / (SIDE * most.across)),
    down: Math.ceil(frame.height / (SIDE * most.down)),
  }
  return frame.components.map((component) => {
    const stride = units.across * component.across
    const rows = units.down * component.down
    return {
      component,
      across: Math.ceil((frame.width * component.across) / most.across / SIDE),
      down: Math.ceil((frame.height * component.down) / most.down / SIDE),
      stride,
      frequencies: new Int16Array(stride * rows * CELLS),
    }
  })
}

/** A component of a scan, and the tables that it is coded with. */
export interface ScanPart {
  readonly blocks: Blocks
  readonly lowest: CodeTable | undefined
  readonly others: CodeTable | undefined
}

/** Which frequencies a scan has, and which of their bits (B.2.3). */
export interface ScanRange {
  readonly isProgressive: boolean
  readonly first: number
  readonly last: number
  /** The bit before which there have been others; 0 when there have been none. */
  readonly before: number
  readonly bit: number
  /** After how many units it begins anew; 0 for never. */
  readonly restarts: number
}

/** Decodes a scan of blocks (annexes F and G) into the frequencies of its components. */
export function decodeBlockScan(
  bits: Bits,
  frame: Frame,
  parts: readonly ScanPart[],
  range: ScanRange,
): void {
  const state = { run: 0, lowest: parts.map(() => 0) }
  const decode = range.isProgressive ? decodePart : decodeWhole
  let count = 0
  const begin = (): void => {
    if (range.restarts > 0 && count > 0 && count % range.restarts === 0) {
      bits.restart()
      state.run = 0
      state.lowest.fill(0)
    }
    count += 1
  }
  const [only] = parts
  if (parts.length === 1 && only !== undefined) {
    const { across, down, stride } = only.blocks
    for (let row = 0; row < down; row += 1)
      for (let column = 0; column < across; column += 1) {
        begin()
        decode(bits, only, { at: (row * stride + column) * CELLS, index: 0, range, state })
      }
    return
  }
  const most = greatestFactors(frame)
  const unitsAcross = Math.ceil(frame.width / (SIDE * most.across))
  const unitsDown = Math.ceil(frame.height / (SIDE * most.down))
  for (let unit = 0; unit < unitsAcross * unitsDown; unit += 1) {
    begin()
    const [left, top] = [unit % unitsAcross, Math.floor(unit / unitsAcross)]
    for (const [index, part] of parts.entries()) {
      const { component, stride } = part.blocks
      for (let y = 0; y < component.down; y += 1)
        for (let x = 0; x < component.across; x += 1) {
          const row = top * component.down + y
          const at = (row * stride + left * component.across + x) * CELLS
          decode(bits, part, { at, index, range, state })
        }
    }
  }
}

interface Place {
  /** Where the frequencies of the block begin. */
  readonly at: number
  /** Which of the components of the scan it is of. */
  readonly index: number
  readonly range: ScanRange
  readonly state: {
    /** How many blocks are to come that have nothing. */
    run: number
    /** The lowest frequency of the last block of each component. */
    readonly lowest: number[]
  }
}

function requireTable(table: CodeTable | undefined): CodeTable {
  if (table === undefined) throw new IncompleteFile('The JPEG lacks a table of codes.')
  return table
}

function readLowest(bits: Bits, { lowest }: ScanPart, { index, state }: Place): number {
  const difference = readSigned(bits, readCode(bits, requireTable(lowest)))
  const value = (state.lowest[index] ?? 0) + difference
  state.lowest[index] = value
  return value
}

/** A block of which a scan has all (F.2.2). */
function decodeWhole(bits: Bits, part: ScanPart, place: Place): void {
  const { frequencies } = part.blocks
  frequencies[place.at] = readLowest(bits, part, place)
  const table = requireTable(part.others)
  for (let cell = 1; cell < CELLS; cell += 1) {
    const code = readCode(bits, table)
    const [zeros, length] = [code >> 4, code & 15]
    if (length === 0 && zeros < 15) return
    cell += zeros
    if (length > 0) frequencies[place.at + (ORDER[cell] ?? 0)] = readSigned(bits, length)
  }
}

/** A block of which a scan has some frequencies, or some bits of them (G.1.2). */
function decodePart(bits: Bits, part: ScanPart, place: Place): void {
  const { range } = place
  if (range.first === 0) decodeLowest(bits, part, place)
  else if (range.before === 0) decodeFirst(bits, part, place)
  else decodeRefined(bits, part, place)
}

function decodeLowest(bits: Bits, part: ScanPart, place: Place): void {
  const { frequencies } = part.blocks
  const { at, range } = place
  if (range.before === 0) frequencies[at] = readLowest(bits, part, place) * 2 ** range.bit
  else if (bits.bit() === 1) frequencies[at] = (frequencies[at] ?? 0) | (1 << range.bit)
}

function decodeFirst(bits: Bits, { blocks, others }: ScanPart, { at, range, state }: Place): void {
  if (state.run > 0) {
    state.run -= 1
    return
  }
  const table = requireTable(others)
  for (let cell = range.first; cell <= range.last; cell += 1) {
    const code = readCode(bits, table)
    const [zeros, length] = [code >> 4, code & 15]
    if (length === 0 && zeros < 15) {
      state.run = 2 ** zeros + bits.bits(zeros) - 1
      return
    }
    cell += zeros
    if (length > 0)
      blocks.frequencies[at + (ORDER[cell] ?? 0)] = readSigned(bits, length) * 2 ** range.bit
  }
}

function decodeRefined(
  bits: Bits,
  { blocks: { frequencies }, others }: ScanPart,
  { at, range, state }: Place,
): void {
  const step = 1 << range.bit
  const table = requireTable(others)
  let cell = range.first
  /** Goes on behind so many that were nothing until now, and has one more bit of those that were something. */
  function pass(zeros: number): void {
    let left = zeros
    for (; cell <= range.last; cell += 1) {
      const place = at + (ORDER[cell] ?? 0)
      const value = frequencies[place] ?? 0
      if (value === 0) {
        if (left === 0) return
        left -= 1
      } else if (bits.bit() === 1 && (Math.abs(value) & step) === 0)
        frequencies[place] = value + Math.sign(value) * step
    }
  }
  while (state.run === 0 && cell <= range.last) {
    const code = readCode(bits, table)
    const [zeros, length] = [code >> 4, code & 15]
    if (length === 0 && zeros < 15) {
      state.run = 2 ** zeros + bits.bits(zeros)
      break
    }
    const value = length === 0 ? 0 : bits.bit() === 1 ? step : -step
    pass(zeros)
    if (value !== 0 && cell <= range.last) frequencies[at + (ORDER[cell] ?? 0)] = value
    cell += 1
  }
  if (state.run > 0) {
    pass(Number.POSITIVE_INFINITY)
    state.run -= 1
  }
}

/** What each frequency adds to each place (A.3.3). */
const WAVES = Float64Array.from({ length: CELLS }, (_, index) => {
  const [place, frequency] = [Math.floor(index / SIDE), index % SIDE]
  const share = frequency === 0 ? Math.SQRT1_2 : 1
  return (share * Math.cos(((2 * place + 1) * frequency * Math.PI) / (2 * SIDE))) / 2
})

/** Makes the samples of a component of its frequencies. */
export function toSamples(
  { component, across, down, stride, frequencies }: Blocks,
  { precision }: Frame,
  quantization: ReadonlyMap<number, Uint16Array>,
): Plane {
  const divided = quantization.get(component.quantization)
  if (divided === undefined) throw new IncompleteFile('The JPEG lacks a table of quantization.')
  const [width, height] = [across * SIDE, down * SIDE]
  const samples = new Uint16Array(width * height)
  const middle = 2 ** (precision - 1)
  const most = 2 ** precision - 1
  const rows = new Float64Array(CELLS)
  for (let row = 0; row < down; row += 1)
    for (let column = 0; column < across; column += 1) {
      const from = (row * stride + column) * CELLS
      for (let y = 0; y < SIDE; y += 1)
        for (let x = 0; x < SIDE; x += 1) {
          let sum = 0
          for (let cell = 0; cell < SIDE; cell += 1) {
            const at = y * SIDE + cell
            sum +=
              (WAVES[x * SIDE + cell] ?? 0) * (frequencies[from + at] ?? 0) * (divided[at] ?? 0)
          }
          rows[y * SIDE + x] = sum
        }
      for (let y = 0; y < SIDE; y += 1)
        for (let x = 0; x < SIDE; x += 1) {
          let sum = middle
          for (let cell = 0; cell < SIDE; cell += 1)
            sum += (WAVES[y * SIDE + cell] ?? 0) * (rows[cell * SIDE + x] ?? 0)
          const at = (row * SIDE + y) * width + column * SIDE + x
          samples[at] = Math.max(0, Math.min(most, Math.round(sum)))
        }
    }
  return { width, height, samples }
}

/** Reads tables of quantization, in the order of places (B.2.4.1). */
export function readQuantization(content: Buffer, tables: Map<number, Uint16Array>): void {
  for (let at = 0; at < content.length;) {
    const head = content.readUInt8(at)
    const bytes = head >> 4 === 0 ? 1 : 2
    if (at + 1 + CELLS * bytes > content.length) return
    const table = new Uint16Array(CELLS)
    for (const [index, place] of ORDER.entries())
      table[place] = content.readUIntBE(at + 1 + index * bytes, bytes)
    tables.set(head & 15, table)
    at += 1 + CELLS * bytes
  }
}
