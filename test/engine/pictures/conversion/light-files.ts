import { deflateSync } from 'node:zlib'

/** Rows of pixels of red, green and blue light. */
export type Light = readonly (readonly (readonly [number, number, number])[])[]

/** Writes a PFM file, whose rows run from the bottom up. */
export function pfmOf(light: Light, { isLittle }: { readonly isLittle: boolean }): Buffer {
  const samples = light.toReversed().flat(2)
  const bytes = Buffer.alloc(samples.length * 4)
  for (const [index, sample] of samples.entries()) {
    if (isLittle) bytes.writeFloatLE(sample, 4 * index)
    else bytes.writeFloatBE(sample, 4 * index)
  }
  const size = `${light[0]?.length} ${light.length}`
  return Buffer.concat([Buffer.from(`PF\n${size}\n${isLittle ? '-1.0' : '1.0'}\n`), bytes])
}

/** Writes a file of the Radiance renderer without packing its pixels; in the usual order unless told otherwise. */
export function radianceOf(
  light: Light,
  order = `-Y ${light.length} +X ${light[0]?.length}`,
): Buffer {
  const pixels = light.flat().map((pixel) => {
    const exponent = Math.ceil(Math.log2(Math.max(...pixel, 2 ** -40))) + 1
    return Buffer.from([
      ...pixel.map((sample) => Math.floor((sample * 256) / 2 ** exponent)),
      exponent + 128,
    ])
  })
  return Buffer.concat([Buffer.from(`#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n${order}\n`), ...pixels])
}

/** How an OpenEXR file is written. */
interface ExrOptions {
  readonly isHalf?: boolean
  /** What comes before the names of its colours. */
  readonly layer?: string
  /** Channels beside the colours. */
  readonly others?: readonly string[]
  readonly alpha?: number
  readonly compression?: 'none' | 'zip'
  readonly left?: number
  readonly top?: number
}

/** Writes an OpenEXR file of rows. */
export function exrOf(
  light: Light,
  {
    isHalf = false,
    layer = '',
    others = [],
    alpha,
    compression = 'none',
    left = 0,
    top = 0,
  }: ExrOptions = {},
): Buffer {
  const [width, height] = [light[0]?.length ?? 0, light.length]
  const colours = ['R', 'G', 'B'].map((name) => `${layer}${name}`)
  const names = [...colours, ...others, ...(alpha === undefined ? [] : ['A'])].toSorted()
  const write = isHalf ? half : float
  const channels = names.map((name) =>
    Buffer.concat([text(name), ...[isHalf ? 1 : 2, 0, 1, 1].map(whole)]),
  )
  const window = [left, top, left + width - 1, top + height - 1].map(whole)
  const isZip = compression === 'zip'
  const attribute = (name: string, type: string, value: Buffer): Buffer =>
    Buffer.concat([text(name), text(type), whole(value.length), value])
  const header = Buffer.concat([
    Buffer.from([0x76, 0x2f, 0x31, 0x01, 2, 0, 0, 0]),
    attribute('channels', 'chlist', Buffer.concat([...channels, Buffer.alloc(1)])),
    attribute('compression', 'compression', Buffer.of(isZip ? 3 : 0)),
    attribute('dataWindow', 'box2i', Buffer.concat(window)),
    attribute('displayWindow', 'box2i', Buffer.concat(window)),
    attribute('lineOrder', 'lineOrder', Buffer.of(0)),
    Buffer.alloc(1),
  ])
  const rows = light.map((row) =>
    Buffer.concat(
      names.flatMap((name) =>
        row.map((pixel) =>
          write(name === 'A' ? (alpha ?? 1) : (pixel[colours.indexOf(name)] ?? 7)),
        ),
      ),
    ),
  )
  const chunks = (isZip ? [pack(Buffer.concat(rows))] : rows).map((content, index) =>
    Buffer.concat([whole(top + index), whole(content.length), content]),
  )
  let at = header.length + 8 * chunks.length
  const places = chunks.map((chunk) => {
    const place = Buffer.alloc(8)
    place.writeBigUInt64LE(BigInt(at))
    at += chunk.length
    return place
  })
  return Buffer.concat([header, ...places, ...chunks])
}

/** As ZIP has it: every other byte in two halves, and differences; as it is when that is not smaller. */
function pack(bytes: Buffer): Buffer {
  const halves = Buffer.from([
    ...bytes.filter((_, index) => index % 2 === 0),
    ...bytes.filter((_, index) => index % 2 === 1),
  ])
  const differences = halves.map((byte, index) =>
    index === 0 ? byte : (byte - (halves[index - 1] ?? 0) + 128) & 0xff,
  )
  const packed = deflateSync(differences)
  return packed.length < bytes.length ? packed : bytes
}

function text(words: string): Buffer {
  return Buffer.from(`${words}\0`)
}

function whole(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(value)
  return bytes
}

function float(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeFloatLE(value)
  return bytes
}

/** Of the numbers of half precision those that are 0 or a power of two. */
function half(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value === 0 ? 0 : (Math.log2(value) + 15) << 10)
  return bytes
}
