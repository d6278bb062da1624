import type { CellRange } from '../../text/xlsx-places.ts'
import type { LetterColour } from '../../typesetting/text-content.ts'
import type { LookChange } from './cell-look.ts'
import type { ConditionedCells, ScalePoint, SheetCondition } from './conditions.ts'
import { mixColours } from './sheet-colours.ts'
import type { CellValue, SheetCell } from './sheet-contents.ts'

/** What conditions make of a cell. */
export interface Conditioned {
  readonly change?: LookChange | undefined
  /** The colour that its value has on a scale. */
  readonly fill?: LetterColour | undefined
  /** How much of the cell a bar takes. */
  readonly bar?: { readonly share: number; readonly colour: LetterColour } | undefined
}

/** Tells what the conditions of a sheet make of a cell. */
export type CellShown = (row: number, column: number, value: CellValue | undefined) => Conditioned

/** As many conditions of a sheet are asked. */
const MOST_CONDITIONS = 500

/** As many lists of cells are collected for conditions that compare a cell with others. */
const MOST_COLLECTED = 30

/** The values that a condition is about. */
interface Values {
  /** In rising order. */
  readonly numbers: readonly number[]
  readonly counts: ReadonlyMap<string, number>
}

const NOTHING: Conditioned = {}
const NONE: Values = { numbers: [], counts: new Map() }

/** Makes what asks the conditions of a sheet that need no formulas to be computed. */
export function createConditions(
  conditions: readonly SheetCondition[],
  cells: readonly SheetCell[],
  changes: readonly LookChange[],
): CellShown {
  const sorted = conditions
    .toSorted((one, other) => one.priority - other.priority)
    .slice(0, MOST_CONDITIONS)
  if (sorted.length === 0) return () => NOTHING
  const known = new Map<ConditionedCells, Values>()

  function valuesOf({ cells: asked }: SheetCondition): Values {
    const values = known.get(asked)
    if (values) return values
    if (known.size >= MOST_COLLECTED) return NONE
    const collected = collect(asked.ranges, cells)
    known.set(asked, collected)
    return collected
  }

  return (row, column, value) => {
    let shown: Conditioned = NOTHING
    for (const condition of sorted) {
      if (!condition.cells.ranges.some((range) => isIn(range, row, column))) continue
      const number = value?.kind === 'number' ? value.number : undefined
      if (condition.type === 'colorScale') {
        if (number === undefined || shown.fill) continue
        shown = { ...shown, fill: colourOnScale(condition, number, valuesOf(condition)) }
      } else if (condition.type === 'dataBar') {
        if (number === undefined || shown.bar) continue
        shown = { ...shown, bar: barOf(condition, number, valuesOf(condition)) }
      } else if (
        condition.change !== undefined &&
        isFulfilled(condition, value, () => valuesOf(condition))
      ) {
        // What comes first wins.
        shown = { ...shown, change: over(changes[condition.change] ?? {}, shown.change) }
      }
    }
    return shown
  }
}

function isIn({ top, bottom, left, right }: CellRange, row: number, column: number): boolean {
  return row >= top && row <= bottom && column >= left && column <= right
}

function over(below: LookChange, above: LookChange = {}): LookChange {
  return {
    font: { ...below.font, ...above.font },
    fill: above.fill ?? below.fill,
    borders: { ...below.borders, ...above.borders },
    format: above.format ?? below.format,
  }
}

function collect(ranges: readonly CellRange[], cells: readonly SheetCell[]): Values {
  const numbers: number[] = []
  const counts = new Map<string, number>()
  for (const { row, column, value } of cells) {
    if (value === undefined || !ranges.some((range) => isIn(range, row, column))) continue
    if (value.kind === 'number') numbers.push(value.number)
    const text = textOf(value)
    counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return { numbers: numbers.toSorted((one, other) => one - other), counts }
}

function textOf(value: CellValue | undefined): string {
  if (value === undefined) return ''
  if (value.kind === 'number') return String(value.number)
  const text = value.kind === 'text' ? value.runs.map((run) => run.text).join('') : value.text
  return text.toLowerCase()
}

function isFulfilled(
  condition: SheetCondition,
  value: CellValue | undefined,
  values: () => Values,
): boolean {
  const { type, text, operator, formulas } = condition
  const own = textOf(value)
  const wanted = text.toLowerCase()
  switch (type) {
    case 'cellIs':
      return compares(operator, value, formulas.map(readOperand))
    case 'containsText':
      return own.includes(wanted)
    case 'notContainsText':
      return !own.includes(wanted)
    case 'beginsWith':
      return own.startsWith(wanted)
    case 'endsWith':
      return own.endsWith(wanted)
    case 'containsBlanks':
      return own.trim() === ''
    case 'notContainsBlanks':
      return own.trim() !== ''
    case 'containsErrors':
      return value?.kind === 'error'
    case 'notContainsErrors':
      return value?.kind !== 'error'
    case 'duplicateValues':
      return value !== undefined && (values().counts.get(own) ?? 0) > 1
    case 'uniqueValues':
      return value !== undefined && values().counts.get(own) === 1
    case 'top10':
      return value?.kind === 'number' && isAmongFirst(condition, value.number, values().numbers)
    case 'aboveAverage': {
      const { numbers } = values()
      const average = numbers.reduce((sum, each) => sum + each, 0) / numbers.length
      if (value?.kind !== 'number') return false
      return condition.isBelowAverage ? value.number < average : value.number > average
    }
    default:
      return false
  }
}

/** A number or a text that a formula is; undefined for one that would have to be computed. */
function readOperand(formula: string): number | string | undefined {
  const quoted = /^"((?:[^"]|"")*)"$/.exec(formula.trim())?.[1]
  if (quoted !== undefined) return quoted.replaceAll('""', '"').toLowerCase()
  const number = Number(formula)
  return formula.trim() === '' || Number.isNaN(number) ? undefined : number
}

function compares(
  operator: string,
  value: CellValue | undefined,
  operands: readonly (number | string | undefined)[],
): boolean {
  const own = value?.kind === 'number' ? value.number : textOf(value)
  const [first, second] = operands
  if (first === undefined || value === undefined) return false
  if (typeof first !== typeof own) return operator === 'notEqual'
  switch (operator) {
    case 'equal':
      return own === first
    case 'notEqual':
      return own !== first
    case 'lessThan':
      return own < first
    case 'lessThanOrEqual':
      return own <= first
    case 'greaterThan':
      return own > first
    case 'greaterThanOrEqual':
      return own >= first
    case 'between':
      return second !== undefined && own >= first && own <= second
    case 'notBetween':
      return second !== undefined && (own < first || own > second)
    default:
      return false
  }
}

function isAmongFirst(
  { rank, isBottom, isPercent }: SheetCondition,
  number: number,
  numbers: readonly number[],
): boolean {
  const count = isPercent ? Math.floor((numbers.length * rank) / 100) : rank
  const nth = Math.min(numbers.length, Math.max(1, count)) - 1
  const limit = numbers[isBottom ? nth : numbers.length - 1 - nth] ?? number
  return isBottom ? number <= limit : number >= limit
}

/** Where a point of a scale is among the values. */
function placeOf({ type, value }: ScalePoint, { numbers }: Values): number {
  const least = numbers[0] ?? 0
  const most = numbers.at(-1) ?? 0
  switch (type) {
    case 'min':
    case 'autoMin':
      return least
    case 'max':
    case 'autoMax':
      return most
    case 'percent':
      return least + ((most - least) * value) / 100
    case 'percentile': {
      const at = ((numbers.length - 1) * Math.min(100, Math.max(0, value))) / 100
      const [below, above] = [numbers[Math.floor(at)] ?? 0, numbers[Math.ceil(at)] ?? 0]
      return below + (above - below) * (at % 1)
    }
    default:
      return value
  }
}

function colourOnScale(
  { points, colours }: SheetCondition,
  number: number,
  values: Values,
): LetterColour | undefined {
  const places = points.map((point) => placeOf(point, values))
  const next = places.findIndex((place) => number < place)
  if (next === 0) return colours[0]
  if (next === -1) return colours[places.length - 1]
  const [from = 0, to = 0] = [places[next - 1], places[next]]
  const [one, other] = [colours[next - 1], colours[next]]
  return one && other && mixColours(one, other, to > from ? (number - from) / (to - from) : 0)
}

/** As much as the shortest and the longest bar take of their cells, where the workbook does not say. */
const [SHORTEST, LONGEST] = [0.1, 0.9]

function barOf(
  { points, colours }: SheetCondition,
  number: number,
  values: Values,
): Conditioned['bar'] {
  const [first, last] = points
  const [colour] = colours
  if (first === undefined || last === undefined || colour === undefined) return undefined
  const [from, to] = [placeOf(first, values), placeOf(last, values)]
  const share = to > from ? Math.min(1, Math.max(0, (number - from) / (to - from))) : 0
  return { share: SHORTEST + (LONGEST - SHORTEST) * share, colour: mixColours(colour, WHITE, 0.25) }
}

const WHITE: LetterColour = { red: 255, green: 255, blue: 255, alpha: 255 }
