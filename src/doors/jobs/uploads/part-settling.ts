import { ServiceError } from '../../../base/errors.ts'
import type { ObjectStore } from '../../../storage/object-store.ts'
import type { Task } from '../tasks/records.ts'
import type { TaskFiles } from '../tasks/task-files.ts'
import { objectOfUpload, type PartUpload, type PartUploads } from './part-uploads.ts'
import { type FileTaking, takeFile, takesNoMore } from './take-file.ts'

/** What becomes of uploads that came in parts. */
export interface PartSettling {
  /**
   * Ends a task with an upload that is whole, as a form does.
   *
   * @throws {ServiceError} `gone` when the task has ended otherwise; nothing of the upload is left then
   */
  finish: (task: Task, upload: PartUpload) => Promise<void>
  /** Removes what came for a task that has ended, but for its file. */
  sweep: (task: Task) => Promise<void>
  /** Does for all uploads what a kill came before: ends tasks with those that are whole, and sweeps those of ended tasks. */
  takeUp: () => Promise<void>
}

/** A task that was ended meanwhile needs no upload. */
function leaveGone(error: unknown): void {
  if (!(error instanceof ServiceError) || error.code !== 'gone') throw error
}

/** Makes what ends uploads. */
export function createPartSettling(
  options: FileTaking & {
    uploads: PartUploads
    files: Pick<TaskFiles, 'find'>
    objects: Pick<ObjectStore, 'put' | 'arrived' | 'complete' | 'remove'>
  },
): PartSettling {
  const { store, uploads, files, objects } = options

  async function finish(task: Task, upload: PartUpload): Promise<void> {
    const object = objectOfUpload(task, upload)
    const { id, filename, contentType } = upload
    // Of a file of no bytes no part has come.
    if (upload.length === 0 && (await objects.arrived(object)).parts === 0) {
      const of = { upload: id, part: 0 }
      await objects.put({ key: object, body: null, size: {}, contentType, of })
    }
    await objects.complete(object, contentType, true)
    const file = await files.find(object, filename)
    if (file === undefined) throw takesNoMore(task, 'gone')
    try {
      await takeFile(task.id, file, options)
    } catch (error) {
      const current = await store.task(task.id)
      if (current !== undefined && current.endedAt === null) throw error
      await objects.remove([object])
      throw takesNoMore(task, 'gone')
    }
  }

  async function sweep(task: Task): Promise<void> {
    const taken = await store.filesOf(task)
    const idle = (await uploads.ofTask(task)).filter((upload) =>
      taken.every(({ object }) => object !== objectOfUpload(task, upload)),
    )
    if (idle.length === 0) return
    await objects.remove(idle.map((upload) => objectOfUpload(task, upload)))
    await uploads.remove(idle)
  }

  return {
    finish,
    sweep,
    async takeUp() {
      for (const upload of await uploads.all()) {
        const task = await store.taskBySequence(upload.task)
        if (task === undefined) continue
        if (task.endedAt !== null) await sweep(task)
        else if (upload.length === (await objects.arrived(objectOfUpload(task, upload))).size) {
          await finish(task, upload).catch(leaveGone)
        }
      }
    },
  }
}
