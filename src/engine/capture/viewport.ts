import type { CaptureOptions } from './capture-options.ts'
import { PAGE_FORMATS } from './page-formats.ts'

/** What a page is shown in, in its own pixels; `scale` is how many pixels of the picture each of them is a side. */
export interface Viewport {
  readonly width: number
  readonly height: number
  readonly scale: number
}

/** Of a laptop, in pixels. */
const USUAL = { width: 1280, height: 800 }

const PIXELS_A_MM = 96 / 25.4

/**
 * What a page is shown in that becomes a picture: as large as the paper that is asked for, or else as a window. Zooming makes what is
 * seen larger and leaves the picture as wide as it is, as browsers do.
 */
export function toViewport(options: CaptureOptions): Viewport {
  const { pageFormat, pageWidth, pageHeight, pageOrientation, zoom = 1 } = options
  const [paperWidth, paperHeight] = pageFormat === undefined ? [] : PAGE_FORMATS[pageFormat]
  const upright = {
    width: toPixels(pageWidth === undefined ? paperWidth : pageWidth * 10) ?? USUAL.width,
    height: toPixels(pageHeight === undefined ? paperHeight : pageHeight * 10) ?? USUAL.height,
  }
  const isTurned = pageOrientation === 'landscape' && upright.height > upright.width
  const { width, height } = isTurned ? { width: upright.height, height: upright.width } : upright
  return { width: Math.ceil(width / zoom), height: Math.ceil(height / zoom), scale: zoom }
}

function toPixels(millimetres: number | undefined): number | undefined {
  return millimetres === undefined ? undefined : Math.max(1, Math.round(millimetres * PIXELS_A_MM))
}

/** What of a page becomes the picture, in its own pixels: all of it, up to the most pixels that a picture has a side. */
export function toClip(
  page: { readonly width: number; readonly height: number },
  { width, height, scale }: Viewport,
  mostPixels: number,
): { x: number; y: number; width: number; height: number } {
  const most = Math.floor(mostPixels / scale)
  return {
    x: 0,
    y: 0,
    width: Math.min(Math.max(width, page.width), most),
    height: Math.min(Math.max(height, page.height), most),
  }
}
