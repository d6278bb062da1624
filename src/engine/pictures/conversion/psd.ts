import type { Excerpt, SourceBytes } from './magick-source.ts'
import type { Picture } from './picture.ts'

const HEADER_BYTES = 26
const CHANNELS_OFFSET = 12

/** How many channels the colours take by colour mode; three in every other mode. */
const COLOUR_CHANNELS: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 1, 4: 4, 8: 1 }

/** As much of the layers as tells a decoder whether the composite is transparent. */
const LAYERS_HEAD_BYTES = 64

/** The beginning of the resource "version info", which has no name. */
const VERSION_INFO = Buffer.from('8BIM\x04\x21\0\0', 'latin1')
/** The field comes after a length and a version. */
const HAS_COMPOSITE_OFFSET = VERSION_INFO.length + 8

const RAW = 0
const RUN_LENGTH = 1

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
    depth: bytes.readUInt16BE(22),
  }
  const { large, channels, width, height } = header
  const mode = bytes.readUInt16BE(24)
  const palette = readSection(file, HEADER_BYTES, 4)
  const resources = readSection(file, endOf(palette), 4)
  const layers = readSection(file, endOf(resources), large ? 8 : 4)
  const size = { width, height }
  if (!hasComposite(file.read([resources]))) {
    return { size, pieces: [{ start: 0, length: file.size }] }
  }

  const kept = Math.min(channels, (COLOUR_CHANNELS[mode] ?? 3) + 1)
  bytes.writeUInt16BE(kept, CHANNELS_OFFSET)
  const layersHead = { start: layers.start, length: Math.min(layers.length, LAYERS_HEAD_BYTES) }
  return {
    size,
    pieces: [
      bytes,
      { start: HEADER_BYTES, length: endOf(resources) - HEADER_BYTES },
      writeLength(layersHead.length, large ? 8 : 4),
      layersHead,
      ...findRows(file, endOf(layers), header, kept),
    ],
    onWhite: true,
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
    default:
      return [{ start, length: file.size - start }]
  }
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
