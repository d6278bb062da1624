import { tellUnanswered } from '../../text/unanswered-formulas.ts'
import type { ReadSheet } from './read-sheet.ts'

/** Collects what sheets of a workbook have that is not on their pages. */
export interface Missing {
  readonly note: (sheet: Pick<ReadSheet, 'unanswered' | 'hasSparklines' | 'conditions'>) => void
  /** Says it, a sentence each. */
  readonly tell: () => readonly string[]
}

/** Conditions that have to be computed, and those that show something other than a look. */
const NOT_ASKED: ReadonlySet<string> = new Set(['expression', 'timePeriod', 'iconSet'])

/** Makes a {@link Missing}. */
export function createMissing(): Missing {
  let unanswered = 0
  let hasConditions = false
  let hasSparklines = false
  return {
    note(sheet) {
      unanswered += sheet.unanswered
      hasConditions ||= sheet.conditions.some(({ type }) => NOT_ASKED.has(type))
      hasSparklines ||= sheet.hasSparklines
    },
    tell: () => [
      ...tellUnanswered(unanswered),
      ...(hasConditions
        ? ['Conditions of the document that are formulas, days or icons are not on its pages.']
        : []),
      ...(hasSparklines ? ['Sparklines of the document are not on its pages.'] : []),
    ],
  }
}
