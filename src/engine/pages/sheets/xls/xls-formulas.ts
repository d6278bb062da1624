import { readString } from '../../../text/legacy/xls-strings.ts'
import type { CellRange } from '../../../text/xlsx-places.ts'

/** Tokens of formulas ([MS-XLS] 2.5.198), of which those of references come in three classes. */
const UNION = 0x10
const MINUS = 0x13
const TEXT = 0x17
const INTEGER = 0x1e
const NUMBER = 0x1f
const MEMORY_AREA = 0x26
const MEMORY_FUNCTION = 0x29
const CELL_3D = 0x3a
const AREA_3D = 0x3b

/** As many columns and rows a sheet has. */
const [MOST_COLUMNS, MOST_ROWS] = [256, 65_536]

/** More places than anybody names together. */
const MOST_PLACES = 100

/** How many bytes places take, and where in them they begin, of Excel 97 and later and of those before. */
const SIZES = {
  unicode: { cell: 7, area: 11, start: 3, columnBytes: 2 },
  old: { cell: 18, area: 21, start: 15, columnBytes: 1 },
} as const

/**
 * Reads the places that a formula is which names them, whatever sheet they are on.
 *
 * @param isUnicode - whether it is of Excel 97 and later
 * @returns those in front of what is none
 */
export function readPlaces(formula: Buffer, isUnicode: boolean): readonly CellRange[] {
  const size = isUnicode ? SIZES.unicode : SIZES.old
  const places: CellRange[] = []
  let at = 0
  while (at < formula.length && places.length < MOST_PLACES) {
    const token = classless(formula.readUInt8(at))
    if (token === UNION) at += 1
    else if (token === MEMORY_FUNCTION) at += 3
    else if (token === MEMORY_AREA) at += 7
    else if (token === AREA_3D && at + size.area <= formula.length) {
      places.push(readArea(formula, at + size.start, size.columnBytes))
      at += size.area
    } else if (token === CELL_3D && at + size.cell <= formula.length) {
      places.push(readCell(formula, at + size.start, size.columnBytes))
      at += size.cell
    } else break
  }
  return places
}

/** A token of a reference as one that stands for it, not for its value. */
function classless(token: number): number {
  return token >= 0x40 ? 0x20 | (token & 0x1f) : token
}

function readArea(formula: Buffer, at: number, columnBytes: 1 | 2): CellRange {
  const [top, bottom] = [formula.readUInt16LE(at), formula.readUInt16LE(at + 2)]
  const left = formula.readUIntLE(at + 4, columnBytes) & 0xff
  const right = formula.readUIntLE(at + 4 + columnBytes, columnBytes) & 0xff
  return {
    top: Math.min(top, bottom),
    bottom: Math.max(top, bottom),
    left: Math.min(left, right),
    right: Math.max(left, right),
  }
}

function readCell(formula: Buffer, at: number, columnBytes: 1 | 2): CellRange {
  const row = formula.readUInt16LE(at)
  const column = formula.readUIntLE(at + 2, columnBytes) & 0xff
  return { top: row, bottom: row, left: column, right: column }
}

/** Whether a place is all of some rows, or of some columns. */
export function isWhole({ top, bottom, left, right }: CellRange, of: 'rows' | 'columns'): boolean {
  return of === 'rows' ? right - left >= MOST_COLUMNS - 1 : bottom - top >= MOST_ROWS - 1
}

/** A formula that is a number or a text, as an XLSX writes it; '' for one that would have to be computed. */
export function readConstant(formula: Buffer): string {
  if (formula.length === 0) return ''
  const [token] = formula
  const isMinus = formula.length > 1 && formula.at(-1) === MINUS
  const sign = isMinus ? '-' : ''
  const end = formula.length - (isMinus ? 1 : 0)
  if (token === INTEGER && end === 3) return sign + String(formula.readUInt16LE(1))
  if (token === NUMBER && end === 9) return sign + String(formula.readDoubleLE(1))
  if (token === TEXT) return `"${readString(formula, 1, 1).replaceAll('"', '""')}"`
  return ''
}
