import type { EndedCase } from './ended-case.ts'

/**
 * The times of the cases as CSV, in the columns of `aio asset-compute test-worker`: seconds that the worker took, and
 * seconds in all.
 *
 * @param milliseconds - what all of them took
 */
export function formatTimings(results: readonly EndedCase[], milliseconds: number): string {
  const processing = results.reduce((sum, each) => sum + (each.workerMilliseconds ?? 0), 0)
  const rows = [
    ['name', 'processing time', 'test time'],
    ...results.map((each) => [
      each.name,
      seconds(each.workerMilliseconds),
      seconds(each.milliseconds),
    ]),
    ['total', seconds(processing), seconds(milliseconds)],
  ]
  return rows.map((row) => `${row.map(quote).join(',')}\n`).join('')
}

function seconds(milliseconds: number | undefined): string {
  return milliseconds === undefined ? '' : (milliseconds / 1000).toFixed(3)
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
