import { attributeOf, childOf, childrenOf, type Element } from '../../element.ts'
import { numberOf } from '../drawing-values.ts'
import { type Command, drawPath } from './draw-path.ts'
import { createLookup, GUIDE_UNIT, type Guide, type Lookup } from './guides.ts'
import type { Geometry, ShapePath } from './path.ts'

/** More of each than anybody makes. */
const MOST_GUIDES = 5000
const MOST_COMMANDS = 10_000

/** By how much paths are lighter or darker than their shape. */
const SHADES: Readonly<Record<string, number>> = {
  lighten: 0.4,
  lightenLess: 0.2,
  darken: -0.4,
  darkenLess: -0.2,
}

/** Draws a shape that has its formulas in the document, in a box of a size in points. */
export function customGeometry(element: Element, width: number, height: number): Geometry {
  const { lookup, define } = createLookup(width, height)
  for (const list of ['avLst', 'gdLst']) {
    for (const guide of guidesOf(childOf(element, list))) define(guide)
  }
  const text = childOf(element, 'rect')
  const edge = (name: string, otherwise: number): number => {
    const word = attributeOf(text, name)
    return word === undefined ? otherwise : lookup(word) / GUIDE_UNIT
  }
  return {
    paths: childrenOf(childOf(element, 'pathLst'), 'path').map((path) =>
      pathOf(path, lookup, { width, height }),
    ),
    text: {
      left: edge('l', 0),
      top: edge('t', 0),
      right: edge('r', width),
      bottom: edge('b', height),
    },
  }
}

/** The guides of a list, such as what a shape says of its adjustments. */
export function guidesOf(list: Element | undefined): Guide[] {
  return childrenOf(list, 'gd')
    .slice(0, MOST_GUIDES)
    .map((guide) => [attributeOf(guide, 'name') ?? '', attributeOf(guide, 'fmla') ?? ''])
}

function pathOf(
  path: Element,
  lookup: Lookup,
  { width, height }: { readonly width: number; readonly height: number },
): ShapePath {
  const [own, high] = [numberOf(path, 'w') ?? 0, numberOf(path, 'h') ?? 0]
  const scale = {
    x: own > 0 ? (width * GUIDE_UNIT) / own : 1,
    y: high > 0 ? (height * GUIDE_UNIT) / high : 1,
  }
  const fill = attributeOf(path, 'fill') ?? 'norm'
  return {
    steps: drawPath(path.children.slice(0, MOST_COMMANDS).flatMap(commandOf), lookup, scale),
    fill: fill === 'none' ? 'none' : (SHADES[fill] ?? 0),
    isStroked: !['0', 'false'].includes(attributeOf(path, 'stroke') ?? '1'),
  }
}

function commandOf(element: Element): Command[] {
  const points = childrenOf(element, 'pt').flatMap((point) => [
    attributeOf(point, 'x') ?? '0',
    attributeOf(point, 'y') ?? '0',
  ])
  switch (element.name) {
    case 'moveTo':
      return [['M', ...points]]
    case 'lnTo':
      return [['L', ...points]]
    case 'cubicBezTo':
      return [['C', ...points]]
    case 'quadBezTo':
      return [['Q', ...points]]
    case 'arcTo':
      return [
        ['A', ...['wR', 'hR', 'stAng', 'swAng'].map((name) => attributeOf(element, name) ?? '0')],
      ]
    case 'close':
      return [['Z']]
    default:
      return []
  }
}
