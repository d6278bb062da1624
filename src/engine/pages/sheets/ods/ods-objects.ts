import type { Package } from '../../../../packages/package.ts'
import type { Box } from '../../drawing/shapes.ts'
import { attributeOf, childOf, type Element } from '../../element.ts'
import { readOdfChart } from '../../odf/chart.ts'
import { lengthOf } from '../../odf/measures.ts'
import { readTree, textOf } from '../../odf/read-tree.ts'
import type { PageFonts } from '../../paragraphs/page-fonts.ts'
import { toChartSpace } from '../../slides/charts/made-chart.ts'
import { chartElement, drawMadeObjects, type MadeObject, pictureElement } from '../made-drawing.ts'
import type { SheetCell } from '../sheet-contents.ts'
import type { SheetGrid } from '../sheet-grid.ts'
import type { SheetObject } from '../sheet-objects.ts'
import type { OdsObject } from './read-ods.ts'

/** Draws what lies on the sheets of a document. */
export interface OdsDrawings {
  readonly draw: (sheet: OdsDrawn, grid: SheetGrid) => Promise<readonly SheetObject[]>
  /** The bytes of pictures that are in the text of the document itself, by the names that they have on pages. */
  readonly files: ReadonlyMap<string, Buffer>
}

/** A sheet, and what lies on it. */
export interface OdsDrawn {
  readonly name: string
  readonly cells: readonly SheetCell[]
  readonly objects: readonly OdsObject[]
}

/** As many bytes of such pictures are kept, and as many charts of a document drawn. */
const MOST_BYTES = 100_000_000
const MOST_CHARTS = 100

/**
 * Makes what draws the pictures and the charts that lie on sheets.
 *
 * @param leaveOut - told when there is something else
 */
export function createOdsDrawings(
  parts: Package,
  fonts: PageFonts,
  leaveOut: () => void,
): OdsDrawings {
  const files = new Map<string, Buffer>()
  const charts = new Map<string, Element>()
  let left = MOST_BYTES

  /** The name that a picture has on pages; undefined where there is none. */
  function pictureIn(image: Element | undefined): string | undefined {
    const target = partOf(image)
    if (target !== undefined && parts.has(target)) return target
    const written = childOf(image, 'binary-data')
    if (written === undefined) return undefined
    const bytes = Buffer.from(textOf(written), 'base64')
    if (bytes.length > left) return undefined
    left -= bytes.length
    const name = `picture ${files.size + 1}`
    files.set(name, bytes)
    return name
  }

  /** What a chart is called; undefined where there is none that is drawn. */
  async function chartIn(object: Element): Promise<string | undefined> {
    if (charts.size >= MOST_CHARTS) return undefined
    const part = `${partOf(object) ?? ''}/content.xml`
    const document = parts.has(part) ? await readTree(parts, part) : childOf(object, 'document')
    const chart = document && readOdfChart(document)
    if (chart === undefined) return undefined
    const name = `chart ${charts.size + 1}`
    charts.set(name, toChartSpace(chart))
    return name
  }

  async function toShape(shape: Element): Promise<Element | undefined> {
    if (shape.name !== 'frame') return undefined
    const object = childOf(shape, 'object')
    const chart = object && (await chartIn(object))
    if (chart !== undefined) return chartElement(chart)
    const picture = pictureIn(childOf(shape, 'image'))
    return picture === undefined ? undefined : pictureElement(picture)
  }

  return {
    files,
    async draw({ name, cells, objects }, grid) {
      const made: MadeObject[] = []
      for (const { shape, cell } of objects) {
        const element = await toShape(shape)
        if (element === undefined) leaveOut()
        else made.push({ box: boxOf(shape, cell, grid), shape: element })
      }
      return drawMadeObjects({ objects: made, charts, sheet: { name, cells } }, grid, fonts)
    },
  }
}

/** The part that something refers to. */
function partOf(element: Element | undefined): string | undefined {
  return attributeOf(element, 'href')?.replace(/^\.\//, '')
}

/** Where something is, from the upper left of its sheet; what lies on a cell says how far it is from that. */
function boxOf(shape: Element, cell: OdsObject['cell'], { columns, rows }: SheetGrid): Box {
  const from = {
    x: cell === undefined ? 0 : columns.startOf(cell.column),
    y: cell === undefined ? 0 : rows.startOf(cell.row),
  }
  return {
    x: Math.max(0, from.x + (lengthOf(shape, 'x') ?? 0)),
    y: Math.max(0, from.y + (lengthOf(shape, 'y') ?? 0)),
    width: Math.max(0, lengthOf(shape, 'width') ?? 0),
    height: Math.max(0, lengthOf(shape, 'height') ?? 0),
  }
}
