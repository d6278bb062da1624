import { type Attributes, readAttribute } from '../../../packages/markup.ts'
import type { CellRange } from '../../text/xlsx-places.ts'
import type { Sides } from '../drawing/page.ts'

/** How a sheet is put on paper. Lengths are in points. */
export interface PrintSetup {
  readonly paper: { readonly width: number; readonly height: number }
  readonly margins: Sides
  /** From the edges of the paper to what is above the cells, and to what is below them. */
  readonly fromEdge: { readonly top: number; readonly bottom: number }
  /** How large cells are; undefined where the sheet says nothing of it. */
  readonly scale: number | undefined
  /** How many pages it has to fit on, side by side and below each other; 0 for any number. */
  readonly fit: { readonly wide: number; readonly high: number } | undefined
  /** Whether it says itself which way paper is held, how large cells are or where pages end. */
  readonly isChosen: boolean
  /** Whether pages follow each other from left to right before they go on below. */
  readonly isAcrossFirst: boolean
  readonly isCentred: { readonly across: boolean; readonly down: boolean }
  /** The rows and columns in front of which a page ends. */
  readonly rowBreaks: readonly number[]
  readonly columnBreaks: readonly number[]
  /** What is above and below the cells of each page, with codes for what stands where. */
  readonly header: string
  readonly footer: string
}

/** What is printed of a sheet, and what of it on each page. */
export interface PrintPlaces {
  /** None for all that is used. */
  readonly areas: readonly CellRange[]
  readonly titleRows: CellRange | undefined
  readonly titleColumns: CellRange | undefined
}

const INCH = 72
const MM = INCH / 25.4

/** Width and height by number, in points (ECMA-376, part 1, 18.3.1.63): those that offices have. */
const PAPERS: Readonly<Record<number, readonly [width: number, height: number]>> = {
  1: [8.5 * INCH, 11 * INCH],
  3: [11 * INCH, 17 * INCH],
  4: [17 * INCH, 11 * INCH],
  5: [8.5 * INCH, 14 * INCH],
  6: [5.5 * INCH, 8.5 * INCH],
  7: [7.25 * INCH, 10.5 * INCH],
  8: [297 * MM, 420 * MM],
  9: [210 * MM, 297 * MM],
  11: [148 * MM, 210 * MM],
  12: [250 * MM, 353 * MM],
  13: [176 * MM, 250 * MM],
  66: [420 * MM, 594 * MM],
  70: [105 * MM, 148 * MM],
}

const A4 = 9

/** Those of Excel, in inches. */
const MARGINS: Sides = { left: 0.7, right: 0.7, top: 0.75, bottom: 0.75 }

/** From the edges of the paper to what is above and below the cells, in inches, as Excel has it. */
const FROM_EDGE = 0.3

/** As Excel has them. */
const [LEAST_SCALE, MOST_SCALE] = [0.1, 4]

/** More pages than a sheet has to fit on. */
const MOST_FIT = 32_767

/** Elements of a sheet that say how it is printed, and lists of breaks. */
export interface PrintElements {
  readonly pageSetup?: Attributes | undefined
  readonly pageMargins?: Attributes | undefined
  readonly pageSetUpPr?: Attributes | undefined
  readonly printOptions?: Attributes | undefined
  readonly rowBreaks: readonly number[]
  readonly columnBreaks: readonly number[]
  readonly header: string
  readonly footer: string
}

/** Reads how a sheet is put on paper. */
export function readPrintSetup(elements: PrintElements): PrintSetup {
  const { pageSetup, pageMargins, pageSetUpPr, printOptions, ...others } = elements
  const count = (name: string): number => {
    const read = Number(valueOf(pageSetup, name) ?? 1)
    return Number.isInteger(read) && read >= 0 ? Math.min(MOST_FIT, read) : 1
  }
  const [width, height] = PAPERS[Number(valueOf(pageSetup, 'paperSize') ?? A4)] ??
    PAPERS[A4] ?? [595, 842]
  const orientation = valueOf(pageSetup, 'orientation') ?? 'default'
  const paper = orientation === 'landscape' ? { width: height, height: width } : { width, height }
  const isFitted = isTrue(valueOf(pageSetUpPr, 'fitToPage'))
  const percent = Number(valueOf(pageSetup, 'scale') ?? Number.NaN)
  const scale = Number.isFinite(percent) ? toScale(percent / 100) : undefined
  const hasBreaks = others.rowBreaks.length + others.columnBreaks.length > 0
  return {
    ...others,
    paper,
    margins: readMargins(pageMargins, paper),
    fromEdge: {
      top: inchesOf(pageMargins, 'header', FROM_EDGE) * INCH,
      bottom: inchesOf(pageMargins, 'footer', FROM_EDGE) * INCH,
    },
    scale,
    fit: isFitted ? { wide: count('fitToWidth'), high: count('fitToHeight') } : undefined,
    isChosen: isFitted || orientation === 'landscape' || hasBreaks || (scale ?? 1) !== 1,
    isAcrossFirst: valueOf(pageSetup, 'pageOrder') === 'overThenDown',
    isCentred: {
      across: isTrue(valueOf(printOptions, 'horizontalCentered')),
      down: isTrue(valueOf(printOptions, 'verticalCentered')),
    },
  }
}

/** Margins in points; those of Excel where they leave nothing of the paper. */
function readMargins(
  attributes: Attributes | undefined,
  paper: { readonly width: number; readonly height: number },
): Sides {
  const margins = toPoints((side) => inchesOf(attributes, side, MARGINS[side]))
  return leavesRoom(paper, margins) ? margins : toPoints((side) => MARGINS[side])
}

function toPoints(inches: (side: keyof Sides) => number): Sides {
  return {
    left: inches('left') * INCH,
    right: inches('right') * INCH,
    top: inches('top') * INCH,
    bottom: inches('bottom') * INCH,
  }
}

/** Whether margins leave at least an inch of paper in both directions. */
export function leavesRoom(paper: PrintSetup['paper'], margins: Sides): boolean {
  return (
    margins.left + margins.right < paper.width - INCH &&
    margins.top + margins.bottom < paper.height - INCH
  )
}

/** A scale that cells can have. */
export function toScale(scale: number): number {
  return Math.min(MOST_SCALE, Math.max(LEAST_SCALE, scale))
}

function inchesOf(attributes: Attributes | undefined, name: string, usual: number): number {
  const read = Number(valueOf(attributes, name) ?? usual)
  return Number.isFinite(read) && read >= 0 ? read : usual
}

function valueOf(attributes: Attributes | undefined, name: string): string | undefined {
  return attributes && readAttribute(attributes, name)
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true' || value === 'on'
}
