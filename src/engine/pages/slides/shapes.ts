import { multiply } from '../../../base/affine.ts'
import type { GroupMark, Matrix, PageMark } from '../drawing/page.ts'
import { attributeOf, childOf, descend, descendantsOf, type Element, linkOf } from '../element.ts'
import { drawChart } from './charts/chart.ts'
import { diagramOf } from './diagrams.ts'
import type { DrawingTools } from './drawing-tools.ts'
import { degreesOf } from './drawing-values.ts'
import { type Fill, findFill, readPartPicture } from './fills.ts'
import {
  type Frame,
  frameOf,
  frameWithin,
  type Placed,
  place,
  readTransform,
  type Transform,
} from './frames.ts'
import type { Geometry } from './geometry/path.ts'
import { paintGeometry } from './paint.ts'
import { modelsOf, placeholderOf } from './placeholders.ts'
import { fillOf, geometryOf, type LookSource, outlineOf } from './shape-look.ts'
import { drawShapeText } from './shape-text.ts'
import { drawTable } from './tables/table.ts'

/** As many shapes are drawn of a slide; so many letters, or marks of a chart, count as one. */
const MOST_SHAPES = 20_000
const LETTERS_A_SHAPE = 25
const MARKS_A_SHAPE = 10

/** How shapes are drawn, and where. */
interface Drawing {
  readonly tools: DrawingTools
  readonly frame: Frame
  /** The fill of the group around. */
  readonly ofGroup: Fill | undefined
  /** Whether placeholders are drawn: those of a layout only say where those of a slide are. */
  readonly withPlaceholders: boolean
  /** Whether the shapes are those of a diagram, in which there are no others. */
  readonly isDiagram?: boolean
  /** How many may still be drawn. */
  readonly left: { count: number }
}

/**
 * Draws the shapes of a list, each over those before.
 *
 * @param tree - such as the `spTree` of a slide
 */
export function drawShapes(
  tree: Element | undefined,
  { tools, frame, withPlaceholders }: Pick<Drawing, 'tools' | 'frame' | 'withPlaceholders'>,
): Promise<PageMark[]> {
  const left = { count: MOST_SHAPES }
  return drawAll(tree, { tools, frame, ofGroup: undefined, withPlaceholders, left })
}

async function drawAll(tree: Element | undefined, drawing: Drawing): Promise<PageMark[]> {
  const marks: PageMark[] = []
  for (const shape of tree?.children ?? []) {
    if (drawing.left.count <= 0) break
    if (isHidden(shape)) continue
    if (!drawing.withPlaceholders && placeholderOf(shape) !== undefined) continue
    for (const mark of await drawShape(shape, drawing)) marks.push(mark)
  }
  return marks
}

function isHidden(shape: Element): boolean {
  return shape.children.some((child) =>
    ['1', 'true'].includes(attributeOf(childOf(child, 'cNvPr'), 'hidden') ?? ''),
  )
}

function drawShape(shape: Element, drawing: Drawing): PageMark[] | Promise<PageMark[]> {
  drawing.left.count -= 1
  switch (shape.name) {
    case 'sp':
    case 'cxnSp':
      return drawAutoShape(shape, drawing)
    case 'pic':
      return drawPicture(shape, drawing)
    case 'grpSp':
      return drawGroup(shape, drawing)
    case 'graphicFrame':
      return drawFrame(shape, drawing)
    default:
      return []
  }
}

async function drawGroup(shape: Element, drawing: Drawing): Promise<PageMark[]> {
  const properties = childOf(shape, 'grpSpPr')
  const context = { ...drawing.tools.part, ofGroup: drawing.ofGroup }
  return drawAll(shape, {
    ...drawing,
    frame: frameOf(childOf(properties, 'xfrm'), drawing.frame),
    ofGroup: findFill(properties, context) ?? drawing.ofGroup,
  })
}

/** The properties of a shape, and those of what it is made after. */
function sourcesOf(shape: Element, { tools, ofGroup }: Drawing): LookSource[] {
  return [
    { properties: childOf(shape, 'spPr'), context: { ...tools.part, ofGroup } },
    ...modelsOf(shape, tools).map((model) => ({
      properties: childOf(model.shape, 'spPr'),
      context: model.part,
    })),
  ]
}

function transformOf(sources: readonly LookSource[]): Transform | undefined {
  for (const { properties } of sources) {
    const transform = readTransform(childOf(properties, 'xfrm'))
    if (transform !== undefined) return transform
  }
  return undefined
}

function drawAutoShape(shape: Element, drawing: Drawing): PageMark[] {
  const { tools, frame } = drawing
  const sources = sourcesOf(shape, drawing)
  const transform = transformOf(sources)
  if (transform === undefined) return []
  const placed = place(transform, frame)
  const style = childOf(shape, 'style')
  const look = { context: { ...tools.part, ofGroup: drawing.ofGroup }, theme: tools.theme }
  const geometry = geometryOf(sources, placed)
  const painted = paintGeometry(geometry, placed, {
    fill: fillOf(sources, style, look),
    outline: outlineOf(sources, style, look),
  })
  drawing.left.count -= countLetters(childOf(shape, 'txBody')) / LETTERS_A_SHAPE
  if (drawing.left.count <= 0) return group(placed.matrix, painted)
  const { left, top, right, bottom } = geometry.text
  const own = readTransform(childOf(shape, 'txXfrm'))
  const box = { width: Math.max(0, right - left), height: Math.max(0, bottom - top) }
  const written =
    own === undefined
      ? within(textMatrix(placed, geometry.text), drawShapeText(shape, box, tools), shape)
      : textIn(shape, place(own, frame), tools)
  return [...group(placed.matrix, painted), ...written]
}

function countLetters(body: Element | undefined): number {
  let count = 0
  if (body !== undefined) for (const { text } of descendantsOf(body, 't')) count += text.length
  return count
}

function textIn(shape: Element, placed: Placed, tools: DrawingTools): PageMark[] {
  return within(
    textMatrix(placed, { left: 0, right: placed.width, top: 0 }),
    drawShapeText(shape, placed, tools),
    shape,
  )
}

/** The marks of a text, turned as its shape says that it is turned besides. */
function within(matrix: Matrix, marks: readonly PageMark[], shape: Element): PageMark[] {
  const turned = degreesOf(descend(shape, 'txBody', 'bodyPr'), 'rot')
  if (turned === 0) return group(matrix, marks)
  const radians = (turned * Math.PI) / 180
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)]
  const transform = readTransform(descend(shape, 'spPr', 'xfrm'))
  const [x, y] = [(transform?.width ?? 0) / 2, (transform?.height ?? 0) / 2]
  const around: Matrix = [cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y]
  return group(multiply(matrix, around), marks)
}

/** Where a text is drawn in a shape, which is not mirrored even where the shape is. */
function textMatrix(
  { matrix }: Placed,
  { left, right, top }: Pick<Geometry['text'], 'left' | 'right' | 'top'>,
): Matrix {
  const [a, b, c, d] = matrix
  const isMirrored = a * d - b * c < 0
  return multiply(matrix, isMirrored ? [-1, 0, 0, 1, right, top] : [1, 0, 0, 1, left, top])
}

function drawPicture(shape: Element, drawing: Drawing): PageMark[] {
  const { tools, frame } = drawing
  const sources = sourcesOf(shape, drawing)
  const transform = transformOf(sources)
  if (transform === undefined) return []
  const placed = place(transform, frame)
  const { width, height, matrix } = placed
  const geometry = geometryOf(sources, placed)
  const style = childOf(shape, 'style')
  const look = { context: tools.part, theme: tools.theme }
  const picture = readPartPicture(childOf(shape, 'blipFill'), tools.part)
  const [outline] = geometry.paths
  return group(matrix, [
    ...paintGeometry(geometry, placed, {
      fill: fillOf(sources, undefined, look),
      outline: undefined,
    }),
    ...(picture === undefined || outline === undefined
      ? []
      : [
          {
            kind: 'group' as const,
            clip: { steps: outline.steps, evenOdd: true },
            marks: [
              {
                kind: 'picture' as const,
                name: picture.part,
                x: 0,
                y: 0,
                width,
                height,
                crop: picture.crop,
                opacity: picture.alpha,
              },
            ],
          },
        ]),
    ...paintGeometry(geometry, placed, {
      fill: { kind: 'none' },
      outline: outlineOf(sources, style, look),
    }),
  ])
}

async function drawFrame(shape: Element, drawing: Drawing): Promise<PageMark[]> {
  const { tools, frame } = drawing
  const transform = readTransform(childOf(shape, 'xfrm')) ?? transformOf(sourcesOf(shape, drawing))
  const data = descend(shape, 'graphic', 'graphicData')
  if (transform === undefined || data === undefined) return []
  const placed = place(transform, frame)
  const table = childOf(data, 'tbl')
  if (table !== undefined) return group(placed.matrix, drawTable(table, placed, tools))
  const chart = tools.part.partOf(linkOf(childOf(data, 'chart'), 'id') ?? '')
  if (chart !== undefined) {
    const part = await tools.deck.openPart(chart, tools.part.palette)
    const marks = drawChart(part, placed, tools)
    drawing.left.count -= marks.length / MARKS_A_SHAPE
    return group(placed.matrix, marks)
  }
  const diagram = childOf(data, 'relIds')
  if (diagram !== undefined) {
    if (drawing.isDiagram) return []
    const { part, tree } = await diagramOf(diagram, placed, tools)
    const inside = {
      ...drawing,
      tools: { ...tools, part },
      frame: frameWithin(placed),
      isDiagram: true,
    }
    return drawAll(tree, inside)
  }
  // Whatever else is embedded has a picture of what it looks like.
  return drawAll(childOf(data, 'oleObj'), drawing)
}

function group(matrix: Matrix, marks: readonly PageMark[]): GroupMark[] {
  return marks.length === 0 ? [] : [{ kind: 'group', matrix, marks }]
}
