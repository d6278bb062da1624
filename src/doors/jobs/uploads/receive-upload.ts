import { randomUUID } from 'node:crypto'
import { ServiceError } from '../../../base/errors.ts'
import { type Part, readField } from '../../../http/multipart.ts'
import type { Task, TaskFile } from '../tasks/records.ts'
import type { TaskFiles } from '../tasks/task-files.ts'
import {
  type FileTaking,
  isFileOf,
  takeFile,
  toldType,
  uploadedName,
  waitingTask,
} from './take-file.ts'
import { MOST_UPLOAD_BYTES, type UploadForm } from './upload-form.ts'

/** What uploads are received with. */
export interface UploadOptions extends FileTaking {
  form: UploadForm
  files: TaskFiles
}

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
  const { form, store, files } = options
  const fields = new Map<string, string>()
  let file: TaskFile | undefined

  try {
    for await (const part of parts) {
      if (file !== undefined) refuseSecondFile(part)
      else if (part.name === 'file' || part.filename !== undefined) {
        form.verify(taskId, Object.fromEntries(fields))
        file = await storePart(await waitingTask(store, taskId), part, files)
      } else fields.set(part.name, await readField(part))
    }
    if (file === undefined) {
      throw new ServiceError('invalid', 'The form has no file; send it as the last field, "file".')
    }
    return { task: await takeFile(taskId, file, options), file }
  } catch (error) {
    const task = await store.task(taskId)
    const isTaken = task && file && (await isFileOf(store, task, file.object))
    if (file !== undefined && isTaken !== true) await files.remove([file.object])
    throw error
  }
}

async function storePart(task: Task, part: Part, files: TaskFiles): Promise<TaskFile> {
  const { filename = '', contentType = '', content } = part
  return files.put({
    object: `jobs/${task.id}/${randomUUID()}`,
    name: uploadedName(filename),
    contentType: toldType(contentType),
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
