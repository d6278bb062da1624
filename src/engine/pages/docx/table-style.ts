import type { LetterColour } from '../../typesetting/text-content.ts'
import type { Sides } from '../drawing/page.ts'
import { attributeOf, childOf, childrenOf, type Element } from '../element.ts'
import type { Border, Borders } from '../flow/blocks.ts'
import type { DocxContext } from './docx-context.ts'
import { twipsOf } from './measures.ts'
import { readBorder, readBorders } from './paragraph-look.ts'
import { readShading } from './run-look.ts'
import { joinLooks, readLook, type StyleLook } from './styles.ts'

/** Borders of a table or a part of one, those between its cells included. */
export interface TableBorders extends Borders {
  readonly across?: Border | undefined
  readonly down?: Border | undefined
}

/** How cells look by the style of their table. */
export interface CellStyle {
  readonly look: StyleLook
  readonly shading: LetterColour | undefined
  readonly borders: TableBorders
}

/** How a table looks by its style. */
export interface TableStyle {
  readonly borders: TableBorders
  readonly margins: Partial<Sides>
  readonly cell: (place: CellPlace) => CellStyle
}

/** Where a cell is in its table. */
export interface CellPlace {
  readonly row: number
  readonly column: number
  readonly isLastRow: boolean
  readonly isLastColumn: boolean
}

/** Parts of a table whose look a style may tell, by the bit that a table has for each (ECMA-376, part 1, 17.4.55). */
const LOOK_BITS = {
  firstRow: 0x20,
  lastRow: 0x40,
  firstColumn: 0x80,
  lastColumn: 0x100,
  noHBand: 0x200,
  noVBand: 0x400,
} as const

type LookPart = keyof typeof LOOK_BITS

/** Reads what a style says of a table. */
export function readTableStyle(properties: Element | undefined, context: DocxContext): TableStyle {
  const chain = context.styles.table(attributeOf(childOf(properties, 'tblStyle'), 'val'))
  const wanted = readWanted(childOf(properties, 'tblLook'))
  const whole = chain.map((style) => readPart(style, context))
  const parts = new Map<string, CellStyle[]>()
  for (const style of chain) {
    for (const part of childrenOf(style, 'tblStylePr')) {
      const type = attributeOf(part, 'type') ?? ''
      parts.set(type, [...(parts.get(type) ?? []), readPart(part, context)])
    }
  }
  const known = new Map<string, CellStyle>()
  const ofTable = chain.map((style) => childOf(style, 'tblPr'))
  return {
    borders: Object.assign(
      {},
      ...ofTable.map((each) => readTableBorders(childOf(each, 'tblBorders'))),
    ),
    margins: Object.assign({}, ...ofTable.map((each) => readMargins(childOf(each, 'tblCellMar')))),
    cell(place) {
      const types = typesOf(place, wanted)
      const key = types.join(' ')
      const style =
        known.get(key) ??
        [...whole, ...types.flatMap((type) => parts.get(type) ?? [])].reduce(joinCells, NOTHING)
      known.set(key, style)
      return style
    },
  }
}

const NOTHING: CellStyle = { look: { run: {}, paragraph: {} }, shading: undefined, borders: {} }

function joinCells(one: CellStyle, over: CellStyle): CellStyle {
  return {
    look: joinLooks(one.look, over.look),
    shading: over.shading ?? one.shading,
    borders: { ...one.borders, ...over.borders },
  }
}

function readPart(element: Element, { theme }: DocxContext): CellStyle {
  const properties = childOf(element, 'tcPr')
  return {
    look: readLook(element, theme),
    shading: readShading(childOf(properties, 'shd')),
    borders: readTableBorders(childOf(properties, 'tcBorders')),
  }
}

/** Reads the borders of a table or of cells. */
export function readTableBorders(borders: Element | undefined): TableBorders {
  const [across, down] = [childOf(borders, 'insideH'), childOf(borders, 'insideV')]
  return {
    ...readBorders(borders),
    ...(across && { across: readBorder(across) }),
    ...(down && { down: readBorder(down) }),
  }
}

/** Reads the margins within cells. */
export function readMargins(margins: Element | undefined): Partial<Sides> {
  const side = (...names: readonly string[]): number | undefined =>
    names.map((name) => twipsOf(childOf(margins, name), 'w')).find((each) => each !== undefined)
  const [left, top] = [side('left', 'start'), side('top')]
  const [right, bottom] = [side('right', 'end'), side('bottom')]
  return {
    ...(left !== undefined && { left }),
    ...(top !== undefined && { top }),
    ...(right !== undefined && { right }),
    ...(bottom !== undefined && { bottom }),
  }
}

function readWanted(look: Element | undefined): (part: LookPart) => boolean {
  const bits = Number.parseInt(attributeOf(look, 'val') ?? '04A0', 16)
  return (part) => {
    const told = attributeOf(look, part)
    return told === undefined ? (bits & LOOK_BITS[part]) !== 0 : /^(1|true|on)$/.test(told)
  }
}

/** The parts of a table that a cell is in, the one that matters most last. */
function typesOf(
  { row, column, isLastRow, isLastColumn }: CellPlace,
  wanted: (part: LookPart) => boolean,
): readonly string[] {
  const [top, left] = [wanted('firstRow'), wanted('firstColumn')]
  const [bottom, right] = [wanted('lastRow'), wanted('lastColumn')]
  return [
    'wholeTable',
    ...(wanted('noVBand') ? [] : [`band${bandOf(column, left)}Vert`]),
    ...(wanted('noHBand') ? [] : [`band${bandOf(row, top)}Horz`]),
    ...(left && column === 0 ? ['firstCol'] : []),
    ...(right && isLastColumn ? ['lastCol'] : []),
    ...(top && row === 0 ? ['firstRow'] : []),
    ...(bottom && isLastRow ? ['lastRow'] : []),
  ]
}

/** Which of two looks that take turns a row or a column has. */
function bandOf(at: number, hasFirst: boolean): 1 | 2 {
  return (at - (hasFirst ? 1 : 0)) % 2 === 0 ? 1 : 2
}
