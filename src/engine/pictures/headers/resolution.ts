/** How many pixels an image has to an inch, in each direction: its physical size. */
export interface Resolution {
  readonly x: number
  readonly y: number
}

/**
 * What an image counts as that says nothing of its resolution, when it has to be resampled to another: ImageMagick's
 * assumption, and so that of Adobe's SDK.
 */
export const DEFAULT_RESOLUTION: Resolution = { x: 72, y: 72 }

/** In pixels per inch: ten times what the finest film scanners do. What damage makes more of it is none. */
export const MOST_RESOLUTION = 100_000

/** Centimetres in an inch, since JPEG and TIFF may count by the centimetre. */
export const CENTIMETRES = 2.54

/** Metres in an inch, since PNG counts by the metre. */
export const METRES = 0.0254

/** The pixels per inch of one pixel per millimetre, in which libvips counts. */
const MILLIMETRES = 25.4

/** A resolution as libvips takes it for a TIFF; one pixel per millimetre, which is its own default, without any. */
export function tiffResolution(resolution: Resolution | undefined) {
  const { x, y } = resolution ?? { x: MILLIMETRES, y: MILLIMETRES }
  return { resolutionUnit: 'inch', xres: x / MILLIMETRES, yres: y / MILLIMETRES } as const
}
