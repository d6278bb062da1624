import { ARCHIVE, EXPORT_URL } from './archive-task.ts'
import { CONVERT, THUMBNAIL } from './convert.ts'
import { IMPORT_BASE64, IMPORT_RAW, IMPORT_UPLOAD } from './import-tasks.ts'
import { METADATA } from './metadata-tasks.ts'
import type { TaskOperation } from './operation.ts'

/** The one table of what tasks do: requests are checked by it, tasks run by it, and lists and documents are made of it. */
export const OPERATIONS: ReadonlyMap<string, TaskOperation> = new Map(
  [IMPORT_UPLOAD, IMPORT_BASE64, IMPORT_RAW, CONVERT, THUMBNAIL, METADATA, ARCHIVE, EXPORT_URL].map(
    (operation) => [operation.name, operation],
  ),
)
