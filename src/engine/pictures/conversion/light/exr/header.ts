import { type Chromaticity, type Primaries, SRGB_PRIMARIES } from '../../../meaning/colour-space.ts'
import { IncompleteFile, type SourceBytes, UnknownFeature } from '../../magick-source.ts'

/** How the samples of a channel are written, by its number in the file, and how long each is, in bytes. */
export const EXR_TYPES = { whole: 0, half: 1, float: 2 } as const
const TYPE_BYTES: Readonly<Record<number, number>> = { 0: 4, 1: 2, 2: 4 }

/** A channel of a part. */
export interface ExrChannel {
  readonly name: string
  readonly type: number
  /** How long a sample is, in bytes. */
  readonly bytes: number
  /** Whether what is packed with loss is packed as its logarithm. */
  readonly isLogarithmic: boolean
  /** Every which pixel across and down has a sample. */
  readonly across: number
  readonly down: number
}

/** Both edges are within. */
export interface ExrWindow {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** The first part of a file, which is all of most files. */
export interface ExrPart {
  /** In the order in which their samples come. */
  readonly channels: readonly ExrChannel[]
  readonly compression: number
  /** Where there are pixels, and which of them the picture shows. */
  readonly dataWindow: ExrWindow
  readonly displayWindow: ExrWindow
  /** Undefined where it has rows. */
  readonly tiles: { readonly width: number; readonly height: number } | undefined
  readonly primaries: Primaries
  /** Where the places of its chunks are told. */
  readonly offsetsAt: number
  /** How many bytes come before a chunk that tell whose it is. */
  readonly partBytes: number
}

/** Flags of the version (OpenEXR file layout, "Version Field"). */
const TILED = 0x200
const DEEP = 0x800
const MULTIPART = 0x1000

/** Far more than a header has, in bytes, channels and sides of a window. */
const MOST_HEADER_BYTES = 1_048_576
const MOST_CHANNELS = 1024
const FARTHEST = 1_000_000_000

/**
 * Reads the header of an OpenEXR file.
 *
 * @throws {@link IncompleteFile} when it is damaged, {@link UnknownFeature} when its first part is no flat picture
 */
export function readExrHeader(file: SourceBytes): ExrPart {
  const bytes = file.read([{ start: 0, length: Math.min(file.size, MOST_HEADER_BYTES) }])
  const version = bytes.length < 8 ? 0 : bytes.readUInt32LE(4)
  if ((version & 0xff) !== 2) throw new IncompleteFile('The file has no version 2.')
  const isMultipart = (version & MULTIPART) !== 0
  const words = new Words(bytes, 8)
  const first = readAttributes(words)
  // Those of the other parts, up to one without any.
  if (isMultipart) while (readAttributes(words).size > 0);
  const type = first.get('type')?.toString('latin1').replace(/\0$/, '') ?? ''
  if (type.startsWith('deep') || (version & DEEP) !== 0)
    throw new UnknownFeature('deep samples, which cannot be read; flat ones can')
  const isTiled = type === 'tiledimage' || (type === '' && (version & TILED) !== 0)
  return {
    channels: readChannels(required(first, 'channels', 1)),
    compression: required(first, 'compression', 1).readUInt8(),
    dataWindow: readWindow(required(first, 'dataWindow', 16)),
    displayWindow: readWindow(required(first, 'displayWindow', 16)),
    tiles: isTiled ? readTiles(required(first, 'tiles', 9)) : undefined,
    primaries: readPrimaries(first.get('chromaticities')),
    offsetsAt: words.at,
    partBytes: isMultipart ? 4 : 0,
  }
}

type Attributes = ReadonlyMap<string, Buffer>

function readAttributes(words: Words): Attributes {
  const attributes = new Map<string, Buffer>()
  for (let name = words.text(); name !== ''; name = words.text()) {
    words.text()
    attributes.set(name, words.bytes(words.whole()))
  }
  return attributes
}

function required(attributes: Attributes, name: string, length: number): Buffer {
  const value = attributes.get(name)
  if (value === undefined || value.length < length)
    throw new IncompleteFile(`The header has no ${name}.`)
  return value
}

function readChannels(list: Buffer): ExrChannel[] {
  const words = new Words(list, 0)
  const channels: ExrChannel[] = []
  for (let name = words.text(); name !== ''; name = words.text()) {
    const [type, flags, across, down] = [words.whole(), words.whole(), words.whole(), words.whole()]
    const bytes = TYPE_BYTES[type]
    const isSampled = across > 0 && down > 0 && across <= 64 && down <= 64
    if (bytes === undefined || !isSampled || channels.length === MOST_CHANNELS)
      throw new IncompleteFile('A channel is damaged.')
    channels.push({ name, type, bytes, isLogarithmic: (flags & 0xff) !== 0, across, down })
  }
  return channels
}

function readWindow(bytes: Buffer): ExrWindow {
  const [left = 0, top = 0, right = 0, bottom = 0] = [0, 4, 8, 12].map((at) =>
    bytes.readInt32LE(at),
  )
  const isWindow = right >= left && bottom >= top
  const isNear = [left, top, right, bottom].every((edge) => Math.abs(edge) < FARTHEST)
  if (!isWindow || !isNear) throw new IncompleteFile('A window has no size.')
  return { left, top, right, bottom }
}

function readTiles(bytes: Buffer): { width: number; height: number } {
  const [width, height] = [bytes.readUInt32LE(0), bytes.readUInt32LE(4)]
  if (width === 0 || height === 0) throw new IncompleteFile('The tiles have no size.')
  return { width, height }
}

function readPrimaries(bytes: Buffer | undefined): Primaries {
  if (bytes === undefined || bytes.length < 32) return SRGB_PRIMARIES
  const point = (at: number): Chromaticity => [bytes.readFloatLE(at), bytes.readFloatLE(at + 4)]
  const primaries = { red: point(0), green: point(8), blue: point(16), white: point(24) }
  return Object.values(primaries).every(isColour) ? primaries : SRGB_PRIMARIES
}

/** Blue of ACES lies below what there is. */
function isColour([x, y]: Chromaticity): boolean {
  return x > -1 && x < 2 && y > -1 && y < 2 && y !== 0
}

/** Reads one thing after the other; a header ends where its bytes end. */
class Words {
  at: number
  readonly #bytes: Buffer

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes
    this.at = at
  }

  /** A text up to its zero. */
  text(): string {
    const end = this.#bytes.indexOf(0, this.at)
    if (end === -1) throw new IncompleteFile('The header does not end.')
    const text = this.#bytes.toString('latin1', this.at, end)
    this.at = end + 1
    return text
  }

  /** A number of four bytes. */
  whole(): number {
    return this.bytes(4).readInt32LE()
  }

  bytes(length: number): Buffer {
    const end = this.at + length
    if (length < 0 || end > this.#bytes.length) throw new IncompleteFile('The header does not end.')
    const bytes = this.#bytes.subarray(this.at, end)
    this.at = end
    return bytes
  }
}
