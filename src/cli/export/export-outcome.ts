import type { SavedFile } from '../jobs-api/save-exports.ts'
import { type ProgressWords, tellWritten } from '../progress.ts'
import { formatColumns } from '../text-table.ts'
import type { ExportProgress } from './run-export.ts'

/** What has come of an export. */
export interface ExportOutcome {
  readonly files: readonly SavedFile[]
  /** A sentence each. */
  readonly failures: readonly string[]
  readonly leftOut: readonly string[]
}

/** What is shown of a job while it runs. */
export const EXPORT_WORDS: ProgressWords<ExportProgress> = {
  describe: ({ total, percent }) => `… ${total} assets: ${percent} %`,
  // What follows is the files.
  endOf: () => undefined,
}

/** The table of the files, and where they are. */
export function formatExport({ files, failures }: ExportOutcome, out: string): string {
  const rows = files.map(({ file, bytes }) => [file, bytes.toLocaleString('en')])
  const { length: failed } = failures
  const ended = files.length + failed
  return [
    ...formatColumns(['file', 'bytes'], rows, 1),
    '',
    tellWritten(out, { total: ended, ended, failed }),
  ].join('\n')
}
