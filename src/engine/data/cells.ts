import { type CellObject, SSF, type WorkSheet } from '@e965/xlsx'

/** What a number looks like that programs of tables neither shorten nor change: at most 11 characters. */
const PLAIN_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.(\d+))?$/
const MOST_SHOWN = 11

/** The cells of a sheet that there are. */
export function cellsOf(sheet: WorkSheet): CellObject[] {
  return Object.entries(sheet)
    .filter(([place]) => !place.startsWith('!'))
    .map(([, cell]): CellObject => cell)
}

/** Has a number written with all of its digits that is shown with few of them, such as 1.23457E+11, only since a cell is narrow. */
export function showWholeNumbers(cell: CellObject): void {
  const { t: type, v: value, w: shown, z: format } = cell
  if (type !== 'n' || typeof value !== 'number') return
  if (format !== undefined && format !== 'General') return
  if (shown === undefined || (/^-?[\d.]+(E[+-]?\d+)?$/i.test(shown) && Number(shown) !== value))
    cell.w = String(value)
}

/** Makes a text of a date, which is a number of days; as ISO 8601 has it. */
export function showDatesAsIso(cell: CellObject): void {
  const { t: type, v: value, z: format } = cell
  if (type !== 'n' || typeof value !== 'number' || format === undefined) return
  if (!SSF.is_date(String(format))) return
  const pattern = value < 1 ? 'hh:mm:ss' : value % 1 === 0 ? 'yyyy-mm-dd' : 'yyyy-mm-dd"T"hh:mm:ss'
  cell.t = 's'
  cell.v = String(SSF.format(pattern, value))
  delete cell.w
  delete cell.z
}

/** Makes a number of a text that is one and nothing else; it keeps the places behind its point. */
export function toNumbers(cell: CellObject): void {
  const { t: type, v: text } = cell
  if (type !== 's' || typeof text !== 'string' || text.length > MOST_SHOWN) return
  const found = PLAIN_NUMBER.exec(text)
  if (found === null || text === '-0') return
  cell.t = 'n'
  cell.v = Number(text)
  cell.w = text
  if (found[1] !== undefined) cell.z = `0.${'0'.repeat(found[1].length)}`
}
