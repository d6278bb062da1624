import { randomUUID } from 'node:crypto'
import { toFileName } from '../../../base/file-name.ts'
import { createQueue } from '../../../tasks/queue.ts'
import type { Made, TransferOperation } from '../operations/operation.ts'
import type { Task, TaskFile } from './records.ts'
import { TaskError } from './task-error.ts'
import type { TaskFiles } from './task-files.ts'
import type { Payload } from './task-store.ts'

/** Transfers that one user has under way at a time; each waits for somebody else's network most of the time. */
const TRANSFERS_PER_USER = 32

/** Files that are on their way in or out. */
export interface Transfers {
  /** Runs the operation of a task, when it is the user's turn. Rejects with what went wrong. */
  run: (
    task: Task,
    operation: TransferOperation,
    payload: Payload,
    inputs: readonly TaskFile[],
  ) => Promise<Made>
  /** Ends the transfer of a task, if there is one. */
  abort: (task: Task) => void
  /** How far a task is, from 0 to 1, and what it does; undefined when nothing is known of it. */
  progressOf: (task: Task) => { done: number; sentence: string } | undefined
  /** Ends all; they begin anew when the service starts again. */
  close: () => void
}

/** @param options.onProgress - is told at most once a second and task */
export function createTransfers(options: {
  files: TaskFiles
  onProgress: (task: Task) => void
  now: () => number
}): Transfers {
  const { files, onProgress, now } = options
  const queues = new Map<number, { queue: ReturnType<typeof createQueue>; users: number }>()
  const running = new Map<number, AbortController>()
  const progress = new Map<number, { done: number; sentence: string; toldAt: number }>()

  /** Runs in the line of a user, which lasts as long as somebody is in it. */
  async function inTurn<T>(
    user: number,
    turn: number,
    signal: AbortSignal,
    work: () => Promise<T>,
  ) {
    const line = queues.get(user) ?? { queue: createQueue(TRANSFERS_PER_USER), users: 0 }
    queues.set(user, line)
    line.users += 1
    try {
      return await line.queue.run(turn, work, signal)
    } finally {
      line.users -= 1
      if (line.users === 0) queues.delete(user)
    }
  }

  return {
    async run(task, operation, payload, inputs) {
      const controller = new AbortController()
      const { signal } = controller
      running.set(task.sequence, controller)
      try {
        return await inTurn(task.user, task.sequence, signal, () =>
          operation.run(payload, {
            task,
            inputs,
            signal,
            store: ({ name, contentType, content }) =>
              files.put({
                object: `jobs/${task.id}/${randomUUID()}`,
                name: checkedName(name),
                contentType,
                content: untilAborted(content, signal),
              }),
            read: files.read,
            progress(done, sentence) {
              const toldAt = progress.get(task.sequence)?.toldAt ?? 0
              const isNews = now() - toldAt >= 1000
              progress.set(task.sequence, { done, sentence, toldAt: isNews ? now() : toldAt })
              if (isNews) onProgress(task)
            },
          }),
        )
      } finally {
        running.delete(task.sequence)
        progress.delete(task.sequence)
      }
    },
    abort: ({ sequence }) => running.get(sequence)?.abort(),
    progressOf: ({ sequence }) => progress.get(sequence),
    close() {
      for (const controller of running.values()) controller.abort()
    },
  }
}

function checkedName(name: string): string {
  const checked = toFileName(name)
  if (checked !== undefined) return checked
  throw new TaskError(
    'INVALID_FILENAME',
    `The file needs a name such as "photo.jpg", but it is called ${JSON.stringify(name.slice(0, 60))}.`,
  )
}

async function* untilAborted(content: AsyncIterable<Uint8Array>, signal: AbortSignal) {
  for await (const chunk of content) {
    signal.throwIfAborted()
    yield chunk
  }
}
