import type { Extent, Rectangle, Resampling } from './composition.ts'
import { enlargeRaster } from './enlarge-raster.ts'
import { isSameExtent } from './geometry.ts'
import type { PictureView } from './layer-picture.ts'
import type { Raster } from './raster.ts'

/** How many pixels around what is enlarged are looked at. */
const MARGIN = 4

/** Makes a window on a part of a picture that is scaled to a size which is nowhere larger. */
export type Reduce = (view: PictureView) => Promise<Raster>

/**
 * Makes a window on a part of a picture at any size: what has to become smaller does so first, and only as much of it as the
 * window needs is enlarged, so that a tile of a picture that is thousands of pixels wide costs no more than a tile.
 */
export async function decodeWindow(view: PictureView, reduce: Reduce): Promise<Raster> {
  const { region, size, window, resampling } = view
  const { reduced, outer, part } = planReducing(view)
  const small = await reduce({ region, size: reduced, window: outer, resampling })
  if (isSameExtent(reduced, size)) return small
  return enlargeRaster(small, part, window, resampling === 'bilin' ? 'linear' : 'cubic')
}

/** Whether a window is made without enlarging anything. */
export function isReducedAlone(view: PictureView): boolean {
  return isSameExtent(planReducing(view).reduced, view.size)
}

/** What is held in memory on the way to a window. */
export function largestOnTheWay(view: PictureView): Extent {
  const { outer } = planReducing(view)
  return {
    width: Math.max(outer.width, view.window.width),
    height: Math.max(outer.height, view.window.height),
  }
}

/** What of a picture is reduced, to which size, and which part of that, in fractions of pixels, is enlarged then. */
function planReducing({ region, size, window }: PictureView): {
  readonly reduced: Extent
  readonly outer: Rectangle
  readonly part: Rectangle
} {
  const x = planAxis(region.width, size.width, window.x, window.width)
  const y = planAxis(region.height, size.height, window.y, window.height)
  return {
    reduced: { width: x.length, height: y.length },
    outer: { x: x.outer, y: y.outer, width: x.outerLength, height: y.outerLength },
    part: { x: x.part, y: y.part, width: x.partLength, height: y.partLength },
  }
}

function planAxis(from: number, to: number, start: number, length: number) {
  if (to <= from) {
    return { length: to, outer: start, outerLength: length, part: 0, partLength: length }
  }
  const scale = from / to
  const begin = start * scale
  const end = (start + length) * scale
  const outer = Math.max(0, Math.floor(begin) - MARGIN)
  const outerEnd = Math.min(from, Math.ceil(end) + MARGIN)
  return {
    length: from,
    outer,
    outerLength: outerEnd - outer,
    part: begin - outer,
    partLength: end - begin,
  }
}

/** The kernels of sharp by those of Adobe (r-is-http-resmode). Its bicubic sharper is a bicubic one that is sharpened. */
export const KERNELS = {
  bilin: 'linear',
  bicub: 'cubic',
  sharp2: 'lanczos3',
  bisharp: 'cubic',
} as const satisfies Readonly<Record<Resampling, string>>
