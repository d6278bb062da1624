import sharp, { type Matrix3x3, type Sharp } from 'sharp'
import type { Size } from '../../src/engine/pictures/dimensions.ts'

/** A picture that both engines make renditions of. */
export interface Source {
  /** The name of its file, which tells what is special about it. */
  readonly file: string
  /** The size of the upright picture, in pixels. */
  readonly size: Size
  /** It lies on its side. */
  readonly turned?: true
  /** It has no colours. */
  readonly grey?: true
  /** Its colours are mixed from inks. */
  readonly cmyk?: true
  draw: () => Promise<Buffer>
}

const SMALL = { width: 240, height: 160 }
const ODD = { width: 201, height: 133 }
const TALL = { width: 160, height: 240 }
const LARGE = { width: 1600, height: 1000 }
const DOTS_A_MM = 1 / 25.4

// Swaps red and blue.
const REVERSED: Matrix3x3 = [
  [0, 0, 1],
  [0, 1, 0],
  [1, 0, 0],
]

/** Small ones, so that an activation takes a second or two, and a large one. */
export const SOURCES: readonly Source[] = [
  { file: 'plain.jpg', size: SMALL, draw: () => photo(SMALL).jpeg({ quality: 90 }).toBuffer() },
  {
    file: 'turned.jpg',
    size: TALL,
    turned: true,
    draw: () => turned(photo(SMALL), 6).jpeg().toBuffer(),
  },
  {
    file: 'mirrored.jpg',
    size: TALL,
    turned: true,
    draw: () => turned(photo(SMALL), 5).jpeg().toBuffer(),
  },
  {
    file: '300dpi.jpg',
    size: ODD,
    draw: () => photo(ODD).withDensity(300).jpeg().toBuffer(),
  },
  {
    file: 'grey.jpg',
    size: ODD,
    grey: true,
    draw: () => photo(ODD).toColourspace('b-w').jpeg().toBuffer(),
  },
  {
    file: 'cmyk.jpg',
    size: SMALL,
    cmyk: true,
    draw: () => photo(SMALL).toColourspace('cmyk').jpeg().toBuffer(),
  },
  { file: 'large.jpg', size: LARGE, draw: () => photo(LARGE).withDensity(240).jpeg().toBuffer() },
  { file: 'plain.png', size: ODD, draw: () => photo(ODD).png().toBuffer() },
  {
    file: '200dpi.png',
    size: SMALL,
    draw: () => photo(SMALL).withDensity(200).png().toBuffer(),
  },
  { file: 'transparent.png', size: ODD, draw: () => photo(ODD, 4).png().toBuffer() },
  { file: 'palette.png', size: SMALL, draw: () => photo(SMALL).png({ palette: true }).toBuffer() },
  {
    file: '16bit.png',
    size: SMALL,
    draw: () => photo16(SMALL).toColourspace('rgb16').png().toBuffer(),
  },
  { file: 'plain.gif', size: SMALL, draw: () => photo(SMALL).gif().toBuffer() },
  { file: 'transparent.gif', size: ODD, draw: () => photo(ODD, 4).gif().toBuffer() },
  {
    file: '150dpi.tiff',
    size: SMALL,
    draw: () => photo(SMALL).withDensity(150).tiff({ compression: 'lzw' }).toBuffer(),
  },
  {
    file: '150x75dpi.tiff',
    size: ODD,
    draw: () =>
      photo(ODD)
        .tiff({ xres: 150 * DOTS_A_MM, yres: 75 * DOTS_A_MM })
        .toBuffer(),
  },
  { file: 'plain.webp', size: SMALL, draw: () => photo(SMALL).webp({ quality: 90 }).toBuffer() },
  { file: 'transparent.webp', size: ODD, draw: () => photo(ODD, 4).webp().toBuffer() },
  { file: 'p3.jpg', size: ODD, draw: () => photo(ODD).withIccProfile('p3').jpeg().toBuffer() },
  { file: 'animated.gif', size: SMALL, draw: () => frames(SMALL).gif().toBuffer() },
  {
    file: 'pages.tiff',
    size: SMALL,
    draw: () => frames(SMALL).tiff({ compression: 'lzw' }).toBuffer(),
  },
  {
    file: '150dpi.bmp',
    size: ODD,
    draw: () => toBmp(photo(ODD), ODD, 150),
  },
]

/** Gradients, some detail and a few hard edges; with four channels it fades out to the left and has a hole. */
function photo(size: Size, channels: 3 | 4 = 3): Sharp {
  const samples = Buffer.from(drawSamples(size, channels).map((sample) => sample * 255))
  return sharp(samples, { raw: { ...size, channels } })
}

/** Two pictures one after the other, the second one black. */
function frames({ width, height }: Size): Sharp {
  const first = drawSamples({ width, height }, 3).map((sample) => sample * 255)
  const samples = Buffer.concat([Buffer.from(first), Buffer.alloc(first.length)])
  return sharp(samples, {
    raw: { width, height: 2 * height, channels: 3, pageHeight: height },
  })
}

/** Lays the picture on its side, or mirrors it, by a tag of its Exif data. */
function turned(picture: Sharp, orientation: number): Sharp {
  return picture.withMetadata({ orientation, density: 96 })
}

function photo16(size: Size): Sharp {
  const samples = Uint16Array.from(drawSamples(size, 3), (sample) => sample * 65_535)
  return sharp(samples, { raw: { ...size, channels: 3 } })
}

function drawSamples({ width, height }: Size, channels: 3 | 4): number[] {
  return Array.from({ length: width * height * channels }, (_, index) => {
    const x = Math.floor(index / channels) % width
    const y = Math.floor(index / channels / width)
    const channel = index % channels
    return channel === 3 ? opacityAt(x / width, y / height) : sampleAt(x, y, channel)
  })
}

function sampleAt(x: number, y: number, channel: number): number {
  const shade = Math.sin(x / (31 + channel * 9)) * Math.cos(y / (43 - channel * 8))
  const detail = Math.sin((x + 2 * y) / 3)
  const edge = (x >> 6) % 2 === (y >> 5) % 2 ? 1 : -1
  return 0.5 + 0.2 * shade + 0.05 * detail + 0.15 * edge
}

function opacityAt(x: number, y: number): number {
  const inHole = Math.hypot(x - 0.8, y - 0.2) < 0.12
  return inHole ? 0 : Math.min(1, x * 3)
}

/** A BMP file of 24 bits a pixel, which sharp does not write: the lowest row first, and blue before green and red. */
async function toBmp(picture: Sharp, { width, height }: Size, dpi: number): Promise<Buffer> {
  const samples = await picture.flip().recomb(REVERSED).raw().toBuffer()
  const rowBytes = Math.ceil((width * 3) / 4) * 4
  const file = Buffer.alloc(54 + rowBytes * height)
  file.write('BM')
  const dotsAMetre = Math.round(dpi / 0.0254)
  const fields = [
    file.length,
    0,
    54,
    40,
    width,
    height,
    1 | (24 << 16),
    0,
    0,
    dotsAMetre,
    dotsAMetre,
  ]
  for (const [index, field] of fields.entries()) file.writeUInt32LE(field, 2 + 4 * index)
  for (let y = 0; y < height; y++) {
    samples.copy(file, 54 + y * rowBytes, y * width * 3, (y + 1) * width * 3)
  }
  return file
}
