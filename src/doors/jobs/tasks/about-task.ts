import type { LogSubject } from '../../../base/log.ts'
import type { Task } from './records.ts'
import { DOOR } from './wishes.ts'

/** What is logged in the course of a task is about this: its activations and events know it by its id. */
export function aboutTask({ id }: Pick<Task, 'id'>): LogSubject {
  return { requestId: id, door: DOOR }
}
