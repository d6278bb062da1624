import { luminanceOf } from '../../../meaning/primaries.ts'
import { halfToFloat } from '../../half.ts'
import { HugeFile, IncompleteFile, MAX_READ_BYTES, type SourceBytes } from '../../magick-source.ts'
import type { OpenedRaster } from '../../raster.ts'
import { brightestOf, LIGHT_BYTES, type Light, showLight } from '../light.ts'
import { chunkOf } from './chunk.ts'
import {
  EXR_TYPES,
  type ExrChannel,
  type ExrPart,
  type ExrWindow,
  readExrHeader,
} from './header.ts'
import { packingOf } from './unpack.ts'

/**
 * Opens an OpenEXR file, of which the first part is the picture: its colours or those of its first layer, or else its luminance or
 * first channel, as large as its display window. Where that has no pixels it is black, or transparent when it has transparency.
 */
export function openExr(file: SourceBytes): OpenedRaster {
  const part = readExrHeader(file)
  const { displayWindow, dataWindow, channels } = part
  const { rows, unpack } = packingOf(part.compression)
  const count = countChunks(part, rows)
  // However it is packed, each chunk has a place.
  if (part.offsetsAt + 8 * count > file.size)
    throw new IncompleteFile('The file ends before its chunks.')
  const shown = choose(channels)
  const { width, height } = sizeOf(displayWindow)
  return {
    width,
    height,
    bytesAPixel: LIGHT_BYTES,
    decode() {
      const planes = new Planes(shown, displayWindow)
      const offsets = file.read([{ start: part.offsetsAt, length: 8 * count }])
      for (let index = 0; index < count; index += 1) {
        const at = Number(offsets.readBigUInt64LE(8 * index)) + part.partBytes
        const headBytes = part.tiles === undefined ? 8 : 20
        const head = file.read([{ start: at, length: headBytes }])
        const window = windowOf(part, head, rows)
        if (window === undefined) throw new IncompleteFile('A chunk lies outside of the picture.')
        requireMemory(window)
        const chunk = chunkOf(channels, window)
        const length = head.readUInt32LE(headBytes - 4)
        const packed = file.read([{ start: at + headBytes, length }])
        // What would not become smaller is not packed.
        const samples = length < chunk.length ? unpack(packed, chunk) : packed
        if (samples.length < chunk.length) throw new IncompleteFile('A chunk ends too soon.')
        let from = 0
        for (const run of chunk.runs) {
          const end = from + run.count * run.channel.bytes
          planes.put(run.channel, { y: run.y, left: window.left }, samples.subarray(from, end))
          from = end
        }
      }
      return showLight({ width, height, ...planes.toLight(part), primaries: part.primaries })
    },
  }

  function requireMemory(window: ExrWindow): void {
    const { width: across, height: down } = sizeOf(window)
    if (across * down * 2 > MAX_READ_BYTES) throw new HugeFile('A chunk is too large.')
    if (sizeOf(dataWindow).width * 2 > MAX_READ_BYTES) throw new HugeFile('A row is too long.')
  }
}

function sizeOf({ left, top, right, bottom }: ExrWindow): { width: number; height: number } {
  return { width: right - left + 1, height: bottom - top + 1 }
}

/** Those of the picture itself, which come before those of smaller ones. */
function countChunks({ dataWindow, tiles }: ExrPart, rows: number): number {
  const { width, height } = sizeOf(dataWindow)
  return tiles === undefined
    ? Math.ceil(height / rows)
    : Math.ceil(width / tiles.width) * Math.ceil(height / tiles.height)
}

/** Which part of the picture is in a chunk, by its head; undefined when there is no such part. */
function windowOf(
  { dataWindow, tiles }: ExrPart,
  head: Buffer,
  rows: number,
): ExrWindow | undefined {
  const { left, top, right, bottom } = dataWindow
  const [first, second] = [head.readInt32LE(0), head.readInt32LE(4)]
  const across = tiles === undefined ? right - left + 1 : tiles.width
  const down = tiles?.height ?? rows
  const start = {
    left: left + (tiles === undefined ? 0 : first * across),
    top: tiles === undefined ? first : top + second * down,
  }
  if (start.left < left || start.left > right || start.top < top || start.top > bottom)
    return undefined
  return {
    ...start,
    right: Math.min(right, start.left + across - 1),
    bottom: Math.min(bottom, start.top + down - 1),
  }
}

/** What of the channels is shown: those of its colours, in their order, and that of its transparency. */
interface Shown {
  readonly kind: 'rgb' | 'grey' | 'luminance'
  readonly channels: readonly ExrChannel[]
  readonly alpha: ExrChannel | undefined
}

/** What a picture may be made of, the best first. */
const KINDS = [
  { kind: 'rgb', names: ['R', 'G', 'B'] },
  { kind: 'luminance', names: ['Y', 'RY', 'BY'] },
  { kind: 'grey', names: ['Y'] },
] as const

function choose(channels: readonly ExrChannel[]): Shown {
  // Names of channels in layers begin with that of the layer and a dot; those in none come first.
  const layers = new Set(channels.map(({ name }) => name.slice(0, name.lastIndexOf('.') + 1)))
  for (const layer of [...layers].toSorted((one, other) => one.length - other.length)) {
    const named = (name: string): ExrChannel | undefined =>
      channels.find((channel) => channel.name.toUpperCase() === (layer + name).toUpperCase())
    for (const { kind, names } of KINDS) {
      const found = names.flatMap((name) => named(name) ?? [])
      if (found.length === names.length) return { kind, channels: found, alpha: named('A') }
    }
  }
  const [first] = channels
  if (first === undefined) throw new IncompleteFile('The file has no channels.')
  return { kind: 'grey', channels: [first], alpha: undefined }
}

/** The samples of the channels that are shown, as far as they are within a window. */
class Planes {
  readonly #shown: Shown
  readonly #window: ExrWindow
  readonly #width: number
  readonly #planes: ReadonlyMap<ExrChannel, Float32Array>

  constructor(shown: Shown, window: ExrWindow) {
    const { width, height } = sizeOf(window)
    const kept = shown.alpha === undefined ? shown.channels : [...shown.channels, shown.alpha]
    this.#shown = shown
    this.#window = window
    this.#width = width
    this.#planes = new Map(kept.map((channel) => [channel, new Float32Array(width * height)]))
  }

  /** Puts the samples of a channel in a row, of which one may stand for several pixels. */
  put(channel: ExrChannel, { y, left }: { y: number; left: number }, samples: Buffer): void {
    const plane = this.#planes.get(channel)
    if (plane === undefined) return
    const { bytes, across, down } = channel
    const read = READERS[channel.type] ?? readFloat
    const first = Math.ceil(left / across) * across
    const { left: least, top, right, bottom } = this.#window
    for (let row = Math.max(y, top); row <= Math.min(y + down - 1, bottom); row += 1) {
      const start = (row - top) * this.#width - least
      for (let at = 0, x = first; at < samples.length; at += bytes, x += across) {
        const value = read(samples, at)
        for (let pixel = Math.max(x, least); pixel <= Math.min(x + across - 1, right); pixel += 1)
          plane[start + pixel] = value
      }
    }
  }

  toLight({ primaries }: ExrPart): Pick<Light, 'colours' | 'alpha' | 'most'> {
    const { kind, channels, alpha: covering } = this.#shown
    const [first, second, third] = channels.map((channel) => this.#planes.get(channel))
    if (first === undefined) throw new IncompleteFile('The file has no channels.')
    const alpha = covering && this.#planes.get(covering)
    if (kind === 'grey' || second === undefined || third === undefined)
      return { colours: [first], alpha }
    // Where one colour ends, that of its neighbour may shine far too bright with the luminance of this one.
    const most = kind === 'luminance' ? brightestOf([first]) : undefined
    if (kind === 'luminance') {
      const weights = luminanceOf(primaries)
      for (let at = 0; at < first.length; at += 1) {
        const luminance = first[at] ?? 0
        const red = luminance * (1 + (second[at] ?? 0))
        const blue = luminance * (1 + (third[at] ?? 0))
        first[at] = red
        second[at] = (luminance - weights[0] * red - weights[2] * blue) / weights[1]
        third[at] = blue
      }
    }
    return { colours: [first, second, third], alpha, most }
  }
}

const READERS: Readonly<Record<number, (samples: Buffer, at: number) => number>> = {
  [EXR_TYPES.whole]: (samples, at) => samples.readUInt32LE(at),
  [EXR_TYPES.half]: (samples, at) => halfToFloat(samples.readUInt16LE(at)),
  [EXR_TYPES.float]: readFloat,
}

function readFloat(samples: Buffer, at: number): number {
  return samples.readFloatLE(at)
}
