import type { FontFace } from '../fonts/font-face.ts'
import type { Mark } from '../layout/mark-line.ts'
import { type Matrix, pathOf } from './mark-paths.ts'
import { type Canvas, type Mask, maskOf, stamp } from './mask.ts'

/** How large letters may be whose masks are kept for the next of the same kind, in pixels. */
const LARGEST_KEPT = 100

const MOST_KEPT = 20_000

/** Kept letters stand at every eighth of a pixel, which nobody sees. */
const PLACES = 8

/**
 * Makes what paints marks of a text.
 *
 * @param options.matrix - from points of the text to pixels of the canvas
 * @param options.smooth - whether pixels that are covered in part are painted in part, or else where half of them is covered
 */
export function createPainter(
  canvas: Canvas,
  { matrix, smooth }: { readonly matrix: Matrix; readonly smooth: boolean },
): (mark: Mark) => void {
  const kept = new Map<string, Mask | undefined>()
  const numbers = new Map<FontFace, number>()
  const whole = { left: 0, top: 0, right: canvas.width, bottom: canvas.height }
  const [a, b, c, d, e, f] = matrix
  const scale = Math.hypot(a, b)

  function numberOf(face: FontFace): number {
    const number = numbers.get(face) ?? numbers.size
    numbers.set(face, number)
    return number
  }

  function sharpen(mask: Mask | undefined): Mask | undefined {
    return smooth || mask === undefined
      ? mask
      : { ...mask, covered: mask.covered.map((part) => Math.round(part)) }
  }

  /** The mask of a letter at a place within a pixel, kept for the next one. */
  function maskAt(mark: Mark & { readonly kind: 'glyph' }, x: number, y: number): Mask | undefined {
    const { font, id, size } = mark
    const made = font.emboldened ? (font.slanted ? 3 : 2) : font.slanted ? 1 : 0
    const key = [numberOf(font.face), made, id, size.x, size.y, x, y].join(' ')
    if (kept.has(key)) return kept.get(key)
    const mask = sharpen(maskOf(pathOf({ ...mark, x: 0, y: 0 }, [a, b, c, d, x, y]), undefined))
    if (kept.size < MOST_KEPT) kept.set(key, mask)
    return mask
  }

  return (mark) => {
    if (mark.kind === 'inset') return
    const { colour } = mark
    if (mark.kind === 'glyph' && Math.max(mark.size.x, mark.size.y) * scale <= LARGEST_KEPT) {
      const [left, top] = [a * mark.x + c * mark.y + e, b * mark.x + d * mark.y + f]
      const [x, y] = [Math.floor(left), Math.floor(top)]
      const within = (part: number): number => Math.floor(part * PLACES) / PLACES
      const mask = maskAt(mark, within(left - x), within(top - y))
      if (mask) stamp(canvas, mask, { x, y, colour })
      return
    }
    const mask = sharpen(maskOf(pathOf(mark, matrix), whole))
    if (mask) stamp(canvas, mask, { x: 0, y: 0, colour })
  }
}
