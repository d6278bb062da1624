import type { LetterColour } from '../../../typesetting/text-content.ts'
import { attributeOf, childrenOf, type Element } from '../../element.ts'
import { toHex } from '../../odf/measures.ts'
import { fromHex, toLetterColour } from '../../slides/colours/colour.ts'
import type { ScalePoint, SheetCondition } from '../conditions.ts'
import { readCellRanges } from './cell-ranges.ts'

/** As many conditions of a sheet are read. */
const MOST_CONDITIONS = 500

/** What a condition is that says nothing else. */
const PLAIN: Omit<SheetCondition, 'cells' | 'priority' | 'type'> = {
  operator: '',
  change: undefined,
  text: '',
  formulas: [],
  rank: 10,
  isBottom: false,
  isPercent: false,
  isBelowAverage: false,
  points: [],
  colours: [],
}

/**
 * Reads the conditions of a sheet, as LibreOffice writes them.
 *
 * @param formats - the element that has them
 * @param changeOf - the number of what a style changes of a look
 */
export function readOdsConditions(
  formats: Element,
  changeOf: (style: string | undefined) => number,
): readonly SheetCondition[] {
  const conditions: SheetCondition[] = []
  for (const format of childrenOf(formats, 'conditional-format')) {
    const cells = { ranges: readCellRanges(attributeOf(format, 'target-range-address')) }
    for (const element of format.children) {
      const read = readCondition(element, changeOf)
      if (read === undefined) continue
      if (conditions.length >= MOST_CONDITIONS) return conditions
      conditions.push({ ...PLAIN, ...read, cells, priority: conditions.length })
    }
  }
  return conditions
}

type Read = Partial<SheetCondition> & Pick<SheetCondition, 'type'>

function readCondition(
  element: Element,
  changeOf: (style: string | undefined) => number,
): Read | undefined {
  if (element.name === 'color-scale') {
    const entries = childrenOf(element, 'color-scale-entry')
    const colours = entries.flatMap((each) => toColour(attributeOf(each, 'color')) ?? [])
    if (colours.length !== entries.length) return undefined
    return { type: 'colorScale', points: entries.map(readPoint), colours }
  }
  if (element.name === 'data-bar') {
    const colour = toColour(attributeOf(element, 'positive-color'))
    const entries = childrenOf(element, 'formatting-entry')
    return colour && { type: 'dataBar', points: entries.map(readPoint), colours: [colour] }
  }
  if (element.name !== 'condition') return undefined
  const asked = readAsked(attributeOf(element, 'value') ?? '')
  return asked && { ...asked, change: changeOf(attributeOf(element, 'apply-style-name')) }
}

const OPERATORS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '=': 'equal',
    '!=': 'notEqual',
    '<>': 'notEqual',
    '<': 'lessThan',
    '<=': 'lessThanOrEqual',
    '>': 'greaterThan',
    '>=': 'greaterThanOrEqual',
  }),
)

/** What a condition is by the word that it begins with, but for those that have numbers or texts in brackets. */
const WORDS: ReadonlyMap<string, Read> = new Map(
  Object.entries<Read>({
    duplicate: { type: 'duplicateValues' },
    unique: { type: 'uniqueValues' },
    'above-average': { type: 'aboveAverage' },
    'below-average': { type: 'aboveAverage', isBelowAverage: true },
    'is-error': { type: 'containsErrors' },
    'is-no-error': { type: 'notContainsErrors' },
    between: { type: 'cellIs', operator: 'between' },
    'not-between': { type: 'cellIs', operator: 'notBetween' },
    'begins-with': { type: 'beginsWith' },
    'ends-with': { type: 'endsWith' },
    'contains-text': { type: 'containsText' },
    'not-contains-text': { type: 'notContainsText' },
    'top-elements': { type: 'top10' },
    'bottom-elements': { type: 'top10', isBottom: true },
    'top-percent': { type: 'top10', isPercent: true },
    'bottom-percent': { type: 'top10', isPercent: true, isBottom: true },
  }),
)

/** Such as `>=5` or `between(1,5)`; undefined for what has to be computed. */
function readAsked(value: string): Read | undefined {
  const [, operator, operand] = /^\s*(=|!=|<>|<=|>=|<|>)\s*(.+)$/s.exec(value) ?? []
  if (operand !== undefined) {
    return {
      type: 'cellIs',
      operator: OPERATORS.get(operator ?? '') ?? '',
      formulas: [operand],
    }
  }
  const [, word = '', inside] = /^\s*([a-z-]+)\s*(?:\((.*)\))?\s*$/s.exec(value) ?? []
  const read = WORDS.get(word)
  if (read === undefined) return undefined
  const operands = inside?.split(/[,;](?=(?:[^"]*"[^"]*")*[^"]*$)/).slice(0, 2) ?? []
  const [first = ''] = operands
  return {
    ...read,
    formulas: operands,
    text: first.trim().replaceAll(/^"|"$/g, ''),
    rank: Number(first) > 0 ? Number(first) : PLAIN.rank,
  }
}

const POINTS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    minimum: 'min',
    maximum: 'max',
    'auto-minimum': 'autoMin',
    'auto-maximum': 'autoMax',
    percentile: 'percentile',
    percent: 'percent',
  }),
)

function readPoint(entry: Element): ScalePoint {
  const value = Number(attributeOf(entry, 'value') ?? 0)
  const type = POINTS.get(attributeOf(entry, 'type') ?? '') ?? 'num'
  return { type, value: Number.isFinite(value) ? value : 0 }
}

function toColour(value: string | undefined): LetterColour | undefined {
  const colour = fromHex(toHex(value) ?? '')
  return colour && toLetterColour(colour)
}
