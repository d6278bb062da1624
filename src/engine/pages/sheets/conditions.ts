import { type Attributes, readAttribute } from '../../../packages/markup.ts'
import { type CellRange, readRange } from '../../text/xlsx-places.ts'
import type { LetterColour } from '../../typesetting/text-content.ts'

/** What is asked of cells, and what becomes of those that fulfil it. */
export interface SheetCondition {
  readonly cells: ConditionedCells
  /** As the workbook calls it, such as `cellIs`. */
  readonly type: string
  readonly operator: string
  /** What it is of two conditions that are fulfilled, the lowest first. */
  readonly priority: number
  /** The number of what it changes of a look. */
  readonly change: number | undefined
  readonly text: string
  readonly formulas: readonly string[]
  /** How many of the largest values, or of the smallest, and whether that is in percent. */
  readonly rank: number
  readonly isBottom: boolean
  readonly isPercent: boolean
  readonly isBelowAverage: boolean
  /** Where the colours of a scale are among the values, or the ends of a bar. */
  readonly points: readonly ScalePoint[]
  readonly colours: readonly LetterColour[]
}

/** Cells that have conditions in common. */
export interface ConditionedCells {
  readonly ranges: readonly CellRange[]
}

/** A place among the values of cells. */
export interface ScalePoint {
  /** As the workbook calls it, such as `percentile`. */
  readonly type: string
  readonly value: number
}

/** More ranges than anybody lists. */
const MOST_RANGES = 1000

/** Reads the beginning of a condition, which has formulas, points and colours in it. */
export function readCondition(
  cells: ConditionedCells,
  attributes: Attributes,
): Omit<SheetCondition, 'formulas' | 'points' | 'colours'> {
  const value = (name: string): string => readAttribute(attributes, name) ?? ''
  const change = readAttribute(attributes, 'dxfId')
  return {
    cells,
    type: value('type'),
    operator: value('operator'),
    priority: Number(value('priority')),
    change: change === undefined ? undefined : Number(change),
    text: value('text'),
    rank: Number(value('rank') || 10),
    isBottom: isTrue(value('bottom')),
    isPercent: isTrue(value('percent')),
    isBelowAverage: /^(0|false)$/.test(value('aboveAverage')),
  }
}

/** Reads a list of ranges such as `A1:B2 D4`. */
export function readConditionedCells(list: string | undefined): ConditionedCells {
  const listed = (list ?? '').split(/\s+/).slice(0, MOST_RANGES)
  return { ranges: listed.flatMap((each) => readRange(each) ?? []) }
}

/** Reads a point of a scale or a bar. */
export function readPoint(attributes: Attributes): ScalePoint {
  const value = Number(readAttribute(attributes, 'val') ?? 0)
  return { type: readAttribute(attributes, 'type') ?? '', value: Number.isNaN(value) ? 0 : value }
}

function isTrue(value: string): boolean {
  return value === '1' || value === 'true'
}
