import type { Picture } from './picture.ts'
import type { Piece, SourceFile } from './source-file.ts'

const HEADER_BYTES = 26
const CHANNELS_OFFSET = 12

/** How many channels the colours take by colour mode; three in every other mode. */
const COLOUR_CHANNELS: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 1, 4: 4, 8: 1 }

/** As much of the layers as tells a decoder whether the composite is transparent. */
const LAYERS_HEAD_BYTES = 64

/** The beginning of the resource "version info", which has no name. */
const VERSION_INFO = Buffer.from('8BIM\x04\x21\0\0', 'latin1')
/** After its length and its version. */
const HAS_COMPOSITE_OFFSET = VERSION_INFO.length + 8

/**
 * Finds the composite of a PSD or PSB file, which is what all of its layers look like together; a file without one is
 * left whole. Of the channels beside the colours only the first can be transparency. The others are selections that
 * someone saved.
 *
 * @throws {@link IncompleteFile} when the file ends before its composite
 */
export function findComposite(file: SourceFile): Picture {
  const header = file.read([{ start: 0, length: HEADER_BYTES }])
  const large = header.readUInt16BE(4) === 2
  const channels = header.readUInt16BE(CHANNELS_OFFSET)
  const height = header.readUInt32BE(14)
  const width = header.readUInt32BE(18)
  const depth = header.readUInt16BE(22)
  const mode = header.readUInt16BE(24)

  const palette = readSection(file, HEADER_BYTES, 4)
  const resources = readSection(file, endOf(palette), 4)
  const layers = readSection(file, endOf(resources), large ? 8 : 4)
  if (!hasComposite(file.read([resources]))) {
    return { size: { width, height }, pieces: [{ start: 0, length: file.size }] }
  }

  const kept = Math.min(channels, (COLOUR_CHANNELS[mode] ?? 3) + 1)
  header.writeUInt16BE(kept, CHANNELS_OFFSET)
  const layersHead = { start: layers.start, length: Math.min(layers.length, LAYERS_HEAD_BYTES) }
  return {
    size: { width, height },
    pieces: [
      header,
      { start: HEADER_BYTES, length: endOf(resources) - HEADER_BYTES },
      writeLength(layersHead.length, large ? 8 : 4),
      layersHead,
      ...findRows(),
    ],
  }

  function findRows(): Piece[] {
    const start = endOf(layers)
    const compression = { start, length: 2 }
    switch (file.read([compression]).readUInt16BE()) {
      case 0:
        return [{ start, length: 2 + kept * height * Math.ceil((width * depth) / 8) }]
      case 1: {
        const lengthBytes = large ? 4 : 2
        const lengths = { start: start + 2, length: kept * height * lengthBytes }
        const rows = start + 2 + channels * height * lengthBytes
        return [
          compression,
          lengths,
          { start: rows, length: sum(file.read([lengths]), lengthBytes) },
        ]
      }
      default:
        return [{ start, length: file.size - start }]
    }
  }
}

interface Section {
  readonly start: number
  readonly length: number
}

function readSection(file: SourceFile, start: number, lengthBytes: 4 | 8): Section {
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

/** Photoshop says so only when asked to save without one ("maximize compatibility"). */
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
