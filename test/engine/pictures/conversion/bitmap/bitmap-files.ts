/** A bitmap in a file, as it differs from one of two pixels above two others. */
export interface BitmapFile {
  readonly width?: number
  /** Negative from the top down. */
  readonly height?: number
  /** How long its header is; those of Windows have 40 bytes and more. */
  readonly header?: number
  readonly bits: number
  readonly compression?: number
  /** Behind its header, or in one that has room for them. */
  readonly masks?: readonly number[]
  /** Blue, green and red of each colour, in hexadecimal digits, with a fourth byte but in the oldest header. */
  readonly palette?: string
  readonly pixels: Buffer
}

const FILE_HEADER_BYTES = 14

/** Makes the part of a bitmap that is no file: header, masks, palette and pixels. */
export function bitmapOf({
  width = 2,
  height = 2,
  header: headerBytes = 40,
  bits,
  compression = 0,
  masks = [],
  palette = '',
  pixels,
}: BitmapFile): Buffer {
  return Buffer.concat([
    headerOf({ width, height, headerBytes, bits, compression, masks }),
    Buffer.from(palette, 'hex'),
    pixels,
  ])
}

/** Makes a BMP file. */
export function bmpOf(file: BitmapFile): Buffer {
  const bitmap = bitmapOf(file)
  const header = Buffer.alloc(FILE_HEADER_BYTES)
  header.write('BM')
  header.writeUInt32LE(FILE_HEADER_BYTES + bitmap.length, 2)
  header.writeUInt32LE(FILE_HEADER_BYTES + bitmap.length - file.pixels.length, 10)
  return Buffer.concat([header, bitmap])
}

function headerOf({
  width,
  height,
  headerBytes,
  bits,
  compression,
  masks,
}: {
  readonly width: number
  readonly height: number
  readonly headerBytes: number
  readonly bits: number
  readonly compression: number
  readonly masks: readonly number[]
}): Buffer {
  const isOldest = headerBytes === 12
  const header = Buffer.alloc(Math.max(headerBytes, 40 + 4 * masks.length))
  header.writeUInt32LE(headerBytes)
  if (isOldest) {
    for (const [index, value] of [width, height, 1, bits].entries())
      header.writeUInt16LE(value, 4 + 2 * index)
    return header.subarray(0, headerBytes)
  }
  header.writeInt32LE(width, 4)
  header.writeInt32LE(height, 8)
  header.writeUInt16LE(1, 12)
  header.writeUInt16LE(bits, 14)
  header.writeUInt32LE(compression, 16)
  for (const [index, mask] of masks.entries()) header.writeUInt32LE(mask, 40 + 4 * index)
  const isCut = headerBytes < 40
  return isCut ? header.subarray(0, headerBytes) : header
}
