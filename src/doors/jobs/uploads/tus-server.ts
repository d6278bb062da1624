import { randomUUID } from 'node:crypto'
import { Server } from '@tus/server'
import type { Task } from '../tasks/records.ts'
import { type GatheringOptions, TaskDataStore } from './task-data-store.ts'
import { toTusRefusal } from './tus-refusal.ts'
import { MOST_UPLOAD_BYTES, UPLOADS_PATH } from './upload-form.ts'

/** How long a request may go on once another has come for the same upload, in milliseconds; what it has brought is kept. */
const STOP_MS = 1000

/** What requests of tus are answered with. */
export interface TusOptions extends GatheringOptions {
  urlOf: (task: Task, upload: string) => string
  /** {@link STOP_MS} unless given. */
  stopMs?: number | undefined
}

/**
 * Answers a request of a tus client about one task, by the library. It has a server of its own: so the library knows whose
 * upload it is, and what it refuses is told apart.
 *
 * @param upload - the id that the request names; undefined when it begins an upload
 * @throws {ServiceError} whatever is refused
 */
export async function answerTus(
  request: Request,
  { task, upload }: { task: Task; upload: string | undefined },
  options: TusOptions,
): Promise<Response> {
  let thrown: unknown
  const server = new Server({
    path: UPLOADS_PATH,
    datastore: new TaskDataStore(task, options),
    locker: options.locks,
    lockDrainTimeout: options.stopMs ?? STOP_MS,
    maxSize: MOST_UPLOAD_BYTES,
    disableTerminationForFinishedUploads: true,
    namingFunction: () => randomUUID(),
    getFileIdFromRequest: () => upload,
    generateUrl: (_, { id }) => options.urlOf(task, id),
    async onUploadFinish(_, { id }) {
      const whole = await options.uploads.find(task, id)
      if (whole === undefined) throw options.isOver(task)
      await options.finish(task, whole)
      return {}
    },
    onResponseError(_, error) {
      thrown = error
      return undefined
    },
  })
  const answer = await server.handleWeb(request)
  if (answer.status >= 400) throw await toTusRefusal(thrown, answer)
  return answer
}
