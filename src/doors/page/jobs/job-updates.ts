import * as z from 'zod/mini'
import type { Log } from '../../../base/log.ts'
import { gatherNews } from '../gathered-news.ts'
import type { Updates } from '../update-channel.ts'
import type { InspectedJobs } from './inspected-jobs.ts'

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
  log: Pick<Log, 'warn'>
}): void {
  const { jobs, updates, stopping, log } = options
  const note = gatherNews({
    async tell(id: string) {
      const job = await jobs.listed(id)
      updates.publish(
        job === undefined ? { about: 'removed-job', id } : { about: 'job', job: shape.parse(job) },
      )
    },
    stopping,
    log,
  })
  const stop = jobs.listen((news) => {
    // What nobody looks at need not be read.
    if (!updates.hasListeners()) return
    const id = 'job' in news ? news.job : news.removed
    if (id !== undefined) note(id)
  })
  stopping.addEventListener('abort', stop)
}
