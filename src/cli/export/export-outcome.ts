import type { SavedFile } from '../jobs-api/save-exports.ts'
import { formatColumns } from '../text-table.ts'
import type { ExportProgress } from './run-export.ts'

/** What has come of an export. */
export interface ExportOutcome {
  readonly files: readonly SavedFile[]
  /** A sentence each. */
  readonly failures: readonly string[]
  readonly leftOut: readonly string[]
}

/** One line while the job runs. */
export function describeExport({ total, percent }: ExportProgress): string {
  return `… ${total} assets: ${percent} %`
}

/** The table of the files. */
export function formatExport({ files }: ExportOutcome): string {
  const rows = files.map(({ file, bytes }) => [file, bytes.toLocaleString('en')])
  return formatColumns(['file', 'bytes'], rows, 1).join('\n')
}
