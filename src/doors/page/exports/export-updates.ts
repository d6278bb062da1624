import type { Log } from '../../../base/log.ts'
import { gatherNews } from '../gathered-news.ts'
import type { Updates } from '../update-channel.ts'
import { EXPORTS_PER_PAGE } from './export-routes.ts'
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
  readonly exports: Pick<InspectedExports, 'listen' | 'find' | 'list'>
  readonly updates: Updates
  readonly stopping: AbortSignal
  readonly log: Pick<Log, 'warn'>
}): void {
  const note = gatherNews({
    async tell(number: number) {
      const job = await exports.find(number)
      updates.publish(
        job === undefined
          ? { about: 'removed-export', number }
          : { about: 'export', job: toShownExport(job) },
      )
    },
    stopping,
    log,
  })
  /** Any may have come further while nobody could tell. */
  async function noteAll(): Promise<void> {
    try {
      const all = await exports.list()
      for (const { number } of all.slice(0, EXPORTS_PER_PAGE)) note(number)
    } catch (error) {
      log.warn(`Open pages were not told of exports: ${String(error)}`)
    }
  }

  const stop = exports.listen((number) => {
    // What nobody looks at need not be read.
    if (!updates.hasListeners()) return
    if (number === undefined) void noteAll()
    else note(number)
  })
  stopping.addEventListener('abort', stop)
}
