import { isTold } from '../operations/task-options.ts'
import type { Job } from '../tasks/records.ts'
import type { TaskFiles } from '../tasks/task-files.ts'
import type { TaskStore } from '../tasks/task-store.ts'
import { RETENTION_MS } from './shapes.ts'

/** The URL of the first file that a job makes available; undefined when there is none. */
export async function exportedUrl(
  job: Job,
  { store, files }: { store: TaskStore; files: TaskFiles },
): Promise<string | undefined> {
  const task = (await store.tasksOf(job)).find(({ operation }) => operation === 'export/url')
  const [file] = task === undefined ? [] : await store.filesOf(task)
  if (task === undefined || file === undefined) return undefined
  const inline = isTold(await store.payloadOf(task), 'inline')
  return files.downloadOf(file, { inline, expiresAt: (task.endedAt ?? 0) + RETENTION_MS })
}
