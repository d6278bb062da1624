import { type Size, scale, scaleToFit } from './dimensions.ts'
import type { FittedMark, PictureMark, PlacedMark } from './options.ts'

/** The size of a mark that is fitted into a picture; at least one pixel a side. */
export function fitMark(natural: Size, { scale: factor }: FittedMark, picture: Size): Size {
  return scale(natural, scaleToFit(natural, picture) * factor)
}

/** The size that is asked for; by itself a mark has its own, or that of the picture if it is larger. */
export function sizeMark(
  natural: Size,
  { width, height, widthPercent }: Omit<PictureMark, 'image'>,
  picture: Size,
): Size {
  if (widthPercent !== undefined) {
    return scale(natural, (picture.width * widthPercent) / 100 / natural.width)
  }
  if (width !== undefined && height !== undefined) return { width, height }
  if (width !== undefined || height !== undefined) {
    return scale(natural, scaleToFit(natural, { width, height }))
  }
  return scale(natural, Math.min(1, scaleToFit(natural, picture)))
}

/** Where a mark shall be. */
export type MarkPlacement = Pick<
  PlacedMark,
  'horizontal' | 'vertical' | 'marginHorizontal' | 'marginVertical'
>

/** Where a mark begins, from the left and the top of a picture. */
export function placeMark(
  { width, height }: Size,
  { horizontal, vertical, marginHorizontal, marginVertical }: MarkPlacement,
  picture: Size,
): { readonly left: number; readonly top: number } {
  return {
    left: START[horizontal](picture.width - width, marginHorizontal),
    top: START[vertical](picture.height - height, marginVertical),
  }
}

/** Where a mark starts, of the room that it leaves. */
const START = {
  left: (_room: number, margin: number) => margin,
  top: (_room: number, margin: number) => margin,
  center: (room: number) => room / 2,
  right: (room: number, margin: number) => room - margin,
  bottom: (room: number, margin: number) => room - margin,
}
