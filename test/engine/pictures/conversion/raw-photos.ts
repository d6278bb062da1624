/** A field of a TIFF directory: tag, type and values, of which those of types 5 and 10 are fractions. */
type Field = readonly [tag: number, type: number, values: readonly number[] | string]

const BYTES: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 10: 8 }
const DENOMINATOR = 10_000
const ENTRY_BYTES = 12
const HEADER_BYTES = 8

/** The colours that the raw photo shows, as shares of linear light in sRGB. */
export const SCENE = {
  grey: [0.4, 0.4, 0.4],
  red: [0.6, 0.05, 0.05],
  blue: [0.05, 0.05, 0.6],
} as const

/** How much of each colour the sensor sees of white. */
const NEUTRAL = [0.5, 1, 0.6] as const

/** From XYZ to linear sRGB, which is what this sensor sees. */
const MATRIX = [3.1339, -1.6169, -0.4906, -0.9785, 1.916, 0.0333, 0.072, -0.229, 1.4057] as const

const THUMBNAIL = { width: 48, height: 32 }

/**
 * A DNG of a sensor with a Bayer pattern: grey on its left half, red above blue on its right, and a thumbnail in another
 * colour as its first picture.
 */
export function dngOf({
  width = 160,
  height = 120,
  orientation = 1,
  make = 'Darkroom',
  hasRaw = true,
} = {}): Buffer {
  const thumbnail = Buffer.alloc(THUMBNAIL.width * THUMBNAIL.height * 3, 10)
  const raw = mosaic(width, height)
  const first = (raws: number, pixels: number): Field[] => [
    [254, 4, [1]],
    [256, 4, [THUMBNAIL.width]],
    [257, 4, [THUMBNAIL.height]],
    [258, 3, [8, 8, 8]],
    [259, 3, [1]],
    [262, 3, [2]],
    [271, 2, make],
    [272, 2, 'Test'],
    [273, 4, [pixels]],
    [274, 3, [orientation]],
    [277, 3, [3]],
    [278, 4, [THUMBNAIL.height]],
    [279, 4, [thumbnail.length]],
    ...(hasRaw ? [[330, 4, [raws]] as const] : []),
    [50_706, 1, [1, 4, 0, 0]],
    [50_708, 2, 'Darkroom Test'],
    [50_721, 10, MATRIX],
    [50_728, 5, NEUTRAL],
    [50_778, 3, [21]],
  ]
  const second = (pixels: number): Field[] => [
    [254, 4, [0]],
    [256, 4, [width]],
    [257, 4, [height]],
    [258, 3, [16]],
    [259, 3, [1]],
    [262, 3, [32_803]],
    [273, 4, [pixels]],
    [277, 3, [1]],
    [278, 4, [height]],
    [279, 4, [raw.length]],
    [33_421, 3, [2, 2]],
    [33_422, 1, [0, 1, 1, 2]],
    [50_717, 3, [16_000]],
  ]
  const secondAt = HEADER_BYTES + directory(0, first(0, 0)).length
  const thumbnailAt = secondAt + directory(0, second(0)).length
  const header = Buffer.from('II*\0\x08\0\0\0', 'latin1')
  return Buffer.concat([
    header,
    directory(HEADER_BYTES, first(secondAt, thumbnailAt)),
    directory(secondAt, second(thumbnailAt + thumbnail.length)),
    thumbnail,
    raw,
  ])
}

function mosaic(width: number, height: number): Buffer {
  const pixels = Buffer.alloc(width * height * 2)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const name = x < width / 2 ? 'grey' : y < height / 2 ? 'red' : 'blue'
      const channel = (x % 2) + (y % 2)
      const light = (SCENE[name][channel] ?? 0) * (NEUTRAL[channel] ?? 0)
      pixels.writeUInt16LE(Math.round(light * 16_000), (y * width + x) * 2)
    }
  }
  return pixels
}

function directory(at: number, fields: readonly Field[]): Buffer {
  const entries = Buffer.alloc(2 + fields.length * ENTRY_BYTES + 4)
  entries.writeUInt16LE(fields.length)
  const values: Buffer[] = []
  let end = at + entries.length
  for (const [index, [tag, type, value]] of fields.entries()) {
    const bytes = typeof value === 'string' ? Buffer.from(`${value}\0`) : encode(type, value)
    const entry = 2 + index * ENTRY_BYTES
    entries.writeUInt16LE(tag, entry)
    entries.writeUInt16LE(type, entry + 2)
    entries.writeUInt32LE(bytes.length / (BYTES[type] ?? 1), entry + 4)
    if (bytes.length <= 4) {
      bytes.copy(entries, entry + 8)
    } else {
      const even = Buffer.concat([bytes, Buffer.alloc(bytes.length % 2)])
      entries.writeUInt32LE(end, entry + 8)
      values.push(even)
      end += even.length
    }
  }
  return Buffer.concat([entries, ...values])
}

function encode(type: number, values: readonly number[]): Buffer {
  const each = BYTES[type] ?? 1
  const bytes = Buffer.alloc(values.length * each)
  for (const [index, value] of values.entries()) {
    if (each === 8) {
      bytes.writeInt32LE(Math.round(value * DENOMINATOR), index * each)
      bytes.writeInt32LE(DENOMINATOR, index * each + 4)
    } else {
      bytes.writeUIntLE(value, index * each, each)
    }
  }
  return bytes
}

/** How photos of cameras begin that nobody develops here: their first bytes, by the extension of such files. */
const BEGINNINGS: Readonly<Record<string, string>> = {
  cr2: 'II*\0\x10\0\0\0CR\x02\0\0\0\0\0',
  cr3: '\0\0\0\x18ftypcrx \0\0\0\x01crx isom',
  crw: 'II\x1a\0\0\0HEAPCCDR',
  iiq: 'II*\0\x10\0\0\0IIII\0\0\0\0',
  mrw: '\0MRM\0\0\0\x10',
  orf: 'IIRO\x08\0\0\0',
  raf: 'FUJIFILMCCD-RAW 0201FF383501',
  rw2: 'IIU\0\x08\0\0\0',
  x3f: 'FOVb\0\0\x02\0',
}

/** What cameras call themselves whose photos are TIFF files, by the extension of those. */
const MAKERS: Readonly<Record<string, string>> = {
  '3fr': 'Hasselblad',
  arw: 'SONY',
  dcr: 'EASTMAN KODAK COMPANY',
  erf: 'SEIKO EPSON CORP.',
  mef: 'Mamiya-OP Co.,Ltd.',
  nef: 'NIKON CORPORATION',
  pef: 'PENTAX Corporation',
  srw: 'SAMSUNG',
}

/** The extensions of photos that {@link undevelopedPhoto} writes. */
export const UNDEVELOPED: readonly string[] = [...Object.keys(BEGINNINGS), ...Object.keys(MAKERS)]

/**
 * A photo of which nothing can be developed, and pictures that it carries of itself.
 *
 * @param extension - one of {@link UNDEVELOPED}
 * @param jpegs - the pictures, one behind the other
 * @param orientation - what a TIFF file says of how the camera was held
 */
export function undevelopedPhoto(
  extension: string,
  jpegs: readonly Buffer[],
  orientation = 1,
): Buffer {
  const noise = Buffer.from(Array.from({ length: 999 }, (_, index) => (index * 89) % 251))
  const pictures = jpegs.flatMap((jpeg) => [jpeg, noise])
  const beginning = BEGINNINGS[extension]
  if (beginning !== undefined)
    return Buffer.concat([Buffer.from(beginning, 'latin1'), noise, ...pictures])
  const first: Field[] = [
    [254, 4, [1]],
    [271, 2, MAKERS[extension] ?? ''],
    [274, 3, [orientation]],
  ]
  const header = Buffer.from('II*\0\x08\0\0\0', 'latin1')
  return Buffer.concat([header, directory(HEADER_BYTES, first), noise, ...pictures])
}
