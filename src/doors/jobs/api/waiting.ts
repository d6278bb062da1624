import { ServiceError } from '../../../base/errors.ts'
import { createWords } from '../../../tasks/words.ts'
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
  const words = createWords()
  life.listen({
    wants: ({ id }) => words.isListenedFor(id),
    hear: ({ job, task }) => words.say(job?.id ?? task?.id ?? ''),
    missed: () => words.say(undefined),
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
      const word = words.listen(id, either)
      try {
        if ((await isEnded()) || signal.aborted) return
        if (stopping.aborted) throw new ServiceError('stopping', 'The service is stopping.')
        await word.within()
      } finally {
        word.leave()
      }
    }
  }
}
