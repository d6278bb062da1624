import type { Log } from '../../../base/log.ts'
import { gatherNews } from '../gathered-news.ts'
import type { Updates } from '../update-channel.ts'
import { toShownExport } from './export-work.ts'
import type { InspectedExports } from './inspected-exports.ts'

/**
 * Tells every open page of the exports that come further.
 *
 * @param options.stopping - ends it
 */
export function tellOfExports({
  exports,
  updates,
  stopping,
  log,
}: {
  readonly exports: Pick<InspectedExports, 'listen' | 'find'>
  readonly updates: Updates
  readonly stopping: AbortSignal
  readonly log: Pick<Log, 'warn'>
}): void {
  const note = gatherNews({
    tell(number: number) {
      const job = exports.find(number)
      updates.publish(
        job === undefined
          ? { about: 'removed-export', number }
          : { about: 'export', job: toShownExport(job) },
      )
    },
    stopping,
    log,
  })
  const stop = exports.listen((number) => {
    // What nobody looks at need not be read.
    if (updates.hasListeners()) note(number)
  })
  stopping.addEventListener('abort', stop)
}
