import { halfToFloat } from '../half.ts'
import { IncompleteFile, type SourceBytes } from '../magick-source.ts'

/** What the numbers of a sample are, whose bytes come the high one first from version 12 on. */
export interface Precision {
  /** How long a sample is, in bytes. */
  readonly bytes: 1 | 2 | 4 | 8
  /** Whether it is light itself rather than encoded as sRGB has it. */
  readonly isLight: boolean
  /** The number of a sample, of which 1 is white. */
  readonly read: (bytes: Buffer, at: number) => number
}

/** What the pixels of a layer or a mask are, and where. */
export interface XcfPixels {
  readonly width: number
  readonly height: number
  /** Where what tells their places begins. */
  readonly hierarchyAt: number
}

/** A layer, or a group of layers. */
export interface XcfLayer extends XcfPixels {
  /** 0 for colours, 2 for grey and 4 for numbers of the palette, and one more with transparency. */
  readonly type: number
  readonly left: number
  readonly top: number
  /** From 0 to 1. */
  readonly opacity: number
  readonly mode: number
  /** In which space it is blended and composed, where that is not left to the mode: 1 for light, 2 for what is encoded. */
  readonly blendSpace: number
  readonly composeSpace: number
  readonly isVisible: boolean
  readonly mask: XcfPixels | undefined
  /** Of a group, from the uppermost to the lowest. */
  readonly layers: readonly XcfLayer[] | undefined
}

/** A file of GIMP. */
export interface XcfFile {
  readonly width: number
  readonly height: number
  readonly kind: 'rgb' | 'grey' | 'indexed'
  readonly precision: Precision
  readonly palette: Buffer
  readonly compression: number
  /** How long a place in the file is, in bytes. */
  readonly placeBytes: 4 | 8
  /** From the uppermost to the lowest. */
  readonly layers: readonly XcfLayer[]
}

const HEADER_BYTES = 14
const KINDS = ['rgb', 'grey', 'indexed'] as const

/** Properties by their numbers (GIMP, "XCF specification"). */
const PROPERTY = {
  end: 0,
  palette: 1,
  opacity: 6,
  mode: 7,
  visible: 8,
  applyMask: 11,
  offsets: 15,
  compression: 17,
  group: 29,
  path: 30,
  exactOpacity: 33,
  composeSpace: 35,
  blendSpace: 37,
} as const

/** Far more than any file has. */
const MOST_LAYERS = 10_000
const MOST_PROPERTIES = 1000
const MOST_PROPERTY_BYTES = 16_777_216
const MOST_DEPTH = 16

/**
 * Reads what an XCF file says of its layers.
 *
 * @throws {@link IncompleteFile} when it is damaged
 */
export function readXcf(file: SourceBytes): XcfFile {
  const told = file.read([{ start: 0, length: HEADER_BYTES }]).toString('latin1', 9, 13)
  const version = told === 'file' ? 0 : Number(/^v(\d{3})$/.exec(told)?.[1] ?? Number.NaN)
  if (Number.isNaN(version)) throw new IncompleteFile('The file has no version.')
  const placeBytes = version >= 11 ? 8 : 4
  const reader = new Reader(file, HEADER_BYTES, placeBytes)
  const [width, height, kind] = [reader.whole(), reader.whole(), KINDS[reader.whole()]]
  if (kind === undefined || width < 1 || height < 1)
    throw new IncompleteFile('The picture has no size.')
  const precision = readPrecision(version, version >= 4 ? reader.whole() : 0)
  const properties = reader.properties()
  const palette = properties.get(PROPERTY.palette)?.subarray(4) ?? Buffer.alloc(0)
  const places: number[] = []
  for (let place = reader.place(); place > 0; place = reader.place()) {
    if (places.push(place) > MOST_LAYERS) throw new IncompleteFile('There are too many layers.')
  }
  const found = places.map((place) => readLayer(new Reader(file, place, placeBytes)))
  return {
    width,
    height,
    kind,
    precision,
    palette,
    compression: properties.get(PROPERTY.compression)?.[0] ?? 0,
    placeBytes,
    layers: nest(found, 0),
  }
}

/** A layer, and where in groups it is: the number of each group in the one around it, and its own. */
interface PlacedLayer {
  readonly layer: XcfLayer
  readonly path: readonly number[]
  readonly isGroup: boolean
}

/** Puts layers into the group that comes before them. */
function nest(placed: readonly PlacedLayer[], depth: number): XcfLayer[] {
  if (depth > MOST_DEPTH) throw new IncompleteFile('There are too many groups in groups.')
  const layers: XcfLayer[] = []
  for (let at = 0; at < placed.length;) {
    const { layer, isGroup } = placed[at] ?? {}
    let end = at + 1
    while ((placed[end]?.path.length ?? 0) > depth + 1) end += 1
    if (layer !== undefined)
      layers.push(
        isGroup ? { ...layer, layers: nest(placed.slice(at + 1, end), depth + 1) } : layer,
      )
    at = end
  }
  return layers
}

function readLayer(reader: Reader): PlacedLayer {
  const [width, height, type] = [reader.whole(), reader.whole(), reader.whole()]
  reader.skipText()
  const properties = reader.properties()
  const numberOf = (property: number, usual: number): number => {
    const value = properties.get(property)
    return value !== undefined && value.length >= 4 ? value.readInt32BE() : usual
  }
  const offsets = properties.get(PROPERTY.offsets)
  const exact = properties.get(PROPERTY.exactOpacity)
  const hierarchyAt = reader.place()
  const maskAt = reader.place()
  const opacity =
    exact !== undefined && exact.length >= 4
      ? exact.readFloatBE()
      : numberOf(PROPERTY.opacity, 255) / 255
  const path = properties.get(PROPERTY.path) ?? Buffer.alloc(4)
  return {
    layer: {
      width,
      height,
      type,
      hierarchyAt,
      left: offsets !== undefined && offsets.length >= 8 ? offsets.readInt32BE(0) : 0,
      top: offsets !== undefined && offsets.length >= 8 ? offsets.readInt32BE(4) : 0,
      opacity: Math.min(1, Math.max(0, opacity)),
      mode: numberOf(PROPERTY.mode, 0),
      blendSpace: numberOf(PROPERTY.blendSpace, 0),
      composeSpace: numberOf(PROPERTY.composeSpace, 0),
      isVisible: numberOf(PROPERTY.visible, 1) !== 0,
      mask:
        maskAt > 0 && numberOf(PROPERTY.applyMask, 1) !== 0
          ? readMask(reader.at(maskAt))
          : undefined,
      layers: undefined,
    },
    path: Array.from({ length: Math.floor(path.length / 4) }, (_, index) =>
      path.readUInt32BE(4 * index),
    ),
    isGroup: properties.has(PROPERTY.group),
  }
}

function readMask(reader: Reader): XcfPixels {
  const [width, height] = [reader.whole(), reader.whole()]
  reader.skipText()
  reader.properties()
  return { width, height, hierarchyAt: reader.place() }
}

/** Where the tiles of a layer or a mask are, row by row. */
export function placesOfTiles(
  file: SourceBytes,
  { hierarchyAt, width, height }: XcfPixels,
  placeBytes: 4 | 8,
  tiles: number,
): { readonly places: readonly number[]; readonly pixelBytes: number } {
  const hierarchy = new Reader(file, hierarchyAt, placeBytes)
  const size = [hierarchy.whole(), hierarchy.whole()]
  const pixelBytes = hierarchy.whole()
  // The first level is the picture; smaller ones are not written.
  const level = hierarchy.at(hierarchy.place())
  if (size[0] !== width || size[1] !== height || level.whole() !== width)
    throw new IncompleteFile('A layer has another size.')
  level.whole()
  return { places: Array.from({ length: tiles }, () => level.place()), pixelBytes }
}

function readPrecision(version: number, code: number): Precision {
  const isHighFirst = version >= 12
  const old = [150, 250, 300, 500, 600]
  // Those of versions 5 and 6 have no number for what is half as precise as a float.
  const known = version === 4 ? (old[code] ?? 0) : version < 7 && code >= 400 ? code + 100 : code
  const told = version < 4 ? 150 : known
  const isLight = told % 100 === 0
  const whole = (bytes: 1 | 2 | 4): Precision => ({
    bytes,
    isLight,
    read: (buffer, at) =>
      (isHighFirst ? buffer.readUIntBE(at, bytes) : buffer.readUIntLE(at, bytes)) /
      (2 ** (8 * bytes) - 1),
  })
  switch (Math.floor(told / 100)) {
    case 1:
      return whole(1)
    case 2:
      return whole(2)
    case 3:
      return whole(4)
    case 5:
      return {
        bytes: 2,
        isLight,
        read: (buffer, at) =>
          halfToFloat(isHighFirst ? buffer.readUInt16BE(at) : buffer.readUInt16LE(at)),
      }
    case 6:
      return {
        bytes: 4,
        isLight,
        read: (buffer, at) => (isHighFirst ? buffer.readFloatBE(at) : buffer.readFloatLE(at)),
      }
    case 7:
      return {
        bytes: 8,
        isLight,
        read: (buffer, at) => (isHighFirst ? buffer.readDoubleBE(at) : buffer.readDoubleLE(at)),
      }
    default:
      throw new IncompleteFile('The samples are of no precision that is known.')
  }
}

/** Reads one thing after the other. */
class Reader {
  readonly #file: SourceBytes
  readonly #placeBytes: 4 | 8
  #at: number

  constructor(file: SourceBytes, at: number, placeBytes: 4 | 8) {
    this.#file = file
    this.#at = at
    this.#placeBytes = placeBytes
  }

  at(place: number): Reader {
    return new Reader(this.#file, place, this.#placeBytes)
  }

  bytes(length: number): Buffer {
    if (length > MOST_PROPERTY_BYTES) throw new IncompleteFile('A part is too long.')
    const bytes = this.#file.read([{ start: this.#at, length }])
    this.#at += length
    return bytes
  }

  whole(): number {
    return this.bytes(4).readUInt32BE()
  }

  place(): number {
    const bytes = this.bytes(this.#placeBytes)
    return this.#placeBytes === 4 ? bytes.readUInt32BE() : Number(bytes.readBigUInt64BE())
  }

  skipText(): void {
    const length = this.whole()
    this.#at += length
  }

  properties(): ReadonlyMap<number, Buffer> {
    const properties = new Map<number, Buffer>()
    for (let left = MOST_PROPERTIES; left > 0; left -= 1) {
      const [type, length] = [this.whole(), this.whole()]
      if (type === PROPERTY.end) return properties
      properties.set(type, this.bytes(length))
    }
    throw new IncompleteFile('There are too many properties.')
  }
}
