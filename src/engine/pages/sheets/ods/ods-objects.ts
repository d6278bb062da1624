import type { Package } from '../../../../packages/package.ts'
import type { Box } from '../../drawing/shapes.ts'
import { childOf, type Element } from '../../element.ts'
import { readOdfChart } from '../../odf/chart.ts'
import type { PictureSizes } from '../../odf/crops.ts'
import { readPlace, writePlace } from '../../odf/drawing/place.ts'
import type { SlideContext } from '../../odf/odp/slide-context.ts'
import { writeShapes } from '../../odf/odp/write-shape.ts'
import { hrefOf, type PartLinks } from '../../odf/part-links.ts'
import { readTree, textOf } from '../../odf/read-tree.ts'
import type { OdfStyles } from '../../odf/styles.ts'
import type { PageFonts } from '../../paragraphs/page-fonts.ts'
import { toChartSpace } from '../../slides/charts/made-chart.ts'
import { readTransform } from '../../slides/frames.ts'
import { makeElement } from '../../slides/make-element.ts'
import { transformOf } from '../../slides/placed-shape.ts'
import { chartElement, drawMadeObjects, type MadeObject } from '../made-drawing.ts'
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

/** What objects of a document are drawn with. */
export interface OdsDrawingTools {
  readonly styles: OdfStyles
  readonly sizes: PictureSizes
  readonly fonts: PageFonts
  /** Told when there is something that is not drawn. */
  readonly leaveOut: () => void
}

/** As many bytes of pictures in the text itself are kept, and as many charts of a document drawn. */
const MOST_BYTES = 100_000_000
const MOST_CHARTS = 100

/** Makes what draws the pictures, shapes and charts that lie on sheets. */
export function createOdsDrawings(
  parts: Package,
  { styles, sizes, fonts, leaveOut }: OdsDrawingTools,
): OdsDrawings {
  const files = new Map<string, Buffer>()
  const charts = new Map<string, Element>()
  let left = MOST_BYTES

  /** The name that a picture has on pages; undefined where there is none. */
  function pictureIn(image: Element | undefined): string | undefined {
    const written = childOf(image, 'binary-data')
    if (written === undefined) return image && hrefOf(image)
    const bytes = Buffer.from(textOf(written), 'base64')
    if (bytes.length > left) return undefined
    left -= bytes.length
    const name = `written/picture${files.size + 1}`
    files.set(name, bytes)
    return name
  }

  // What shapes refer to is called by its name.
  const links: PartLinks = {
    add: (_, target) => target,
    addPicture: pictureIn,
    write: () => makeElement('Relationships'),
  }
  const context: SlideContext = {
    styles,
    sizes,
    links,
    declared: {},
  }

  /** A chart, which is a part of its own; undefined for what is none that is drawn. */
  async function chartOf(frame: Element): Promise<Element | undefined> {
    const object = frame.name === 'frame' ? childOf(frame, 'object') : undefined
    if (object === undefined || charts.size >= MOST_CHARTS) return undefined
    const part = `${hrefOf(object) ?? ''}/content.xml`
    const document = parts.has(part) ? await readTree(parts, part) : childOf(object, 'document')
    const chart = document && readOdfChart(document)
    if (chart === undefined) return undefined
    const name = `chart ${charts.size + 1}`
    charts.set(name, toChartSpace(chart))
    return chartElement(name, writePlace(readPlace(frame)))
  }

  return {
    files,
    async draw({ name, cells, objects }, grid) {
      const made: MadeObject[] = []
      for (const { shape, cell } of objects) {
        const chart = await chartOf(shape)
        const written = chart ? [chart] : writeShapes([shape], context)
        if (written.length === 0 && shape.name !== 'control') leaveOut()
        made.push(...written.flatMap((each) => toMade(each, cell, grid) ?? []))
      }
      return drawMadeObjects({ objects: made, charts, sheet: { name, cells } }, grid, fonts)
    },
  }
}

/** A shape where it is on its sheet; what lies on a cell says how far it is from that. */
function toMade(
  shape: Element,
  cell: OdsObject['cell'],
  { columns, rows }: SheetGrid,
): MadeObject | undefined {
  const transform = readTransform(transformOf(shape))
  if (transform === undefined) return undefined
  const from = {
    x: cell === undefined ? 0 : columns.startOf(cell.column),
    y: cell === undefined ? 0 : rows.startOf(cell.row),
  }
  const standing = asItStands(transform, transform.turned)
  const box = {
    ...standing,
    x: Math.max(0, from.x + standing.x),
    y: Math.max(0, from.y + standing.y),
  }
  return { box, shape }
}

/** What stands on its side is as wide as it was high before it was turned. */
function asItStands({ x, y, width, height }: Box, turned: number): Box {
  const isOnSide = Math.abs(Math.sin((turned * Math.PI) / 180)) > Math.SQRT1_2
  if (!isOnSide) return { x, y, width, height }
  const [middleX, middleY] = [x + width / 2, y + height / 2]
  return { x: middleX - height / 2, y: middleY - width / 2, width: height, height: width }
}
