import type { KernelEnum, Sharp } from 'sharp'
import {
  countPixels,
  isSameSize,
  nearestRegion,
  outerRegion,
  type Region,
  type Size,
  toStoredRegion,
  turnSize,
  turnUpright,
} from './dimensions.ts'
import { enlarge } from './enlarge.ts'
import { FAIL_ON, sharp } from './libvips.ts'
import { MAX_PIXELS_IN_MEMORY } from './memory.ts'
import type { Colour } from './options.ts'
import type { Source } from './source.ts'

/** The part of a source to decode, and to which size. */
export interface SourceView extends Size {
  /** Of a drawing, and only there: the size in pixels at which all of it is drawn. */
  readonly drawnAt?: Size
  /**
   * In pixels of the upright source and fractions of them, or in whole pixels of what is drawn; undefined for all of it.
   */
  readonly region: Region | undefined
  /** Whether the pixels are taken as they are stored, with the depth and the colour profile that they have. */
  readonly exact?: boolean
  /** Whether the pixels keep the numbers that they have by the profile of the source, rather than become sRGB. */
  readonly ownProfile?: boolean
  /** Whether all frames are decoded, one below the other, or the first. */
  readonly animated: boolean
  /** What replaces transparency; undefined when the format decides. */
  readonly background: Colour | undefined
}

/**
 * Opens a view of a source for decoding: upright, its colours on their way to 8-bit sRGB. It is turned last, since mirroring
 * and rotating need all of a picture in memory, and there is less of it by then.
 *
 * libvips takes 16-bit RGB that has a colour profile to Display P3, and without a profile in the file the result is
 * read as sRGB: every colour comes out paler; of 16-bit grey it leaves the profile out. Narrowed to 8 bits first, such an
 * image goes to sRGB like any other.
 */
export async function decodeSource(source: Source, view: SourceView): Promise<Sharp> {
  const { input, orientation, narrowTo } = source
  const { animated, region, drawnAt = view, background } = view
  if (typeof input !== 'string') return input.draw({ drawnAt, region, background })
  const isExact = view.exact === true
  if (isExact && source.space !== 'cmyk')
    return turnUpright(openExactly(input, source), orientation)
  // Whoever made the view has counted the pixels.
  const ignoreIcc = view.ownProfile === true
  const options = { failOn: FAIL_ON, limitInputPixels: false, ignoreIcc } as const
  const file = source.bytes ?? input
  const image = sharp(file, { ...options, ...(animated ? { animated } : { page: source.page }) })
  const narrowed =
    narrowTo !== undefined ? image.pipelineColourspace(narrowTo) : isExact ? keepInks(image) : image
  const cut = (part: Region) => narrowed.extract(toStoredRegion(part, source, orientation))
  const part = region && nearestRegion(region, source)
  const whole = part ?? source
  const reduced = {
    width: Math.min(whole.width, view.width),
    height: Math.min(whole.height, view.height),
  }
  const enlarges = !isSameSize(reduced, view)
  // In a picture that is larger, or has several frames below each other, nobody sees that libvips is half a pixel off.
  if (!enlarges || animated || countPixels(view) > MAX_PIXELS_IN_MEMORY) {
    const shown = part ? cut(part) : narrowed
    return turnUpright(resize(shown, turnSize(view, orientation)), orientation)
  }
  if (region !== undefined && region.width <= view.width && region.height <= view.height) {
    const outer = outerRegion(region)
    const inside = { left: region.left - outer.left, top: region.top - outer.top }
    return enlarge(turnUpright(cut(outer), orientation), { ...region, ...inside }, view)
  }
  const shown = part ? cut(part) : narrowed
  const small = turnUpright(resize(shown, turnSize(reduced, orientation)), orientation)
  return enlarge(small, { left: 0, top: 0, ...reduced }, view)
}

function openExactly(path: string, { space }: Source): Sharp {
  return sharp(path, { failOn: FAIL_ON, limitInputPixels: false })
    .keepIccProfile()
    .toColourspace(space ?? 'srgb')
}

/** Has a picture in CMYK computed with in its inks, and keep the profile that says which they are. */
function keepInks(image: Sharp): Sharp {
  return image.pipelineColourspace('cmyk').toColourspace('cmyk').keepIccProfile()
}

/** Exactly this size. The aspect ratio was kept when it was computed, and here it must not be rounded once more. */
export function resize(
  image: Sharp,
  { width, height }: Size,
  kernel: keyof KernelEnum = 'lanczos3',
): Sharp {
  return image.resize(width, height, { fit: 'fill', kernel })
}

/** Whether a source can be decoded to its last row. Reads all of it, so ask only when something went wrong. */
export async function isDecodable(source: Source): Promise<boolean> {
  try {
    const image = await decodeSource(source, {
      width: 1,
      height: 1,
      region: undefined,
      animated: source.frames > 1,
      background: undefined,
    })
    await image.raw().toBuffer()
    return true
  } catch {
    return false
  }
}
