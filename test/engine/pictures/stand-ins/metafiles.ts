/** A record of an EMF file: its number, and its numbers of 32 bits or bytes behind them. */
export type EmfRecord = readonly [type: number, ...content: readonly (number | Buffer)[]]

/** Of a device of 1920 × 1080 pixels on 508 × 285.75 millimetres, 96 an inch. */
const DEVICE = [1920, 1080, 508, 286] as const

/** How many hundredths of a millimetre a pixel of that device has. */
const HUNDREDTHS = 50_800 / 1920

/** An EMF file of a width and a height in pixels of 96 an inch. */
export function emfOf(width: number, height: number, records: readonly EmfRecord[]): Buffer {
  const bodies = [...records, [14, 0, 16, 20] as const].map(([type, ...content]) => {
    const body = Buffer.concat(content.map((each) => (typeof each === 'number' ? int(each) : each)))
    return Buffer.concat([int(type), int(8 + body.length), body])
  })
  const frame = [0, 0, Math.round(width * HUNDREDTHS), Math.round(height * HUNDREDTHS)]
  const body = Buffer.concat(bodies)
  const header = Buffer.concat([
    ...[1, 88, 0, 0, width - 1, height - 1, ...frame].map(int),
    Buffer.from(' EMF'),
    ...[0x10000, 88 + body.length, records.length + 2].map(int),
    shorts(8, 0),
    ...[0, 0, 0, ...DEVICE].map(int),
  ])
  return Buffer.concat([header, body])
}

/** Points of 16 bits. */
export function shorts(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2)
  for (const [index, value] of values.entries()) bytes.writeInt16LE(value, index * 2)
  return bytes
}

/** A number of 32 bits. */
export function int(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(value | 0)
  return bytes
}

/** A colour as it stands in a metafile. */
export function colourRef([red, green, blue]: readonly [number, number, number]): number {
  return red | (green << 8) | (blue << 16)
}

/** A record of a WMF file: its function, and its numbers of 16 bits or bytes. */
export type WmfRecord = readonly [code: number, ...content: readonly (number | Buffer)[]]

/** A WMF file, with a header that says how large it is unless it is left out. */
export function wmfOf(
  records: readonly WmfRecord[],
  placeable?: { readonly box: readonly [number, number, number, number]; readonly perInch: number },
): Buffer {
  const bodies = [...records, [0] as const].map(([code, ...content]) => {
    const body = Buffer.concat(
      content.map((each) => (typeof each === 'number' ? shorts(each) : each)),
    )
    const padded = Buffer.concat([body, Buffer.alloc(body.length % 2)])
    return Buffer.concat([int(3 + padded.length / 2), shorts(code), padded])
  })
  const body = Buffer.concat(bodies)
  const header = Buffer.concat([
    shorts(1, 9, 0x300),
    int(9 + body.length / 2),
    shorts(8),
    int(100),
    shorts(0),
  ])
  if (placeable === undefined) return Buffer.concat([header, body])
  const key = Buffer.concat([
    Buffer.from('d7cdc69a', 'hex'),
    shorts(0, ...placeable.box, placeable.perInch),
    Buffer.alloc(4),
  ])
  const sum = key.readUInt16LE(0)
  return Buffer.concat([key, shorts(sum > 0x7fff ? sum - 0x10000 : sum), header, body])
}

/** A row of pixels, filled up to a multiple of four bytes. */
const row = (...colours: readonly (readonly [number, number, number])[]): Buffer =>
  Buffer.from([...colours.flatMap(([red, green, blue]) => [blue, green, red]), 0, 0])

/** A bitmap of 24 bits from the bottom up, of two rows of two pixels: its header, and its pixels. */
export function bitmapOf(
  topLeft: readonly [number, number, number],
  topRight: readonly [number, number, number],
  bottomLeft: readonly [number, number, number],
  bottomRight: readonly [number, number, number],
): { readonly header: Buffer; readonly bits: Buffer } {
  const header = Buffer.concat([
    ...[40, 2, 2].map(int),
    shorts(1, 24),
    ...[0, 16, 0, 0, 0, 0].map(int),
  ])
  return { header, bits: Buffer.concat([row(bottomLeft, bottomRight), row(topLeft, topRight)]) }
}
