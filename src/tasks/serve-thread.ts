import { parentPort, type TransferListItem } from 'node:worker_threads'
import type { ThreadReply } from './thread.ts'

/**
 * Does the tasks of {@link createThread} in the thread that it has started. What `work` throws ends the thread.
 *
 * @param transferred - what of a result changes hands rather than being copied, such as the memory of a picture
 */
export function serveThread<Task, Result>(
  work: (task: Task) => Result | Promise<Result>,
  transferred: (result: Result) => readonly TransferListItem[] = () => [],
): void {
  if (parentPort === null) throw new Error('This module runs in a thread.')
  const port = parentPort
  port.on('message', async (task: Task) => {
    const result = await work(task)
    const reply: ThreadReply<Result> = { result, heldBytes: process.memoryUsage().external }
    port.postMessage(reply, transferred(result))
  })
}
