import { randomUUID } from 'node:crypto'
import { ServiceError } from '../../../base/errors.ts'
import { toFileName } from '../../../base/file-name.ts'
import { type Part, readField } from '../../../http/multipart.ts'
import type { Task, TaskFile } from '../tasks/records.ts'
import type { TaskFiles } from '../tasks/task-files.ts'
import type { TaskRunner } from '../tasks/task-runner.ts'
import type { TaskStore } from '../tasks/task-store.ts'
import { MOST_UPLOAD_BYTES, type UploadForm } from './upload-form.ts'

/** What uploads are received with. */
export interface UploadOptions {
  form: UploadForm
  store: TaskStore
  files: TaskFiles
  runner: Pick<TaskRunner, 'uploaded'>
}

/** Media types that fit into a header, and say more than that there are bytes. */
const TELLING_TYPE =
  /^(?!application\/octet-stream\b)[\w!#$&^.+-]+\/[\w!#$&^.+-]+[ \t]*(;[ -~]{0,200})?$/i

/**
 * Takes the file for a task out of its form, and ends the task with it. Of several that come at once, one is taken.
 *
 * @throws {ServiceError} `invalid` for a form that breaks off or is not as it must be, see also {@link UploadForm.verify};
 * `not_found` when there is no such task; `conflict` when the task takes no file, or none any more; `too_large`. In all of
 * these nothing of the form is kept, and a task that waited waits on.
 */
export async function receiveUpload(
  taskId: string,
  parts: AsyncIterable<Part>,
  options: UploadOptions,
): Promise<{ task: Task; file: TaskFile }> {
  const { form, store, files, runner } = options
  const fields = new Map<string, string>()
  let file: TaskFile | undefined

  const isTaken = (task: Task): boolean =>
    store.filesOf(task).some(({ object }) => object === file?.object)

  try {
    for await (const part of parts) {
      if (file !== undefined) refuseSecondFile(part)
      else if (part.name === 'file' || part.filename !== undefined) {
        form.verify(taskId, Object.fromEntries(fields))
        file = await storePart(waitingTask(store, taskId), part, files)
      } else fields.set(part.name, await readField(part))
    }
    if (file === undefined) {
      throw new ServiceError('invalid', 'The form has no file; send it as the last field, "file".')
    }
    const task = waitingTask(store, taskId)
    await runner.uploaded(task, file)
    if (!isTaken(task)) throw takesNoMore(task)
    return { task, file }
  } catch (error) {
    const task = store.task(taskId)
    if (file !== undefined && (task === undefined || !isTaken(task))) {
      await files.remove([file.object])
    }
    throw error
  }
}

async function storePart(task: Task, part: Part, files: TaskFiles): Promise<TaskFile> {
  const { filename = '', contentType = '', content } = part
  const name = toFileName(filename)
  if (name === undefined) {
    throw new ServiceError(
      'invalid',
      `The file must have a filename such as "photo.jpg", but it has ${JSON.stringify(filename.slice(0, 100))}.`,
    )
  }
  return files.put({
    object: `jobs/${task.id}/${randomUUID()}`,
    name,
    contentType: TELLING_TYPE.test(contentType) ? contentType : undefined,
    content,
    mostBytes: MOST_UPLOAD_BYTES,
  })
}

/** Fields after the file are the buttons of a browser's form; a file that nobody would get is not passed over. */
function refuseSecondFile({ name, filename }: Part): void {
  if (filename === undefined || filename === '') return
  throw new ServiceError(
    'invalid',
    `A task takes one file, but the form has another one in ${JSON.stringify(name.slice(0, 100))}.`,
  )
}

function waitingTask(store: TaskStore, id: string): Task {
  const task = store.task(id)
  if (task === undefined) throw new ServiceError('not_found', `There is no task ${id}.`)
  if (task.operation !== 'import/upload') {
    throw new ServiceError(
      'conflict',
      `The task ${id} is ${task.operation}; only import/upload takes a file.`,
    )
  }
  if (task.status !== 'waiting') throw takesNoMore(task)
  return task
}

function takesNoMore({ id }: Task): ServiceError {
  return new ServiceError(
    'conflict',
    `The task ${id} does not wait for a file any more; create a new task.`,
  )
}
