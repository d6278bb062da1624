import type { Log } from '../../base/log.ts'

/** What changes often is told together, so often, in milliseconds: fast enough to look at. */
const INTERVAL_MS = 250

/** So many are told of at a time; with more the others follow. */
const MOST_AT_A_TIME = 50

/**
 * Gathers what has changed, so that each is told once, however often it has changed in a moment.
 *
 * @param options.tell - is told of each
 * @param options.stopping - ends it
 * @returns notes that something has changed
 */
export function gatherNews<Id>(options: {
  readonly tell: (id: Id) => void | Promise<void>
  readonly stopping: AbortSignal
  readonly log: Pick<Log, 'warn'>
}): (id: Id) => void {
  const { tell, stopping, log } = options
  const changed = new Set<Id>()
  let timer: NodeJS.Timeout | undefined

  async function tellAll(): Promise<void> {
    timer = undefined
    for (const id of [...changed].slice(0, MOST_AT_A_TIME)) {
      changed.delete(id)
      await tell(id)
    }
    if (changed.size > 0) later()
  }

  function later(): void {
    timer ??= setTimeout(() => {
      tellAll().catch((error: unknown) => {
        if (!stopping.aborted) log.warn(`Open pages were not told of news: ${String(error)}`)
      })
    }, INTERVAL_MS)
    timer.unref()
  }

  stopping.addEventListener('abort', () => {
    clearTimeout(timer)
    changed.clear()
  })
  return (id) => {
    if (stopping.aborted) return
    changed.add(id)
    later()
  }
}
