import { ms } from '../measure.ts'
import {
  CONTENDER_NAMES,
  CONTENDERS,
  figureOf,
  type Result,
  ratioOf,
  type TaskResult,
} from './results.ts'

/** The results as rows of cells; the first row has the headings. */
export function tabulate(tasks: readonly TaskResult[]): string[][] {
  return [['', ...CONTENDER_NAMES.map((name) => CONTENDERS[name])], ...tasks.flatMap(rowsOf)]
}

function rowsOf({ task, results }: TaskResult): string[][] {
  const row = (title: string, cell: (result: Result) => string): string[] => [
    title,
    ...CONTENDER_NAMES.map((name) => cell(results[name])),
  ]
  const memory = row('– peak memory of a process', (result) => {
    const bytes = figureOf(result, 'peakBytes')
    return bytes === undefined ? '' : megabytes(bytes)
  })
  const busy = row('– cores busy', (result) => figureOf(result, 'cores')?.toFixed(2) ?? '')
  return [
    row(task.title, (result) => timeOf(result, results.bare)),
    ...(task.name === 'huge' ? [memory] : []),
    ...(task.name === 'many' ? [busy] : []),
  ]
}

/** Rows of cells as lines of text, the columns below each other. */
export function alignColumns(rows: readonly (readonly string[])[]): string {
  const columns = rows[0]?.keys() ?? []
  const widths = [...columns].map((column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  const pad = (cell: string, column: number): string =>
    column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)
  return rows.map((row) => row.map(pad).join('   ').trimEnd()).join('\n')
}

/** Rows of cells as a table of Markdown. */
export function toMarkdown([headings = [], ...rows]: readonly (readonly string[])[]): string {
  const rule = headings.map((_, column) => (column === 0 ? '---' : '---:'))
  const [first, ...others] = [headings, ...rows].map((cells) => `| ${cells.join(' | ')} |`)
  return [first, `|${rule.join('|')}|`, ...others].join('\n')
}

/** The time of a result, and how many times as long as that of `yardstick` it is. */
export function timeOf(result: Result, yardstick: Result): string {
  if (!result.known) return result.why
  const ratio = result === yardstick ? undefined : ratioOf(result, yardstick)
  return ratio === undefined ? ms(result.ms) : `${ms(result.ms)}, ${times(ratio)}`
}

/** Bytes as a person reads them. */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000)} MB`
}

/** A ratio as a person reads it. */
export function times(ratio: number): string {
  return `${ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(1)} ×`
}
