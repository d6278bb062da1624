import { ServiceError } from '../../../base/errors.ts'
import { toFileName } from '../../../base/file-name.ts'
import type { Task, TaskFile } from '../tasks/records.ts'
import type { TaskRunner } from '../tasks/task-runner.ts'
import type { TaskStore } from '../tasks/task-store.ts'

/** What files are given to tasks with. */
export interface FileTaking {
  store: TaskStore
  runner: Pick<TaskRunner, 'uploaded'>
}

/** Media types that fit into a header, and say more than that there are bytes. */
const TELLING_TYPE =
  /^(?!application\/octet-stream\b)[\w!#$&^.+-]+\/[\w!#$&^.+-]+[ \t]*(;[ -~]{0,200})?$/i

/**
 * The task that waits for a file.
 *
 * @throws {ServiceError} `not_found` when there is none, `conflict` when it takes no file, or none any more
 */
export async function waitingTask(store: TaskStore, id: string): Promise<Task> {
  const task = await store.task(id)
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

/**
 * Ends a task with the file that has come for it, unless it has that file already. Of several that come at once, one is taken.
 *
 * @throws {ServiceError} see {@link waitingTask}, also when another file was taken; this one is left where it is
 */
export async function takeFile(
  taskId: string,
  file: TaskFile,
  { store, runner }: FileTaking,
): Promise<Task> {
  const known = await store.task(taskId)
  if (known !== undefined && (await isFileOf(store, known, file.object))) return known
  const task = await waitingTask(store, taskId)
  await runner.uploaded(task, file)
  if (!(await isFileOf(store, task, file.object))) throw takesNoMore(task)
  return task
}

/** Whether a task has been given an object as its file. */
export async function isFileOf(store: TaskStore, task: Task, object: string): Promise<boolean> {
  return (await store.filesOf(task)).some((file) => file.object === object)
}

/** @param code - that of the refusal; a client of tus tries again after a conflict, but not when something is gone */
export function takesNoMore({ id }: Task, code: 'conflict' | 'gone' = 'conflict'): ServiceError {
  return new ServiceError(
    code,
    `The task ${id} does not wait for a file any more; create a new task.`,
  )
}

/**
 * The name of a file that is uploaded.
 *
 * @param given - as its sender has it
 * @throws {ServiceError} `invalid` when that is none
 */
export function uploadedName(given: string): string {
  const name = toFileName(given)
  if (name !== undefined) return name
  throw new ServiceError(
    'invalid',
    `The file must have a filename such as "photo.jpg", but it has ${JSON.stringify(given.slice(0, 100))}.`,
  )
}

/** The media type that a sender has named, if it says something. */
export function toldType(given: string): string | undefined {
  return TELLING_TYPE.test(given) ? given : undefined
}
