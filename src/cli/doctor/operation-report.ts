import type { OperationMaker } from '../../doors/jobs/operations/grades.ts'

/** What makes an operation of the jobs API on this machine. */
export interface OperationReport {
  readonly operation: string
  /** How many pairs of formats it makes; of an operation without formats, one. */
  readonly grades: readonly {
    /** The names of the programs that it takes; none for what comes with npm ci. */
    readonly needs: readonly string[]
    readonly pairs: number
    /** Why it cannot be had on this machine, and what brings it; null when it can. */
    readonly missing: string | null
  }[]
}

/** Counts the formats of the operations that make something, by what makes them. */
export function reportOperations(makers: readonly OperationMaker[]): readonly OperationReport[] {
  const making = makers.filter(({ operation }) => !/^(?:import|export)\//.test(operation))
  const byOperation = Map.groupBy(making, ({ operation }) => operation)
  return Array.from(byOperation, ([operation, own]) => {
    const alike = Map.groupBy(own, ({ needs }) => needs.join())
    const grades = Array.from(alike.values(), (these) => ({
      needs: these[0]?.needs ?? [],
      missing: these[0]?.missing ?? null,
      pairs: these.reduce((sum, { from, to }) => sum + (from.length || 1) * (to.length || 1), 0),
    }))
    return { operation, grades }
  })
}

/** One line about an operation, as in "npm ci (984), LibreOffice (143)". */
export function describeGrades({ grades }: OperationReport): string {
  return grades
    .map(({ needs, pairs, missing }) => {
      const what = needs.length === 0 ? 'npm ci' : needs.join(' and ')
      return `${what}${missing === null ? '' : ': missing'} (${pairs})`
    })
    .join('; ')
}
