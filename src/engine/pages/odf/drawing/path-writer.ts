import type { Element } from '../../element.ts'
import { makeElement } from '../../slides/make-element.ts'

/** The numbers that paths are written in, whatever their own size is. */
const SIZE = 100_000

/** More steps than anybody draws. */
const MOST_STEPS = 10_000

/** A place in the space of a path. */
export type Point = readonly [x: number, y: number]

/** The space that a path is in. */
export interface PathSpace {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** How a path is filled. */
export interface PathLook {
  readonly isFilled: boolean
  readonly isStroked: boolean
  readonly shade?: string | undefined
}

/** Writes paths of a shape as slides have them. */
export interface PathWriter {
  readonly move: (to: Point) => void
  readonly line: (to: Point) => void
  readonly curve: (one: Point, other: Point, to: Point) => void
  /** An arc around a middle, from an angle on by another one, both in radians clockwise. */
  readonly arc: (middle: Point, radii: Point, from: number, by: number) => void
  readonly close: () => void
  /** Ends a path, which has been of such a look. */
  readonly end: (look: PathLook) => void
  readonly current: () => Point
  /** All of them, as the outline of a shape. */
  readonly write: (text?: Element) => Element
}

function scaled(value: number, from: number, whole: number): string {
  const share = ((value - from) / (whole || 1)) * SIZE
  return String(Math.round(Math.min(1e9, Math.max(-1e9, Number.isFinite(share) ? share : 0))))
}

/** Makes what paths are gathered in. */
export function createPathWriter({ left, top, width, height }: PathSpace): PathWriter {
  const paths: Element[] = []
  let steps: Element[] = []
  let at: Point = [left, top]
  let start: Point = at
  let count = 0

  const toElement = ([x, y]: Point): Element =>
    makeElement('pt', { x: scaled(x, left, width), y: scaled(y, top, height) })
  const add = (name: string, points: readonly Point[]): void => {
    count += 1
    if (count <= MOST_STEPS) steps.push(makeElement(name, {}, points.map(toElement)))
    at = points.at(-1) ?? at
  }

  const writer: PathWriter = {
    move(to) {
      add('moveTo', [to])
      start = to
    },
    line: (to) => add('lnTo', [to]),
    curve: (one, other, to) => add('cubicBezTo', [one, other, to]),
    arc([x, y], [rx, ry], from, by) {
      const sweep = Math.min(2 * Math.PI, Math.max(-2 * Math.PI, by))
      const pieces = Math.max(1, Math.ceil(Math.abs(sweep) / (Math.PI / 2)))
      const step = sweep / pieces
      const reach = (4 / 3) * Math.tan(step / 4)
      for (let piece = 0; piece < pieces; piece += 1) {
        const [a, b] = [from + piece * step, from + (piece + 1) * step]
        writer.curve(
          [
            x + rx * (Math.cos(a) - reach * Math.sin(a)),
            y + ry * (Math.sin(a) + reach * Math.cos(a)),
          ],
          [
            x + rx * (Math.cos(b) + reach * Math.sin(b)),
            y + ry * (Math.sin(b) - reach * Math.cos(b)),
          ],
          [x + rx * Math.cos(b), y + ry * Math.sin(b)],
        )
      }
    },
    close() {
      if (steps.length > 0) steps.push(makeElement('close'))
      at = start
    },
    end({ isFilled, isStroked, shade }) {
      if (steps.length > 0) {
        const look = {
          fill: isFilled ? shade : 'none',
          stroke: isStroked ? undefined : '0',
        }
        paths.push(makeElement('path', { w: String(SIZE), h: String(SIZE), ...look }, steps))
      }
      steps = []
    },
    current: () => at,
    write: (text) => makeElement('custGeom', {}, [text, makeElement('pathLst', {}, paths)]),
  }
  return writer
}
