import type { JobStore } from './job-store.ts'

/** Jobs of which somebody hears when they have changed. */
export interface WatchedJobs {
  readonly store: JobStore
  /** Tells of each job that was submitted, has come further or was removed, by its number. @returns what ends it */
  readonly listen: (listener: (job: number) => void) => () => void
}

/** Has jobs watched: what has changed is told when it is on the disk. */
export function watchJobs(store: JobStore): WatchedJobs {
  const listeners = new Set<(job: number) => void>()

  function tell(job: number): void {
    for (const listener of listeners) listener(job)
  }

  /** @param change - of which the first argument is the number of a job */
  function told<Rest extends readonly unknown[]>(
    change: (job: number, ...rest: Rest) => Promise<void>,
  ): (job: number, ...rest: Rest) => Promise<void> {
    return async (job, ...rest) => {
      await change(job, ...rest)
      tell(job)
    }
  }

  return {
    store: {
      ...store,
      async add(wanted) {
        const job = await store.add(wanted)
        tell(job.number)
        return job
      },
      async open(wanted) {
        const job = await store.open(wanted)
        tell(job.number)
        return job
      },
      begin: told(store.begin),
      count: told(store.count),
      log: told(store.log),
      tally: told(store.tally),
      end: told(store.end),
      settle: told(store.settle),
      pause: told(store.pause),
      hurry: told(store.hurry),
      remove: told(store.remove),
    },
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
