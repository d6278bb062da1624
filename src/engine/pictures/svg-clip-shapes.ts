import { Element } from 'domhandler'
import type { Drawing } from './svg-drawing.ts'
import { toSignedPixels } from './svg-lengths.ts'
import { type Box } from './svg-outlines.ts'
import { readPosition } from './svg-position.ts'
import { endOfBrackets, splitOutside } from './svg-styles.ts'

/** A box that a shape may be told to be about. */
const BOX = /(?:^|\s)((?:fill|stroke|view|border|content|padding|margin)-box)(?=\s|$)/

/** A shape as an element of SVG. */
type ToShape = (content: string, box: Box) => Element | undefined

/** The basic shapes (CSS Shapes 1 and 2). */
const SHAPES: Readonly<Record<string, ToShape>> = {
  circle: toCircle,
  ellipse: toEllipse,
  inset: toInset,
  xywh: toXywh,
  rect: toRect,
  polygon: toPolygon,
  path: toPath,
}

/** Cuts an element by a path of SVG, where CSS tells a shape to cut it by. */
export function shapeClip(element: Element, drawing: Drawing): void {
  const style = drawing.styles.get(element)
  const told = style?.get('clip-path') ?? element.attribs['clip-path'] ?? ''
  const [, name = ''] = /(?:^|\s)([a-z]+)\(/.exec(told) ?? []
  const toShape = SHAPES[name]
  const start = told.indexOf('(') + 1
  const end = endOfBrackets(told, start)
  if (style === undefined || toShape === undefined || end === undefined) return
  const [, about = 'border-box'] = BOX.exec(told.slice(end + 1)) ?? BOX.exec(told) ?? []
  const box = drawing.referenceBox(element, about)
  const clip = box && toShape(told.slice(start, end).trim(), box)
  if (clip === undefined) return
  const id = drawing.add('clipPath', { clipPathUnits: 'userSpaceOnUse' }, [clip])
  style.set('clip-path', `url(#${id})`)
}

function shape(name: string, attributes: Readonly<Record<string, number | string>>): Element {
  const texts = Object.entries(attributes).map(([key, value]) => [key, String(value)])
  return new Element(name, Object.fromEntries(texts))
}

/** How far a radius goes that is told in words or per cent. */
function readRadius(word: string, sides: readonly number[], whole: number): number | undefined {
  if (word === '' || word === 'closest-side') return Math.min(...sides)
  if (word === 'farthest-side') return Math.max(...sides)
  return toSignedPixels(word, whole)
}

function toCircle(content: string, box: Box): Element | undefined {
  const [radius = '', at = ''] = content.split(/\s*\bat\b\s*/)
  const place = readPosition(at, box)
  if (place === undefined) return undefined
  const [cx, cy] = place
  const sides = [cx - box.x, box.x + box.width - cx, cy - box.y, box.y + box.height - cy]
  const r = readRadius(
    radius.trim(),
    sides.map(Math.abs),
    Math.hypot(box.width, box.height) / Math.SQRT2,
  )
  return r === undefined ? undefined : shape('circle', { cx, cy, r })
}

function toEllipse(content: string, box: Box): Element | undefined {
  const [radii = '', at = ''] = content.split(/\s*\bat\b\s*/)
  const place = readPosition(at, box)
  if (place === undefined) return undefined
  const [cx, cy] = place
  const [across = '', down = ''] = radii.trim().split(/\s+/)
  const rx = readRadius(across, [cx - box.x, box.x + box.width - cx].map(Math.abs), box.width)
  const ry = readRadius(down, [cy - box.y, box.y + box.height - cy].map(Math.abs), box.height)
  return rx === undefined || ry === undefined ? undefined : shape('ellipse', { cx, cy, rx, ry })
}

/** Four values of which the last ones may be those across from them. */
function fourOf([
  first = '',
  second = first,
  third = first,
  fourth = second,
]: readonly string[]): readonly [string, string, string, string] {
  return [first, second, third, fourth]
}

function toInset(content: string, box: Box): Element | undefined {
  const [sides = '', round = ''] = content.split(/\s*\bround\b\s*/)
  const words = fourOf(sides.trim().split(/\s+/))
  const [top, right, bottom, left] = words.map((word, index) =>
    toSignedPixels(word, index % 2 === 0 ? box.height : box.width),
  )
  if (top === undefined || right === undefined || bottom === undefined || left === undefined)
    return undefined
  return toRounded(
    {
      x: box.x + left,
      y: box.y + top,
      width: box.width - left - right,
      height: box.height - top - bottom,
    },
    round,
    box,
  )
}

function toXywh(content: string, box: Box): Element | undefined {
  const [told = '', round = ''] = content.split(/\s*\bround\b\s*/)
  const [x, y, width, height] = told
    .trim()
    .split(/\s+/)
    .map((word, index) => toSignedPixels(word, index % 2 === 0 ? box.width : box.height))
  if (x === undefined || y === undefined || width === undefined || height === undefined)
    return undefined
  return toRounded({ x: box.x + x, y: box.y + y, width, height }, round, box)
}

function toRect(content: string, box: Box): Element | undefined {
  const [told = '', round = ''] = content.split(/\s*\bround\b\s*/)
  const ends = ['0%', '100%', '100%', '0%']
  const [top, right, bottom, left] = told
    .trim()
    .split(/[\s,]+/)
    .map((word, index) =>
      toSignedPixels(
        word === 'auto' ? (ends[index] ?? '') : word,
        index % 2 === 0 ? box.height : box.width,
      ),
    )
  if (top === undefined || right === undefined || bottom === undefined || left === undefined)
    return undefined
  return toRounded(
    { x: box.x + left, y: box.y + top, width: right - left, height: bottom - top },
    round,
    box,
  )
}

/** Four radii; none where nothing is told. */
function radiiOf(text: string, whole: number): (number | undefined)[] {
  return text.trim() === ''
    ? [0, 0, 0, 0]
    : fourOf(text.trim().split(/\s+/)).map((word) => toSignedPixels(word, whole))
}

/** A rectangle with corners that may each be round. */
function toRounded(area: Box, round: string, box: Box): Element | undefined {
  const [across = '', down = across] = round.split('/')
  const radii = [radiiOf(across, box.width), radiiOf(down, box.height)]
  const [rx = [], ry = []] = radii.map((list) => list.flatMap((each) => each ?? []))
  const width = Math.max(0, area.width)
  const height = Math.max(0, area.height)
  const [a = 0, b = 0, c = 0, d = 0] = rx
  const [e = 0, f = 0, g = 0, h = 0] = ry
  if (rx.length < 4 || ry.length < 4) return undefined
  // Corners that would meet are made smaller (CSS Backgrounds 3, section 5.5).
  const fit = Math.min(
    1,
    ...[
      [width, a + b],
      [width, c + d],
      [height, e + h],
      [height, f + g],
    ].map(([side = 0, sum = 0]) => (sum > 0 ? side / sum : 1)),
  )
  const { x, y } = area
  const arc = (index: number, to: readonly [number, number]): string =>
    `A${(rx[index] ?? 0) * fit} ${(ry[index] ?? 0) * fit} 0 0 1 ${to.join(' ')}`
  const path = [
    `M${x + a * fit} ${y}H${x + width - b * fit}`,
    arc(1, [x + width, y + f * fit]),
    `V${y + height - g * fit}`,
    arc(2, [x + width - c * fit, y + height]),
    `H${x + d * fit}`,
    arc(3, [x, y + height - h * fit]),
    `V${y + e * fit}`,
    arc(0, [x + a * fit, y]),
    'Z',
  ]
  return shape('path', { d: path.join('') })
}

const RULE = /^(nonzero|evenodd)\s*,\s*/

function toPolygon(content: string, box: Box): Element | undefined {
  const [, rule = 'nonzero'] = RULE.exec(content) ?? []
  const points = splitOutside(content.replace(RULE, ''), ',').map((point) => {
    const [across = '', down = ''] = point.trim().split(/\s+/)
    const [x, y] = [toSignedPixels(across, box.width), toSignedPixels(down, box.height)]
    return x === undefined || y === undefined ? undefined : `${box.x + x},${box.y + y}`
  })
  if (points.some((point) => point === undefined)) return undefined
  return shape('polygon', { points: points.join(' '), 'clip-rule': rule })
}

function toPath(content: string, box: Box): Element | undefined {
  const [, rule = 'nonzero'] = RULE.exec(content) ?? []
  const [, , path] = /^(["'])([^"']*)\1$/.exec(content.replace(RULE, '').trim()) ?? []
  if (path === undefined) return undefined
  return shape('path', { d: path, 'clip-rule': rule, transform: `translate(${box.x} ${box.y})` })
}
