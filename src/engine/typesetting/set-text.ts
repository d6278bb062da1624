import { OperationError } from '../../base/operation-error.ts'
import { inkOf } from './drawing/ink.ts'
import type { Matrix } from './drawing/mark-paths.ts'
import { createPainter } from './drawing/paint-marks.ts'
import type { FontBook } from './fonts/font-book.ts'
import {
  layOut,
  marksOf,
  type ShapedParagraph,
  shapeParagraphs,
  type TextPlaces,
} from './layout/lay-out.ts'
import type { TextContent } from './text-content.ts'

/** The largest text that is drawn, in pixels. */
export const MAX_TEXT_PIXELS = 50_000_000

/** The longest side of a text, in pixels. */
const LONGEST_SIDE = 30_000

/** How often the size of a text that has to fit is halved between what fits and what does not. */
const FITTING_STEPS = 12

/** What rounding may leave over a whole pixel without its being seen. */
const UNSEEN = 0.1

/** Lengths in pixels; those of a box are 0 where they are as long as the text. */
export interface TextBox {
  readonly width: number
  readonly height: number
}

/** A text on nothing: red, green, blue and alpha, which is not premultiplied. */
export interface DrawnText extends TextBox {
  readonly pixels: Uint8Array<ArrayBuffer>
}

/**
 * Draws a text on nothing.
 *
 * @param box - a width that lines are broken to, and a height that cuts off what is below it, unless the text is fitted
 * @throws {@link OperationError} for letters or fonts that there are not, or more pixels than are drawn
 */
export function setText(text: TextContent, box: TextBox, book: FontBook): DrawnText {
  const angle = (((text.angle ?? 0) % 360) + 360) % 360
  const lines = boxOfLines(box, angle)
  const shaped = shapeParagraphs(text.paragraphs, book)
  const scale = (text.resolution / 72) * (text.fitted ? fitInto(shaped, lines, text) : 1)
  const places = layOutIn(shaped, lines, { scale, breaks: text.breaks })
  const marks = marksOf(places)
  const ink = inkOf(marks)
  const size = {
    width: lines.width || Math.max(places.width, ink?.right ?? 0) * scale,
    height: lines.height || places.height * scale,
  }
  // Letters that lean out at the left or the top are moved in (r-text-positioning).
  const right = Math.max(0, -(ink?.left ?? 0)) * scale
  const room = lines.height > 0 ? lines.height - places.height * scale : 0
  // What does not fit is cut off at its end, wherever it would stand if it did.
  const down =
    Math.max(0, room) * { top: 0, middle: 0.5, bottom: 1 }[text.vertical] +
    Math.max(0, -(ink?.top ?? 0)) * scale
  const grown = { width: lines.width || size.width + right, height: size.height }
  const turned = turn(grown, angle)
  const wanted = { width: whole(turned.width), height: whole(turned.height) }
  requireSize(wanted)
  const pixels = new Uint8Array(wanted.width * wanted.height * 4)
  const canvas = { ...wanted, pixels: new Uint8ClampedArray(pixels.buffer) }
  const [a, b, c, d, e, f] = turned.matrix
  const matrix: Matrix = [
    a * scale,
    b * scale,
    c * scale,
    d * scale,
    a * right + c * down + e,
    b * right + d * down + f,
  ]
  const paint = createPainter(canvas, { matrix, smooth: text.smooth ?? true })
  for (const mark of marks) paint(mark)
  return { ...wanted, pixels }
}

/**
 * The box that lines are laid out in, before they are turned.
 *
 * @throws {@link OperationError} text_angle_impossible
 */
function boxOfLines({ width, height }: TextBox, angle: number): TextBox {
  if (angle % 180 === 0) return { width: Math.round(width), height: Math.round(height) }
  if (angle % 90 === 0) return { width: Math.round(height), height: Math.round(width) }
  if (width === 0 && height === 0) return { width, height }
  throw new OperationError('text_angle_impossible', { angle })
}

function whole(length: number): number {
  return Math.max(1, Math.ceil(length - UNSEEN))
}

function requireSize(size: TextBox): void {
  if (size.width * size.height > MAX_TEXT_PIXELS) {
    throw new OperationError('text_too_large', { ...size, most: MAX_TEXT_PIXELS })
  }
  if (Math.max(size.width, size.height) > LONGEST_SIDE) {
    throw new OperationError('text_too_long', { ...size, most: LONGEST_SIDE })
  }
}

/** The box around a turned one, and how points get from the one into the other. */
function turn({ width, height }: TextBox, angle: number): TextBox & { readonly matrix: Matrix } {
  const radians = (angle * Math.PI) / 180
  const [cos, sin] = angle % 90 === 0 ? quarter(angle) : [Math.cos(radians), Math.sin(radians)]
  const corners = [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ].map(([x = 0, y = 0]) => ({ x: x * cos - y * sin, y: x * sin + y * cos }))
  const left = Math.min(...corners.map(({ x }) => x))
  const top = Math.min(...corners.map(({ y }) => y))
  return {
    width: Math.max(...corners.map(({ x }) => x)) - left,
    height: Math.max(...corners.map(({ y }) => y)) - top,
    matrix: [cos, sin, -sin, cos, -left, -top],
  }
}

/** Cosine and sine of quarter turns, without the rest that π leaves. */
function quarter(angle: number): readonly [number, number] {
  if (angle === 0) return [1, 0]
  if (angle === 90) return [0, 1]
  return angle === 180 ? [-1, 0] : [0, -1]
}

function layOutIn(
  shaped: readonly ShapedParagraph[],
  box: TextBox,
  { scale, breaks }: Pick<TextContent, 'breaks'> & { readonly scale: number },
): TextPlaces {
  return layOut(shaped, box.width > 0 ? box.width / scale : undefined, breaks)
}

/** The largest factor up to 1 by which the text is in its box; 1 for a box that grows with it. */
function fitInto(
  shaped: readonly ShapedParagraph[],
  box: TextBox,
  { resolution, breaks }: TextContent,
): number {
  if (box.width === 0 || box.height === 0) return 1
  const fits = (factor: number): boolean => {
    const scale = (resolution / 72) * factor
    const { height, widest } = layOutIn(shaped, box, { scale, breaks })
    return height * scale <= box.height && widest * scale <= box.width + 0.001
  }
  if (fits(1)) return 1
  let [least, most] = [0, 1]
  for (let step = 0; step < FITTING_STEPS; step += 1) {
    const middle = (least + most) / 2
    if (fits(middle)) least = middle
    else most = middle
  }
  return least === 0 ? most : least
}
