import type { Box } from '../drawing/shapes.ts'
import { childOf, type Element } from '../element.ts'
import { makeElement } from './make-element.ts'

/** Where shapes say where they are and how large; what they say may be from another sheet, or nothing. */
const PLACED: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({ sp: 'spPr', cxnSp: 'spPr', pic: 'spPr', grpSp: 'grpSpPr' }),
)

/** What a shape says of its own place, size and turn. */
export function transformOf(shape: Element): Element | undefined {
  const holder =
    shape.name === 'graphicFrame' ? shape : childOf(shape, PLACED.get(shape.name) ?? '')
  return childOf(holder, 'xfrm')
}

/** A shape in another place and of another size, before it is turned; one that has no place stays as it is. */
export function withPlace(shape: Element, box: Box): Element {
  if (shape.name === 'graphicFrame') return withTransform(shape, box)
  const place = PLACED.get(shape.name)
  if (place === undefined) return shape
  return {
    ...shape,
    children: shape.children.map((child) =>
      child.name === place ? withTransform(child, box) : child,
    ),
  }
}

function withTransform(element: Element, { x, y, width, height }: Box): Element {
  const own = childOf(element, 'xfrm')
  const transform = makeElement('xfrm', own?.attributes, [
    makeElement('off', { x: toEmu(x), y: toEmu(y) }),
    makeElement('ext', { cx: toEmu(width), cy: toEmu(height) }),
    ...(own?.children.filter(({ name }) => name === 'chOff' || name === 'chExt') ?? []),
  ])
  const others = element.children.filter((child) => child !== own)
  return { ...element, children: [transform, ...others] }
}

/** English metric units a point. */
const EMU = 12_700

function toEmu(points: number): string {
  return String(Math.round(points * EMU))
}
