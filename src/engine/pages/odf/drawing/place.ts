import { attributeOf, type Element } from '../../element.ts'
import { makeElement } from '../../slides/make-element.ts'
import { emu, lengthOf, toNumber, toPoints } from '../measures.ts'

/** Where a shape is, in points, and how it is turned, in degrees clockwise. */
export interface ShapePlace {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly turned: number
  readonly isFlippedX: boolean
  readonly isFlippedY: boolean
}

/** More steps than a transformation has. */
const MOST_STEPS = 20

/** Reads where a shape is that has a box. */
export function readPlace(shape: Element): ShapePlace {
  const width = Math.max(0, lengthOf(shape, 'width') ?? 0)
  const height = Math.max(0, lengthOf(shape, 'height') ?? 0)
  const [x, y] = [lengthOf(shape, 'x') ?? 0, lengthOf(shape, 'y') ?? 0]
  const geometry = shape.children.find(({ name }) => name === 'enhanced-geometry')
  const flips = {
    isFlippedX: attributeOf(geometry, 'mirror-horizontal') === 'true',
    isFlippedY: attributeOf(geometry, 'mirror-vertical') === 'true',
  }
  const transform = attributeOf(shape, 'transform')
  if (transform === undefined) return { x, y, width, height, turned: 0, ...flips }
  return { ...transformed({ x, y, width, height }, transform), ...flips }
}

/** Only turning, moving and scaling become of it (OpenDocument 1.3, part 3, 19.228). */
function transformed(
  { x, y, width, height }: Pick<ShapePlace, 'x' | 'y' | 'width' | 'height'>,
  transform: string,
): Pick<ShapePlace, 'x' | 'y' | 'width' | 'height' | 'turned'> {
  let middle: readonly [number, number] = [x + width / 2, y + height / 2]
  let turned = 0
  let [wide, high] = [width, height]
  const steps = [...transform.slice(0, 1000).matchAll(/([a-z]+)\s*\(([^)]*)\)/gi)].slice(
    0,
    MOST_STEPS,
  )
  for (const [, name = '', given = ''] of steps) {
    const words = given.trim().split(/[\s,]+/)
    const [first = 0, second = first] = words.map((word) => toNumber(word) ?? toPoints(word) ?? 0)
    const [a, b] = middle
    if (name === 'translate')
      middle = [a + (toPoints(words[0]) ?? 0), b + (toPoints(words[1]) ?? 0)]
    if (name === 'rotate') {
      // Anticlockwise, in radians.
      const [cos, sin] = [Math.cos(first), Math.sin(first)]
      middle = [a * cos + b * sin, -a * sin + b * cos]
      turned -= (first * 180) / Math.PI
    }
    if (name === 'scale') {
      middle = [a * first, b * second]
      wide *= Math.abs(first)
      high *= Math.abs(second)
    }
  }
  return { x: middle[0] - wide / 2, y: middle[1] - high / 2, width: wide, height: high, turned }
}

/** Reads where a line is, between its two ends. */
export function readLinePlace(shape: Element): ShapePlace {
  const at = (name: string): number => lengthOf(shape, name) ?? 0
  const [x1, y1, x2, y2] = [at('x1'), at('y1'), at('x2'), at('y2')]
  return {
    x: Math.min(x1, x2),
    y: Math.min(y1, y2),
    width: Math.abs(x2 - x1),
    height: Math.abs(y2 - y1),
    turned: 0,
    isFlippedX: x2 < x1,
    isFlippedY: y2 < y1,
  }
}

/** Writes where a shape is as a slide has it. */
export function writePlace({
  x,
  y,
  width,
  height,
  turned,
  isFlippedX,
  isFlippedY,
}: ShapePlace): Element {
  return makeElement(
    'xfrm',
    {
      rot: turned === 0 ? undefined : String(Math.round((((turned % 360) + 360) % 360) * 60_000)),
      flipH: isFlippedX ? '1' : undefined,
      flipV: isFlippedY ? '1' : undefined,
    },
    [
      makeElement('off', { x: emu(x), y: emu(y) }),
      makeElement('ext', { cx: emu(width), cy: emu(height) }),
    ],
  )
}
