import { promisify } from 'node:util'
import { deflate } from 'node:zlib'
import { type EmbeddedPicture, writePicturePage } from '../../pictures/picture-page.ts'
import type { Encoding } from '../encoding.ts'
import type { Raster } from '../raster.ts'
import { encodeJpeg } from './encode-jpeg.ts'
import type { EncodeTools, PixelEncoder } from './file-encoder.ts'
import { profileOf } from './icc-profile.ts'
import { toPoints } from './points.ts'
import { toSamples } from './samples.ts'

const compress = promisify(deflate)

/** How a picture is compressed in a PDF, and what comes of it. */
type Stored = Pick<EmbeddedPicture, 'channels' | 'filter'> & { readonly stored: Uint8Array }

/** Encodes a PDF of one page, which the picture covers, with JPEG data in it, which take the quality, or with no loss. */
export const encodePdf: PixelEncoder = async (raster, encoding, tools) => {
  const { width, height } = raster
  const { stored, channels, filter } = await store(raster, encoding, tools)
  const pieces = writePicturePage({
    width,
    height,
    orientation: 1,
    page: toPoints(raster, encoding),
    channels,
    profile: encoding.embedProfile ? await profileOf(encoding) : undefined,
    filter,
    bytes: stored.length,
    data: [stored],
  })
  return Buffer.concat([...pieces])
}

async function store(raster: Raster, encoding: Encoding, tools: EncodeTools): Promise<Stored> {
  if (encoding.compression === 'jpeg') return storeJpeg(raster, encoding, tools)
  const { samples, channels } = await toSamples(raster, encoding)
  if (encoding.compression === 'none') return { stored: samples, channels, filter: '' }
  const { width } = raster
  return {
    stored: await compress(toDifferences(samples, width * channels, channels)),
    channels,
    // Each number is told by how much it is more than that of the pixel before (TIFF 6.0, section 14).
    filter: `/Filter/FlateDecode/DecodeParms<</Predictor 2/Colors ${channels}/Columns ${width}>>`,
  }
}

const JPEG_CHANNELS = { gray: 1, rgb: 3, cmyk: 4 } as const

async function storeJpeg(raster: Raster, encoding: Encoding, tools: EncodeTools): Promise<Stored> {
  const { pixelType } = encoding
  const bare = { ...encoding, format: 'jpeg', embedProfile: false } as const
  const stored = await encodeJpeg(raster, { ...bare, mostBytes: undefined, xmp: undefined }, tools)
  // The inks of a JPEG count backwards, as those of Photoshop do.
  const backwards = pixelType === 'cmyk' ? '/Decode[1 0 1 0 1 0 1 0]' : ''
  return { stored, channels: JPEG_CHANNELS[pixelType], filter: `/Filter/DCTDecode${backwards}` }
}

function toDifferences(samples: Buffer, rowBytes: number, channels: number): Buffer {
  const differences = Buffer.allocUnsafe(samples.length)
  for (let row = 0; row < samples.length; row += rowBytes) {
    samples.copy(differences, row, row, row + channels)
    for (let at = row + channels; at < row + rowBytes; at += 1) {
      differences[at] = (samples[at] ?? 0) - (samples[at - channels] ?? 0)
    }
  }
  return differences
}
