import { corruptSource } from '../../../base/operation-error.ts'
import { createPackage } from '../../../packages/package.ts'
import type { Box } from '../drawing/shapes.ts'
import type { Element } from '../element.ts'
import type { PageFonts } from '../paragraphs/page-fonts.ts'
import type { DrawnPart } from '../slides/deck.ts'
import { createEmbeddedDrawings } from '../slides/embedded-drawings.ts'
import { makeElement } from '../slides/make-element.ts'
import { NO_THEME } from '../slides/theme.ts'
import { withValuesOfCells } from './chart-values.ts'
import { namedColours, themeColours } from './sheet-colours.ts'
import type { SheetCell } from './sheet-contents.ts'
import type { SheetGrid } from './sheet-grid.ts'
import { drawSheetObjects, type SheetObject } from './sheet-objects.ts'

/** Something that lies on a sheet of a format of its own, as a drawing of an XLSX has it. */
export interface MadeObject {
  /** Where, from the upper left of the sheet, in points. */
  readonly box: Box
  readonly shape: Element
}

/** A sheet on which something lies. */
export interface MadeDrawing {
  readonly objects: readonly MadeObject[]
  /** The charts that shapes refer to, by what they call them; pictures are called by their names. */
  readonly charts: ReadonlyMap<string, Element>
  readonly sheet: { readonly name: string; readonly cells: readonly SheetCell[] }
}

/** English metric units a point. */
const EMU = 12_700

const PALETTE = namedColours(themeColours(new Map()))

/** There are no parts but those that are made. */
const NO_PARTS = createPackage({
  names: [],
  has: () => false,
  read: () => {
    throw corruptSource('office document')
  },
})

/** Draws what lies on a sheet as what lies on one of an XLSX is drawn. */
export function drawMadeObjects(
  { objects, charts, sheet }: MadeDrawing,
  grid: SheetGrid,
  fonts: PageFonts,
): Promise<readonly SheetObject[]> {
  const drawings = createEmbeddedDrawings(NO_PARTS, async (part) => charts.get(part) ?? NOTHING)
  const deck = withValuesOfCells(drawings, sheet)
  const part: DrawnPart = {
    root: makeElement('wsDr', {}, objects.map(toAnchor)),
    links: new Map(),
    palette: { colourOf: (name) => PALETTE.get(name) },
    partOf: (id) => id,
  }
  return drawSheetObjects(part, grid, { deck, fonts, theme: NO_THEME })
}

const NOTHING = makeElement('')

function toAnchor({ box, shape }: MadeObject): Element {
  return makeElement('absoluteAnchor', {}, [
    makeElement('pos', { x: toEmu(box.x), y: toEmu(box.y) }),
    makeElement('ext', { cx: toEmu(box.width), cy: toEmu(box.height) }),
    shape,
  ])
}

function toEmu(points: number): string {
  return String(Math.round(points * EMU))
}

const RECTANGLE = makeElement('prstGeom', { prst: 'rect' })

/**
 * A picture.
 *
 * @param crop - how much is cut off at its sides, in thousandths of a percent, by the letters `l`, `t`, `r` and `b`
 * @param turned - in degrees clockwise
 */
export function pictureElement(
  name: string,
  {
    crop,
    turned = 0,
  }: { readonly crop?: Readonly<Record<string, string>>; readonly turned?: number } = {},
): Element {
  return makeElement('pic', {}, [
    makeElement('blipFill', {}, [
      makeElement('blip', { 'r:embed': name }),
      ...(crop ? [makeElement('srcRect', crop)] : []),
    ]),
    makeElement('spPr', {}, [turnElement(turned), RECTANGLE]),
  ])
}

/**
 * A chart, by what it is called among those of its sheet.
 *
 * @param place - what says where it is, where that is known
 */
export function chartElement(name: string, place?: Element): Element {
  return makeElement('graphicFrame', {}, [
    place,
    makeElement('graphic', {}, [
      makeElement('graphicData', {}, [makeElement('chart', { 'r:id': name })]),
    ]),
  ])
}

/** By how much something is turned, in degrees clockwise. */
export function turnElement(degrees: number): Element {
  return makeElement('xfrm', { rot: String(Math.round(degrees * 60_000)) })
}
