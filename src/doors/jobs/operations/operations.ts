import { ARCHIVE, EXPORT_URL } from './archive-task.ts'
import { CAPTURE_WEBSITE } from './capture-task.ts'
import { COMMAND } from './command-task.ts'
import { CONVERT, THUMBNAIL } from './convert.ts'
import { ARCHIVE_EXTRACT } from './extract-task.ts'
import { IMPORT_BASE64, IMPORT_RAW, IMPORT_UPLOAD } from './import-tasks.ts'
import { MERGE } from './merge-task.ts'
import { METADATA, METADATA_WRITE } from './metadata-tasks.ts'
import type { TaskOperation } from './operation.ts'
import { PDF_TASKS } from './pdf-tasks.ts'
import { PEER_EXPORTS, PEER_IMPORTS } from './peer-tasks.ts'
import { OPTIMIZE, WATERMARK } from './picture-tasks.ts'

const ALL: readonly TaskOperation[] = [
  IMPORT_UPLOAD,
  ...PEER_IMPORTS,
  IMPORT_BASE64,
  IMPORT_RAW,
  CAPTURE_WEBSITE,
  CONVERT,
  THUMBNAIL,
  OPTIMIZE,
  WATERMARK,
  MERGE,
  ...PDF_TASKS,
  METADATA,
  METADATA_WRITE,
  ARCHIVE,
  ARCHIVE_EXTRACT,
  COMMAND,
  EXPORT_URL,
  ...PEER_EXPORTS,
]

/** How Azure's storage is called in the addresses of CloudConvert's API, and in the tasks of its clients; and what n8n calls `merge`. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  'import/azure-blob': 'import/azure/blob',
  'export/azure/blob': 'export/azure-blob',
  merge: 'pdf/merge',
}

/**
 * The one table of what tasks do: requests are checked by it, tasks run by it, and lists and documents are made of it. One
 * that has two names is in it twice.
 */
export const OPERATIONS: ReadonlyMap<string, TaskOperation> = new Map(
  ALL.flatMap((operation): [string, TaskOperation][] => {
    const { [operation.name]: other } = OTHER_NAMES
    return [
      [operation.name, operation],
      ...(other === undefined ? [] : [[other, operation] as [string, TaskOperation]]),
    ]
  }),
)

/** Each of them once. */
export function allOperations(): readonly TaskOperation[] {
  return ALL
}
