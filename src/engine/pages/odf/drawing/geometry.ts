import { attributeOf, childOf, type Element } from '../../element.ts'
import { makeElement } from '../../slides/make-element.ts'
import { lengthOf, toNumber } from '../measures.ts'
import { writeEnhancedGeometry } from './enhanced-path.ts'
import { createPathWriter, type PathSpace } from './path-writer.ts'
import { readLinePlace, readPlace, type ShapePlace } from './place.ts'
import { boundsOf, drawSteps, readPolygon, readSvgPath } from './svg-path.ts'
import { readViewBox } from './view-box.ts'

/** Where a shape is, and its outline as slides have it. */
export interface ShapeForm {
  readonly place: ShapePlace
  readonly geometry: Element
  /** Whether it is a line, which nothing fills. */
  readonly isLine: boolean
}

/** A hundredth of a millimetre, in points. */
const HUNDREDTH = 72 / 2540

/** Reads where a shape is and what outline it has; undefined for what is no shape. */
export function readForm(shape: Element): ShapeForm | undefined {
  switch (shape.name) {
    case 'custom-shape': {
      const place = readPlace(shape)
      const own = childOf(shape, 'enhanced-geometry')
      const geometry = own === undefined ? preset('rect') : writeEnhancedGeometry(own, place)
      return { place, geometry, isLine: false }
    }
    case 'rect':
    case 'caption': {
      const place = readPlace(shape)
      return { place, geometry: boxOf(shape, place), isLine: false }
    }
    case 'ellipse':
    case 'circle':
      return readEllipse(shape)
    case 'line':
    case 'measure':
      return { place: readLinePlace(shape), geometry: preset('line'), isLine: true }
    case 'connector':
      return readConnector(shape)
    case 'path':
      return readPath(shape, readSvgPath(attributeOf(shape, 'd') ?? ''))
    case 'polygon':
      return readPath(shape, readPolygon(attributeOf(shape, 'points') ?? '', true))
    case 'polyline':
      return readPath(shape, readPolygon(attributeOf(shape, 'points') ?? '', false))
    default:
      return undefined
  }
}

function preset(name: string, guides: readonly Element[] = []): Element {
  return makeElement('prstGeom', { prst: name }, [makeElement('avLst', {}, guides)])
}

function boxOf(shape: Element, { width, height }: ShapePlace): Element {
  const radius = lengthOf(shape, 'corner-radius') ?? 0
  if (radius <= 0) return preset('rect')
  const share = Math.min(0.5, radius / (Math.min(width, height) || 1))
  return preset('roundRect', [
    makeElement('gd', { name: 'adj', fmla: `val ${Math.round(share * 100_000)}` }),
  ])
}

/** The box of a circle may be told by its middle. */
function ellipsePlace(shape: Element): ShapePlace {
  const across = lengthOf(shape, 'rx') ?? lengthOf(shape, 'r')
  const down = lengthOf(shape, 'ry') ?? lengthOf(shape, 'r')
  const [x, y] = [lengthOf(shape, 'cx'), lengthOf(shape, 'cy')]
  if (across === undefined || down === undefined || x === undefined || y === undefined) {
    return readPlace(shape)
  }
  const flips = { turned: 0, isFlippedX: false, isFlippedY: false }
  return { x: x - across, y: y - down, width: across * 2, height: down * 2, ...flips }
}

function readEllipse(shape: Element): ShapeForm {
  const place = ellipsePlace(shape)
  const kind = attributeOf(shape, 'kind') ?? 'full'
  if (kind === 'full') return { place, geometry: preset('ellipse'), isLine: false }
  const angle = (name: string): number =>
    ((toNumber(attributeOf(shape, name)) ?? 0) * Math.PI) / 180
  const [from, to] = [angle('start-angle'), angle('end-angle')]
  const turn = 2 * Math.PI
  const by = (((to - from) % turn) + turn) % turn || turn
  const writer = createPathWriter({ left: 0, top: 0, width: 2, height: 2 })
  // Angles are anticlockwise, from the right.
  writer.move([1 + Math.cos(from), 1 - Math.sin(from)])
  writer.arc([1, 1], [1, 1], -from, -by)
  if (kind === 'section') writer.line([1, 1])
  if (kind !== 'arc') writer.close()
  writer.end({ isFilled: kind !== 'arc', isStroked: true })
  return { place, geometry: writer.write(), isLine: kind === 'arc' }
}

function readPath(shape: Element, steps: ReturnType<typeof readSvgPath>): ShapeForm | undefined {
  const space = readViewBox(shape) ?? boundsOf(steps)
  if (space === undefined) return undefined
  const isClosed = steps.some(([name]) => name === 'Z')
  return { place: readPlace(shape), geometry: outlineIn(space, steps, isClosed), isLine: !isClosed }
}

function outlineIn(
  space: PathSpace,
  steps: ReturnType<typeof readSvgPath>,
  isFilled: boolean,
): Element {
  const writer = createPathWriter(space)
  drawSteps(steps, writer)
  writer.end({ isFilled, isStroked: true })
  return writer.write()
}

/** A line that is not straight is told as a path, in hundredths of a millimetre. */
function readConnector(shape: Element): ShapeForm {
  const place = readLinePlace(shape)
  const straight: ShapeForm = { place, geometry: preset('line'), isLine: true }
  const steps = readSvgPath(attributeOf(shape, 'd') ?? '')
  const [first] = steps
  const bounds = boundsOf(steps)
  if (attributeOf(shape, 'type') === 'line' || bounds === undefined || first?.[0] !== 'M')
    return straight
  const [x, y] = first[1]
  return {
    place: {
      x: (lengthOf(shape, 'x1') ?? 0) + (bounds.left - x) * HUNDREDTH,
      y: (lengthOf(shape, 'y1') ?? 0) + (bounds.top - y) * HUNDREDTH,
      width: bounds.width * HUNDREDTH,
      height: bounds.height * HUNDREDTH,
      turned: 0,
      isFlippedX: false,
      isFlippedY: false,
    },
    geometry: outlineIn(bounds, steps, false),
    isLine: true,
  }
}
