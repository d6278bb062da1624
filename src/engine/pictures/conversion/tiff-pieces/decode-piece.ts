import { type IMagickImage, MagickImage, MagickReadSettings } from '@imagemagick/magick-wasm'
import { IncompleteFile } from '../magick-source.ts'
import { turnYcbcrIntoRgb } from '../samples.ts'
import type { NumberFormat } from './numbers.ts'
import { CODINGS, type Coding } from './piece-codings.ts'

/** JPEG 2000 may be a file in place of a stream: it begins with a box of 12 bytes (ISO 15444-1, I.5.1). */
const JP2_START = 0x0000000c

/** What a piece has, and how its samples are to be written. */
interface PieceFormat extends Pick<NumberFormat, 'bits' | 'isLittle'> {
  readonly rows: number
  readonly rowBytes: number
  /** How many samples a pixel has. */
  readonly samples: number
}

/**
 * Decodes a piece that is a picture of its own into the bytes that it has without compression.
 *
 * @throws {@link IncompleteFile} when it is another picture than it is to be, and what ImageMagick says of a damaged one
 */
export function decodePiece(packed: Buffer, compression: number, piece: PieceFormat): Buffer {
  const { rows, rowBytes, samples, bits } = piece
  const coding = CODINGS[compression]
  const width = Math.floor((rowBytes * 8) / (samples * bits))
  const image = MagickImage.create()
  try {
    const settings = new MagickReadSettings({ format: formatOf(packed, coding) })
    image.ping(packed, settings)
    if (image.width < width || image.height < rows || image.width * image.height > 4 * width * rows)
      throw new IncompleteFile('A piece of the picture has another size than it is to have.')
    image.read(packed, settings)
    const bytes = samplesOf(image, { width, rows, samples })
    if (coding?.ycbcr === true && samples === 3 && !isInRgb(packed))
      turnYcbcrIntoRgb(bytes, samples)
    return bits === 8 ? Buffer.from(bytes.buffer) : widen(bytes)
  } finally {
    image.dispose()
  }
}

function formatOf(packed: Buffer, coding: Coding | undefined): Coding['format'] {
  const format = coding?.format ?? 'PNG'
  const isFile = packed.length >= 4 && packed.readUInt32BE(0) === JP2_START
  return format === 'J2K' && isFile ? 'JP2' : format
}

/** The names that ImageMagick has for the channels, by how many there are. */
const CHANNELS: Readonly<Record<number, string>> = { 1: 'R', 2: 'RA', 3: 'RGB', 4: 'RGBA' }

function samplesOf(
  image: IMagickImage,
  { width, rows, samples }: { width: number; rows: number; samples: number },
): Uint8Array {
  return image.getPixels((pixels) => {
    // Where it has others, it has added what covers all, or told grey as colours.
    const bytes =
      image.channelCount === samples
        ? pixels.getArea(0, 0, width, rows)
        : pixels.toByteArray(0, 0, width, rows, CHANNELS[samples] ?? 'RGB')
    if (bytes?.length !== width * rows * samples)
      throw new IncompleteFile('A piece of the picture has other samples than it is to have.')
    return bytes.slice()
  })
}

/** How a stream of JPEG 2000 is coded, and where that says whether colours are decoded into red, green and blue (ISO 15444-1, A.6.1). */
const CODING_STYLE = Buffer.from([0xff, 0x52])
const TRANSFORM_AT = 8

function isInRgb(stream: Buffer): boolean {
  const at = stream.indexOf(CODING_STYLE)
  return at !== -1 && stream[at + TRANSFORM_AT] === 1
}

/** Bytes as numbers of 16 bits, both halves of which are the same. */
function widen(bytes: Uint8Array): Buffer {
  const wide = Buffer.alloc(2 * bytes.length)
  for (const [at, byte] of bytes.entries()) wide.fill(byte, 2 * at, 2 * at + 2)
  return wide
}
