import { inflateSync } from 'node:zlib'
import { encodeLight } from '../meaning/to-srgb.ts'
import {
  type Excerpt,
  HugeFile,
  IncompleteFile,
  MAX_READ_BYTES,
  type SourceBytes,
} from './magick-source.ts'
import type { Picture } from './picture.ts'
import { unpackBits } from './unpack-bits.ts'

const HEADER_BYTES = 26
const CHANNELS_OFFSET = 12
const DEPTH_OFFSET = 22
const MODE_OFFSET = 24

const CMYK = 4
const MULTICHANNEL = 7

/** How many channels the colours take by colour mode; three in every other mode. */
const COLOUR_CHANNELS: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 1, [CMYK]: 4, 8: 1 }

/** As much of the layers as tells a decoder whether the composite is transparent. */
const LAYERS_HEAD_BYTES = 64

/** The beginning of the resource "version info", which has no name. */
const VERSION_INFO = Buffer.from('8BIM\x04\x21\0\0', 'latin1')
/** The field comes after a length and a version. */
const HAS_COMPOSITE_OFFSET = VERSION_INFO.length + 8

const RAW = 0
const RUN_LENGTH = 1
const DEFLATE = 2
const DEFLATE_OF_DIFFERENCES = 3

/** The depth of samples that are light itself, as numbers from 0 to 1. */
const FLOAT_BITS = 32

interface Header {
  /** Whether it is a PSB file, in which some lengths have twice as many bytes. */
  readonly large: boolean
  readonly channels: number
  readonly width: number
  readonly height: number
  /** Bits a sample. */
  readonly depth: number
}

/**
 * Finds the composite of a PSD or PSB file, which is what all of its layers look like together; a file without one is
 * left whole. Of the channels beside the colours only the first can be transparency. The others are selections that
 * someone saved.
 *
 * @throws {@link IncompleteFile} when the file ends before its composite
 */
export function findComposite(file: SourceBytes): Picture {
  const bytes = file.read([{ start: 0, length: HEADER_BYTES }])
  const header: Header = {
    large: bytes.readUInt16BE(4) === 2,
    channels: bytes.readUInt16BE(CHANNELS_OFFSET),
    height: bytes.readUInt32BE(14),
    width: bytes.readUInt32BE(18),
    depth: bytes.readUInt16BE(DEPTH_OFFSET),
  }
  const { large, channels, width, height, depth } = header
  const mode = bytes.readUInt16BE(MODE_OFFSET)
  const palette = readSection(file, HEADER_BYTES, 4)
  const resources = readSection(file, endOf(palette), 4)
  const layers = readSection(file, endOf(resources), large ? 8 : 4)
  const size = { width, height }
  if (!hasComposite(file.read([resources]))) {
    return { size, pieces: [{ start: 0, length: file.size }] }
  }

  // Inks that have no mode of their own: the first four are those of CMYK.
  const areInks = mode === MULTICHANNEL && channels >= 4
  if (areInks) bytes.writeUInt16BE(CMYK, MODE_OFFSET)
  const colours = COLOUR_CHANNELS[mode] ?? 3
  const kept = areInks ? 4 : Math.min(channels, colours + 1)
  bytes.writeUInt16BE(kept, CHANNELS_OFFSET)
  const isLight = depth === FLOAT_BITS
  if (isLight) bytes.writeUInt16BE(8, DEPTH_OFFSET)
  const layersHead = { start: layers.start, length: Math.min(layers.length, LAYERS_HEAD_BYTES) }
  return {
    size,
    pieces: [
      bytes,
      { start: HEADER_BYTES, length: endOf(resources) - HEADER_BYTES },
      writeLength(layersHead.length, large ? 8 : 4),
      layersHead,
      ...(isLight
        ? [
            NOT_COMPRESSED,
            encodeLightPlanes(unpackRows(file, endOf(layers), header, kept), colours, kept),
          ]
        : findRows(file, endOf(layers), header, kept)),
    ],
    onWhite: true,
    isSrgb: isLight,
  }
}

/** Finds the first `kept` channels of a composite, which are stored one after the other. */
function findRows(
  file: SourceBytes,
  start: number,
  { large, channels, width, height, depth }: Header,
  kept: number,
): Excerpt[] {
  const compression = { start, length: 2 }
  const content = endOf(compression)
  switch (file.read([compression]).readUInt16BE()) {
    case RAW: {
      const rowBytes = Math.ceil((width * depth) / 8)
      return [compression, { start: content, length: kept * height * rowBytes }]
    }
    case RUN_LENGTH: {
      const lengthBytes = large ? 4 : 2
      const lengths = { start: content, length: kept * height * lengthBytes }
      const rows = content + channels * height * lengthBytes
      const length = sum(file.read([lengths]), lengthBytes)
      return [compression, lengths, { start: rows, length }]
    }
    case DEFLATE:
    case DEFLATE_OF_DIFFERENCES:
      return [
        NOT_COMPRESSED,
        unpackRows(file, start, { large, channels, width, height, depth }, kept),
      ]
    default:
      return [{ start, length: file.size - start }]
  }
}

const NOT_COMPRESSED = Buffer.from([0, RAW])

/**
 * The samples of the first `kept` channels of a composite, as they are when they are not compressed.
 *
 * @throws {@link IncompleteFile} when there are fewer, {@link HugeFile} when they are more than there is memory for
 */
function unpackRows(file: SourceBytes, start: number, header: Header, kept: number): Buffer {
  const { channels, height, width, depth, large } = header
  const rowBytes = Math.ceil((width * depth) / 8)
  const length = kept * height * rowBytes
  const content = start + 2
  const rest = { start: content, length: file.size - content }
  const compression = file.read([{ start, length: 2 }]).readUInt16BE()
  if (compression === RAW) return file.read([{ start: content, length }])
  if (compression === RUN_LENGTH) {
    const lengthBytes = large ? 4 : 2
    const lengths = file.read([{ start: content, length: kept * height * lengthBytes }])
    const packed = file.read([
      { start: content + channels * height * lengthBytes, length: sum(lengths, lengthBytes) },
    ])
    requireMemory(length)
    return unpackBits(packed, Buffer.alloc(length))
  }
  const all = channels * height * rowBytes
  requireMemory(all)
  const unpacked = inflate(file.read([rest]), all).subarray(0, length)
  if (unpacked.length < length) throw new IncompleteFile('The composite ends too soon.')
  if (compression === DEFLATE_OF_DIFFERENCES) addUp(unpacked, rowBytes, depth, width)
  return unpacked
}

/** @throws {@link HugeFile} when there is no memory for so much */
function requireMemory(length: number): void {
  if (length > MAX_READ_BYTES) throw new HugeFile(`The composite has ${length} bytes.`)
}

function inflate(packed: Buffer, most: number): Buffer {
  try {
    return inflateSync(packed, { maxOutputLength: Math.max(1, most) })
  } catch (error) {
    throw new IncompleteFile('The composite cannot be inflated.', { cause: error })
  }
}

/** Makes samples of the differences between them, row by row; those of 32 bits stand byte by byte. */
function addUp(samples: Buffer, rowBytes: number, depth: number, width: number): void {
  for (let row = 0; row < samples.length; row += rowBytes) {
    if (depth === 16) {
      for (let at = row + 2; at < row + rowBytes; at += 2) {
        samples.writeUInt16BE(
          (samples.readUInt16BE(at) + samples.readUInt16BE(at - 2)) & 0xffff,
          at,
        )
      }
      continue
    }
    for (let at = row + 1; at < row + rowBytes; at += 1) {
      samples[at] = ((samples[at] ?? 0) + (samples[at - 1] ?? 0)) & 0xff
    }
    if (depth !== FLOAT_BITS) continue
    const apart = Buffer.from(samples.subarray(row, row + rowBytes))
    for (let x = 0; x < width; x += 1) {
      for (let byte = 0; byte < 4; byte += 1)
        samples[row + 4 * x + byte] = apart[byte * width + x] ?? 0
    }
  }
}

/** Samples of 8 bits of what are numbers of light; what comes behind the colours is no light, and stays what it is. */
function encodeLightPlanes(floats: Buffer, colours: number, kept: number): Buffer {
  const count = floats.length / 4
  const samples = Buffer.alloc(count)
  const light = (count / kept) * colours
  for (let index = 0; index < count; index += 1) {
    const value = floats.readFloatBE(4 * index)
    samples[index] =
      index < light ? encodeLight(value) : Math.round(255 * Math.min(1, Math.max(0, value)))
  }
  return samples
}

interface Section {
  readonly start: number
  readonly length: number
}

function readSection(file: SourceBytes, start: number, lengthBytes: 4 | 8): Section {
  const length = file.read([{ start, length: lengthBytes }])
  return {
    start: start + lengthBytes,
    length: lengthBytes === 8 ? Number(length.readBigUInt64BE()) : length.readUInt32BE(),
  }
}

function endOf({ start, length }: Section): number {
  return start + length
}

function writeLength(length: number, lengthBytes: 4 | 8): Buffer {
  const bytes = Buffer.alloc(lengthBytes)
  bytes.writeUInt32BE(length, lengthBytes - 4)
  return bytes
}

/** Photoshop leaves it out only for those who do not want to "maximize compatibility", and says so. */
function hasComposite(resources: Buffer): boolean {
  const info = resources.indexOf(VERSION_INFO)
  return info === -1 || resources[info + HAS_COMPOSITE_OFFSET] !== 0
}

function sum(numbers: Buffer, bytesEach: 2 | 4): number {
  let total = 0
  for (let offset = 0; offset < numbers.length; offset += bytesEach) {
    total += numbers.readUIntBE(offset, bytesEach)
  }
  return total
}
