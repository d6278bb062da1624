import { parentPort, type TransferListItem } from 'node:worker_threads'
import type { ThreadReply } from './thread.ts'

/** The work of a thread. */
export interface ThreadService<Task, Result> {
  /** Does a task; what it throws ends the thread. */
  work(task: Task): Result | Promise<Result>
  /** What of a result changes hands rather than being copied, such as the memory of a picture. */
  transferred?(result: Result): readonly TransferListItem[]
}

/** Does the tasks of {@link createThread} in the thread that it has started. */
export function serveThread<Task, Result>(service: ThreadService<Task, Result>): void {
  if (parentPort === null) throw new Error('This module runs in a thread.')
  const port = parentPort

  async function answer(task: Task): Promise<void> {
    const result = await service.work(task)
    const reply: ThreadReply<Result> = { result, heldBytes: process.memoryUsage().external }
    port.postMessage(reply, service.transferred?.(result))
  }

  port.on('message', (task: Task) => void answer(task))
}
