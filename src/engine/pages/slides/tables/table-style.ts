import { childOf, type Element } from '../../element.ts'
import type { DrawingSource } from '../deck.ts'
import { flagOf } from '../drawing-values.ts'
import { makeElement } from '../make-element.ts'

/** The parts of a style that a cell has, the first that has an answer being right. */
export type CellStyles = readonly Element[]

/** Where a cell is in its table. */
export interface CellPlace {
  readonly row: number
  readonly column: number
  readonly rows: number
  readonly columns: number
}

/** Medium Style 2 in each of its colours, which is there though no document has it: PowerPoint's own, and that of other programs. */
const MEDIUM_STYLES: ReadonlyMap<string, string> = new Map([
  ['{073A0DAA-6AF3-43AB-8588-CEC1D06C72B9}', 'dk1'],
  ['{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}', 'accent1'],
  ['{21E4AEA4-8DFA-4A89-87EB-49C32662AFE0}', 'accent2'],
  ['{F5AB1C69-6EDB-4FF4-983F-18BD219EF322}', 'accent3'],
  ['{00A15C55-8517-42AA-B614-E9B94910E393}', 'accent4'],
  ['{7DF18680-E054-41AD-8BC1-D1AEF772440D}', 'accent5'],
  ['{93296810-A885-4BE3-A3E7-6D5BEEA58F35}', 'accent6'],
])

const GRID_STYLE = '{5940675A-B579-460E-94D1-54222C63F5DA}'

const EDGES = ['left', 'right', 'top', 'bottom', 'insideH', 'insideV']

/** Tells which parts of its style each cell of a table has (ECMA-376, part 1, 20.1.4.2). */
export function createCellStyles(
  table: Element,
  { tableStyles }: DrawingSource,
): (place: CellPlace) => CellStyles {
  const properties = childOf(table, 'tblPr')
  const id = (childOf(properties, 'tableStyleId')?.text ?? '').trim().toUpperCase()
  const style = tableStyles.get(id) ?? knownStyle(id)
  const says = (name: string): boolean => flagOf(properties, name) ?? false
  const [hasFirstRow, hasLastRow] = [says('firstRow'), says('lastRow')]
  const [hasFirstColumn, hasLastColumn] = [says('firstCol'), says('lastCol')]
  return ({ row, column, rows, columns }) => {
    const isHead = hasFirstRow && row === 0
    const isFoot = hasLastRow && row === rows - 1
    const isFirst = hasFirstColumn && column === 0
    const isLast = hasLastColumn && column === columns - 1
    const names = [
      isHead && isFirst && 'nwCell',
      isHead && isLast && 'neCell',
      isFoot && isFirst && 'swCell',
      isFoot && isLast && 'seCell',
      isHead && 'firstRow',
      isFoot && 'lastRow',
      isFirst && 'firstCol',
      isLast && 'lastCol',
      says('bandRow') && !isHead && !isFoot && `band${bandOf(row, hasFirstRow)}H`,
      says('bandCol') && !isFirst && !isLast && `band${bandOf(column, hasFirstColumn)}V`,
      'wholeTbl',
    ]
    return names
      .map((name) => (name === false ? undefined : childOf(style, name)))
      .filter((part) => part !== undefined)
  }
}

/** Which of two bands a row or a column is of, behind one that is none of them. */
function bandOf(index: number, isBehind: boolean): 1 | 2 {
  return (index - (isBehind ? 1 : 0)) % 2 === 0 ? 1 : 2
}

function knownStyle(id: string): Element | undefined {
  const accent = MEDIUM_STYLES.get(id)
  if (accent !== undefined) return mediumStyle(accent)
  if (id !== GRID_STYLE) return undefined
  return makeElement('tblStyle', {}, [
    makeElement('wholeTbl', {}, [letters('tx1', false), cellStyle(undefined, 'tx1', 1, EDGES)]),
  ])
}

function mediumStyle(accent: string): Element {
  const whole = [letters('dk1', false), cellStyle([accent, 'tint', 20], 'lt1', 1, EDGES)]
  const strong = [letters('lt1', true), cellStyle([accent], 'lt1', 1, [])]
  const banded = [cellStyle([accent, 'tint', 40], 'lt1', 1, [])]
  return makeElement('tblStyle', {}, [
    makeElement('wholeTbl', {}, whole),
    makeElement('band1H', {}, banded),
    makeElement('band1V', {}, banded),
    makeElement('firstCol', {}, strong),
    makeElement('lastCol', {}, strong),
    makeElement('lastRow', {}, [letters('lt1', true), cellStyle([accent], 'lt1', 3, ['top'])]),
    makeElement('firstRow', {}, [letters('lt1', true), cellStyle([accent], 'lt1', 3, ['bottom'])]),
  ])
}

function letters(colour: string, isBold: boolean): Element {
  return makeElement('tcTxStyle', isBold ? { b: 'on' } : {}, [scheme(colour)])
}

function cellStyle(
  fill: readonly [colour: string, change?: string, percent?: number] | undefined,
  line: string,
  width: number,
  edges: readonly string[],
): Element {
  const borders = edges.map((edge) =>
    makeElement(edge, {}, [
      makeElement('ln', { w: `${width}pt` }, [makeElement('solidFill', {}, [scheme(line)])]),
    ]),
  )
  const [colour, change, percent] = fill ?? []
  const changes = change === undefined ? [] : [makeElement(change, { val: `${percent}%` })]
  return makeElement('tcStyle', {}, [
    makeElement('tcBdr', {}, borders),
    ...(colour === undefined
      ? []
      : [makeElement('fill', {}, [makeElement('solidFill', {}, [scheme(colour, changes)])])]),
  ])
}

function scheme(colour: string, changes: readonly Element[] = []): Element {
  return makeElement('schemeClr', { val: colour }, changes)
}
