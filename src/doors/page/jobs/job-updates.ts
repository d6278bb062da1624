import * as z from 'zod/mini'
import type { Updates } from '../update-channel.ts'
import type { InspectedJobs } from './inspected-jobs.ts'

/** What becomes of jobs is told together, so often, in milliseconds: fast enough to look at. */
const INTERVAL_MS = 250

/** Jobs that are told of at a time; with more the others follow. */
const MOST_JOBS = 50

const shape = z.looseObject({ id: z.string() })

/**
 * Tells every open page of the jobs that come further.
 *
 * @param options.stopping - ends it
 */
export function tellOfJobs(options: {
  jobs: Pick<InspectedJobs, 'listen' | 'listed'>
  updates: Updates
  stopping: AbortSignal
}): void {
  const { jobs, updates, stopping } = options
  const changed = new Set<string>()
  let timer: NodeJS.Timeout | undefined

  function tell(): void {
    timer = undefined
    for (const id of [...changed].slice(0, MOST_JOBS)) {
      changed.delete(id)
      const job = jobs.listed(id)
      updates.publish(
        job === undefined ? { about: 'removed-job', id } : { about: 'job', job: shape.parse(job) },
      )
    }
    if (changed.size > 0) later()
  }

  function later(): void {
    timer ??= setTimeout(tell, INTERVAL_MS)
    timer.unref()
  }

  const stop = jobs.listen((news) => {
    // What nobody looks at need not be read.
    if (!updates.hasListeners()) return
    const id = 'job' in news ? news.job : news.removed
    if (id === undefined) return
    changed.add(id)
    later()
  })
  stopping.addEventListener('abort', () => {
    stop()
    clearTimeout(timer)
  })
}
