import { randomUUID } from 'node:crypto'
import { toFileName } from '../../../base/file-name.ts'
import type { Log } from '../../../base/log.ts'
import type { Trials } from '../../../orders/trials.ts'
import type { Reachable } from '../../../peers/peer.ts'
import { createQueue } from '../../../tasks/queue.ts'
import type { Made, TransferOperation } from '../operations/operation.ts'
import { aboutTask } from './about-task.ts'
import type { Task, TaskFile } from './records.ts'
import { TaskError } from './task-error.ts'
import type { TaskFiles } from './task-files.ts'
import type { Payload } from './task-store.ts'

/** Transfers that one user has under way at a time; each waits for somebody else's network most of the time. */
const TRANSFERS_PER_USER = 32

/** Files that are on their way in or out. */
export interface Transfers {
  /**
   * Runs the operation of a task, when it is the user's turn; one under which the service has died has a trial of
   * {@link Trials} before. Rejects with what went wrong.
   */
  run: (
    task: Task,
    operation: Pick<TransferOperation, 'run'>,
    payload: Payload,
    inputs: readonly TaskFile[],
  ) => Promise<Made>
  /** Ends the transfer of a task, if there is one. */
  abort: (task: Pick<Task, 'sequence'>) => void
  /** The sequences of the tasks whose transfers run or wait for their turn. */
  underWay: () => readonly number[]
  isUnderWay: (sequence: number) => boolean
  /** How far a task is, from 0 to 1, and what it does; undefined when nothing is known of it. */
  progressOf: (task: Task) => { done: number; sentence: string } | undefined
  /** Ends all; they begin anew when the service starts again. */
  close: () => void
  /** After {@link Transfers.close}: resolves when it is on the disk that the service did not die under them. */
  finish: () => Promise<void>
}

/** Counts on the disk how often tasks were begun. */
export interface TransferAttempts {
  count: (task: Task) => Promise<void>
  /** Counts their last attempts no more, and leaves them to others. */
  leave: (tasks: readonly Task[]) => Promise<void>
}

/** @param options.onProgress - is told at most once a second and task */
export function createTransfers(options: {
  attempts: TransferAttempts
  files: Pick<TaskFiles, 'put' | 'read'>
  trials: Pick<Trials, 'turn'>
  reachable: () => Reachable
  onProgress: (task: Task) => void
  log: Log
  now: () => number
}): Transfers {
  const { attempts, files, trials, reachable, onProgress, log, now } = options
  const queues = new Map<number, { queue: ReturnType<typeof createQueue>; users: number }>()
  const running = new Map<number, AbortController>()
  /** Those among them that have begun to run. */
  const begun = new Map<number, Task>()
  /** Those that the service has ended. */
  let left: Task[] = []
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

  /** Resolves once the attempt may begin: one that is not the first waits until its count is on the disk. */
  async function count(task: Task): Promise<void> {
    begun.set(task.sequence, task)
    const counted = attempts.count(task)
    if (task.status === 'processing') return counted
    counted.catch((error: unknown) => {
      log.error(`an attempt could not be counted: ${String(error)}`, aboutTask(task))
    })
  }

  return {
    async run(task, operation, payload, inputs) {
      const controller = new AbortController()
      const { signal } = controller
      running.set(task.sequence, controller)
      let endTrial: (() => void) | undefined
      try {
        endTrial = await trials.turn(task.attempts, signal)
        return await inTurn(task.user, task.sequence, signal, async () => {
          await count(task)
          return operation.run(payload, {
            task,
            inputs,
            signal,
            reachable: reachable(),
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
          })
        })
      } finally {
        endTrial?.()
        running.delete(task.sequence)
        begun.delete(task.sequence)
        progress.delete(task.sequence)
      }
    },
    abort: ({ sequence }) => running.get(sequence)?.abort(),
    underWay: () => [...running.keys()],
    isUnderWay: (sequence) => running.has(sequence),
    progressOf: ({ sequence }) => progress.get(sequence),
    close() {
      left = [...begun.values()]
      for (const controller of running.values()) controller.abort()
    },
    async finish() {
      if (left.length === 0) return
      try {
        await attempts.leave(left)
      } catch (error) {
        log.error(`Transfers that were ended could not be noted: ${String(error)}`)
      }
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
