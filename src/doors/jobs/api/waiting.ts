import { ServiceError } from '../../../base/errors.ts'
import type { TaskLife } from '../tasks/task-life.ts'
import type { TaskStore } from '../tasks/task-store.ts'

/** Those who wait for a job or a task to end. */
export interface Waiting {
  /**
   * Resolves when the job of this id has ended or is not there any more, and when the signal aborts, since nobody waits then.
   *
   * @throws {ServiceError} `stopping` when the service stops
   */
  job: (id: string, signal: AbortSignal) => Promise<void>
  /** Does the same for a task. */
  task: (id: string, signal: AbortSignal) => Promise<void>
}

/** Makes the waiting room; a stop of the service empties it. */
export function createWaiting(options: {
  store: Pick<TaskStore, 'job' | 'task'>
  life: Pick<TaskLife, 'listen'>
  stopping: AbortSignal
}): Waiting {
  const { store, life, stopping } = options
  const waiting = new Map<string, Set<() => void>>()
  life.listen({
    wants: ({ id }) => waiting.has(id),
    hear({ job, task }) {
      for (const wake of waiting.get(job?.id ?? task?.id ?? '') ?? []) wake()
    },
    missed() {
      for (const wakers of waiting.values()) for (const wake of wakers) wake()
    },
  })

  return {
    job: (id, signal) => until(id, async () => (await store.job(id))?.endedAt !== null, signal),
    task: (id, signal) => until(id, async () => (await store.task(id))?.endedAt !== null, signal),
  }

  async function until(
    id: string,
    isEnded: () => Promise<boolean>,
    signal: AbortSignal,
  ): Promise<void> {
    const either = AbortSignal.any([signal, stopping])
    for (;;) {
      // What is told while it is looked for is no news that is missed.
      const { word, leave } = nextWord(id, either)
      if (await isEnded()) return leave()
      if (signal.aborted) return leave()
      if (stopping.aborted) {
        leave()
        throw new ServiceError('stopping', 'The service is stopping.')
      }
      await word
    }
  }

  /** @returns what resolves at the next word about it, and what ends waiting for that */
  function nextWord(
    id: string,
    signal: AbortSignal,
  ): { readonly word: Promise<void>; readonly leave: () => void } {
    const { promise: word, resolve } = Promise.withResolvers<void>()
    const wakers = waiting.get(id) ?? new Set()
    waiting.set(id, wakers)
    const leave = (): void => {
      signal.removeEventListener('abort', leave)
      wakers.delete(leave)
      if (wakers.size === 0) waiting.delete(id)
      resolve()
    }
    wakers.add(leave)
    signal.addEventListener('abort', leave, { once: true })
    return { word, leave }
  }
}
