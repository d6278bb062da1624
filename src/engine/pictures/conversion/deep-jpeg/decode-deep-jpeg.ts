import { isFrame, START_OF_SCAN, walkJpegSegments } from '../../../../sources/jpeg-segments.ts'
import { inMemory } from '../../../../sources/open-file.ts'
import { FRAME_OF_JPEG_LS } from '../../mending/jpeg-stream.ts'
import { IncompleteFile, UnknownFeature } from '../magick-source.ts'
import {
  type Blocks,
  decodeBlockScan,
  layBlocks,
  readQuantization,
  type ScanPart,
  toSamples,
} from './blocks.ts'
import { type CodeTables, createBits, readCodeTables } from './codes.ts'
import { type Frame, greatestFactors, type Plane, readFrame } from './frame.ts'
import { decodeJpegLs, findLsFrame } from './jpeg-ls.ts'
import { decodeLosslessScan } from './lossless.ts'

/** Markers (ITU-T T.81, table B.1). */
const HUFFMAN = 0xc4
const RESTARTS = 0xdd
const QUANTIZATION = 0xdb

const END = Buffer.from([0xff, 0xd9])

/** How frames are coded that can be decoded here. */
const BASELINE = 0xc0
const EXTENDED = 0xc1
const PROGRESSIVE = 0xc2
const LOSSLESS = 0xc3

/** Where the tables of other frequencies than the lowest begin among those of codes. */
const OTHERS = 16

/** A decoded picture: as many planes as it has components, each with all of its samples. */
export interface DeepPicture {
  readonly frame: Frame
  readonly planes: readonly Plane[]
}

/**
 * Tells how a JPEG is coded.
 *
 * @throws {@link IncompleteFile} when it does not say so
 */
export function findFrame(jpeg: Buffer): Frame {
  const ofLs = findLsFrame(jpeg)
  if (ofLs !== undefined) return ofLs
  for (const segment of walkJpegSegments(inMemory(jpeg))) {
    if (!isFrame(segment)) continue
    const frame = readFrame(segment.marker, jpeg.subarray(segment.start, segment.end))
    if (frame !== undefined) return frame
    break
  }
  throw new IncompleteFile('The JPEG does not say how it is coded.')
}

/** Whether a picture is coded without loss, or nearly so. */
export function isLossless({ marker }: Frame): boolean {
  return marker === LOSSLESS || marker === FRAME_OF_JPEG_LS
}

/** Whether a frame is one that is decoded here. */
export function isDecodable(frame: Frame): boolean {
  const { marker, precision, components } = frame
  if (isLossless(frame)) {
    const isWhole = components.every(({ across, down }) => across === 1 && down === 1)
    return precision >= 2 && precision <= 16 && (isWhole || components.length === 1)
  }
  return [BASELINE, EXTENDED, PROGRESSIVE].includes(marker) && [8, 12].includes(precision)
}

/**
 * Decodes a JPEG of 12 bits or one without loss of up to 16, with Huffman codes (ITU-T T.81, annexes F to H) or as JPEG-LS.
 *
 * @throws {@link IncompleteFile} when it is damaged, {@link UnknownFeature} when it is another JPEG than that
 */
export function decodeDeepJpeg(jpeg: Buffer): DeepPicture {
  const frame = findFrame(jpeg)
  if (!isDecodable(frame))
    throw new UnknownFeature('a JPEG that is coded in a way that is not read here')
  if (frame.marker === FRAME_OF_JPEG_LS) return { frame, planes: decodeJpegLs(jpeg, frame) }
  const isPlain = isLossless(frame)
  const { width, height, components } = frame
  const planes = isPlain
    ? components.map(() => ({ width, height, samples: new Uint16Array(width * height) }))
    : []
  const blocks = isPlain ? [] : layBlocks(frame)
  const tables: CodeTables = new Map()
  const quantization = new Map<number, Uint16Array>()
  let restarts = 0
  let scans = 0
  for (const { marker, start, end } of walkJpegSegments(inMemory(jpeg))) {
    const content = jpeg.subarray(start, end)
    if (marker === HUFFMAN) readCodeTables(content, tables)
    else if (marker === QUANTIZATION) readQuantization(content, quantization)
    else if (marker === RESTARTS && content.length >= 2) restarts = content.readUInt16BE(0)
    else if (marker === START_OF_SCAN) {
      const scan = readScan(content, frame)
      const data = { jpeg, start: end, tables, restarts }
      if (isPlain) decodeLossless(data, scan, { frame, planes })
      else decodeBlocks(data, scan, { frame, blocks })
      scans += 1
    }
  }
  // Of a picture in steps nothing but its end tells that all of them are there.
  const isCut = frame.marker === PROGRESSIVE && jpeg.lastIndexOf(END) < 0
  if (scans === 0 || isCut) throw new IncompleteFile('The JPEG ends too soon.')
  if (isPlain) return { frame, planes }
  return {
    frame,
    planes: blocks.map((of) => enlarge(toSamples(of, frame, quantization), of, frame)),
  }
}

/** What a scan says of itself (B.2.3). */
interface ScanHeader {
  readonly parts: readonly {
    readonly component: number
    readonly lowest: number
    readonly others: number
  }[]
  /** The first frequency, or how samples are predicted. */
  readonly first: number
  readonly last: number
  readonly before: number
  readonly bit: number
}

function readScan(content: Buffer, { components }: Frame): ScanHeader {
  const count = content[0] ?? 0
  if (count === 0 || content.length < 4 + 2 * count)
    throw new IncompleteFile('The JPEG has a scan of nothing.')
  const parts = Array.from({ length: count }, (_, index) => {
    const [id = 0, tables = 0] = content.subarray(1 + 2 * index)
    const component = components.findIndex((each) => each.id === id)
    if (component === -1) throw new IncompleteFile('The JPEG has a scan of an unknown component.')
    return { component, lowest: tables >> 4, others: OTHERS + (tables & 15) }
  })
  const [first = 0, last = 0, bits = 0] = content.subarray(1 + 2 * count)
  return { parts, first, last: Math.min(63, last), before: bits >> 4, bit: bits & 15 }
}

/** The data of a scan, and what came before it. */
interface ScanData {
  readonly jpeg: Buffer
  readonly start: number
  readonly tables: CodeTables
  readonly restarts: number
}

function decodeLossless(
  { jpeg, start, tables, restarts }: ScanData,
  { parts, first, bit }: ScanHeader,
  { frame, planes }: DeepPicture,
): void {
  const chosen = parts.flatMap(({ component }) => planes[component] ?? [])
  decodeLosslessScan(createBits(jpeg, start), chosen, {
    frame,
    tables: parts.flatMap(({ lowest }) => tables.get(lowest) ?? []),
    predictor: first,
    shift: bit,
    restarts,
  })
}

function decodeBlocks(
  { jpeg, start, tables, restarts }: ScanData,
  { parts, first, last, before, bit }: ScanHeader,
  { frame, blocks }: { readonly frame: Frame; readonly blocks: readonly Blocks[] },
): void {
  const chosen = parts.flatMap(({ component, lowest, others }): ScanPart[] => {
    const of = blocks[component]
    return of === undefined
      ? []
      : [{ blocks: of, lowest: tables.get(lowest), others: tables.get(others) }]
  })
  const isProgressive = frame.marker === PROGRESSIVE
  const range = { isProgressive, first, last, before, bit, restarts }
  decodeBlockScan(createBits(jpeg, start), frame, chosen, range)
}

/** A plane as large as the picture, of one that may have fewer samples and is filled up. */
function enlarge({ width: stride, samples }: Plane, { component }: Blocks, frame: Frame): Plane {
  const { width, height } = frame
  const most = greatestFactors(frame)
  const [wide, high] = [most.across / component.across, most.down / component.down]
  const whole = new Uint16Array(width * height)
  for (let y = 0; y < height; y += 1) {
    const from = Math.floor(y / high) * stride
    for (let x = 0; x < width; x += 1)
      whole[y * width + x] = samples[from + Math.floor(x / wide)] ?? 0
  }
  return { width, height, samples: whole }
}
