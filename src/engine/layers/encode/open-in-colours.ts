import type { Sharp } from 'sharp'
import type { Resolution } from '../../pictures/headers/resolution.ts'
import { sharp } from '../../pictures/libvips.ts'
import type { Encoding, WrittenColours } from '../encoding.ts'
import type { Raster, Undecoded } from '../raster.ts'
import { readRaster } from '../sharp-raster.ts'
import { convertColours, isBeyondLibvips } from './convert-colours.ts'
import { toInks } from './inks.ts'

/**
 * Opens a picture in the colours in which it is written: sRGB, one channel of grey, ink without a profile, or those of a
 * profile.
 *
 * @throws {@link OperationError} profile_unusable
 *
 * @param embedded - whether the file gets the profile of these colours, where there is one: ink without a profile, and grey,
 *   have none
 */
export async function openInColours(
  picture: Raster | Undecoded,
  { pixelType, profile }: WrittenColours,
  embedded: boolean,
): Promise<Sharp> {
  if (pixelType === 'gray' && !profile) return openPlain(picture).toColourspace('b-w')
  if (pixelType === 'cmyk' && !profile) return openInks(await readRaster(picture))
  const name = profile?.profile ?? 'srgb'
  if (name === 'srgb' && !embedded) return openPlain(picture)
  if (name !== 'srgb' && profile && isBeyondLibvips(profile)) {
    const converted = await convertColours(await readRaster(picture), { pixelType, profile })
    return openConverted(converted, pixelType, embedded)
  }
  // sharp has libvips convert as the profile has it for photos (perceptual), and without compensation of the black point. To
  // name a colour space as well would have the colours converted twice.
  return openPlain(picture).withIccProfile(name, { attach: embedded })
}

const SPACES = { rgb: 'srgb', gray: 'b-w', cmyk: 'cmyk' } as const

/** Without a conversion on the way: sharp makes none of what it is told to keep the profile of. */
function openConverted(
  file: Uint8Array,
  pixelType: WrittenColours['pixelType'],
  embedded: boolean,
): Sharp {
  const space = SPACES[pixelType]
  const image = sharp(file, { limitInputPixels: false, ignoreIcc: true })
    .pipelineColourspace(space)
    .toColourspace(space)
  return embedded ? image.keepIccProfile() : image
}

function openPlain(picture: Raster | Undecoded): Sharp {
  if ('open' in picture) return picture.open()
  const { pixels, width, height, channels } = picture
  return sharp(pixels, { raw: { width, height, channels }, limitInputPixels: false })
}

/** Four channels at once would be taken for RGB with transparency. */
function openInks(raster: Raster): Sharp {
  const { width, height } = raster
  const [cyan, ...others] = toInks(raster)
  const raw = { width, height, channels: 1 } as const
  return sharp(cyan, { raw, limitInputPixels: false })
    .joinChannel(others, { raw })
    .toColourspace('cmyk')
}

/** Has XMP written into the file, as it is, if there is any. */
export function withXmpOf(image: Sharp, { xmp }: Pick<Encoding, 'xmp'>): Sharp {
  return xmp === undefined || xmp === '' ? image : image.withXmp(xmp)
}

/** What a file is to say of its physical size. */
export function resolutionOf({ resolution }: Pick<Encoding, 'resolution'>): Resolution | undefined {
  return resolution === undefined ? undefined : { x: resolution, y: resolution }
}
