import type { Hono } from 'hono'
import type { FrontEnds } from '../../../database/front-ends.ts'
import type { ServiceDatabase } from '../../../database/service-database.ts'
import type { HttpEnv } from '../../../http/root-app.ts'
import type { ObjectStore } from '../../../storage/object-store.ts'
import type { Task } from '../tasks/records.ts'
import type { TaskFiles } from '../tasks/task-files.ts'
import { createPartSettling, type PartSettling } from './part-settling.ts'
import { openPartUploads } from './part-uploads.ts'
import { openSharedUploads } from './shared-uploads.ts'
import { type FileTaking, takesNoMore } from './take-file.ts'
import { createTusRoutes } from './tus-routes.ts'
import type { TusUrls } from './tus-urls.ts'
import { createUploadLocks } from './upload-locks.ts'

/** How files come to tasks in parts. */
export interface UploadsInParts extends Pick<PartSettling, 'takeUp'> {
  readonly routes: Hono<HttpEnv>
  /** Removes what came for a task that ends, but for its file. */
  sweep: (task: Task) => Promise<void>
}

/**
 * Opens the uploads in `options.database`.
 *
 * @param options.partBytes - see `GatheringOptions`
 * @param options.stopMs - see `TusOptions`
 */
export function openUploadsInParts(
  options: FileTaking & {
    database: ServiceDatabase
    frontEnds: Pick<FrontEnds, 'id' | 'onGone'>
    files: TaskFiles
    objects: ObjectStore
    urls: TusUrls
    partBytes?: number | undefined
    stopMs?: number | undefined
  },
): UploadsInParts {
  const { database, frontEnds, store, objects, urls, partBytes, stopMs } = options
  const uploads = openPartUploads(database, frontEnds.id)
  // Where there can be no other front end, nothing is written for a lock.
  const shared = frontEnds.id === '' ? undefined : openSharedUploads(database, frontEnds)
  const settling = createPartSettling({ ...options, uploads })
  return {
    routes: createTusRoutes({
      urls,
      store,
      uploads,
      objects,
      partBytes,
      stopMs,
      locks: createUploadLocks({ shared }),
      async waits({ id }) {
        const task = await store.task(id)
        return task?.operation === 'import/upload' && task.status === 'waiting'
      },
      finish: settling.finish,
      isOver: (task) => takesNoMore(task, 'gone'),
    }),
    sweep: settling.sweep,
    takeUp: settling.takeUp,
  }
}
