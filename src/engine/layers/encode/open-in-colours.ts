import type { Sharp } from 'sharp'
import type { Resolution } from '../../pictures/headers/resolution.ts'
import { sharp } from '../../pictures/libvips.ts'
import type { Encoding } from '../encoding.ts'
import type { Raster } from '../raster.ts'
import { toInks } from './inks.ts'

/** What says in which colours a picture is written. */
export type WrittenColours = Pick<Encoding, 'pixelType' | 'profile'>

/**
 * Opens a picture in the colours in which it is written: sRGB, one channel of grey, ink without a profile, or those of a
 * profile.
 *
 * @param embedded - whether the file gets the profile of these colours, where there is one: ink without a profile, and grey,
 *   have none
 */
export function openInColours(
  raster: Raster,
  { pixelType, profile }: WrittenColours,
  embedded: boolean,
): Sharp {
  if (pixelType === 'gray') return openPlain(raster).toColourspace('b-w')
  if (pixelType === 'cmyk' && profile === undefined) return openInks(raster)
  const name = profile?.profile ?? 'srgb'
  if (name === 'srgb' && !embedded) return openPlain(raster)
  // libvips converts as the profile has it for photos (perceptual), whatever intent is asked for. To name a colour space
  // as well would have the colours converted twice.
  return openPlain(raster).withIccProfile(name, { attach: embedded })
}

function openPlain({ pixels, width, height, channels }: Raster): Sharp {
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
