/** What changes often is told together, so often, in milliseconds: fast enough to look at. */
const INTERVAL_MS = 250

/** So many are told of at a time; with more the others follow. */
const MOST_AT_A_TIME = 50

/**
 * Gathers what has changed, so that each is told once, however often it has changed in a moment.
 *
 * @param tell - is told of each
 * @param stopping - ends it
 * @returns notes that something has changed
 */
export function gatherNews<Id>(tell: (id: Id) => void, stopping: AbortSignal): (id: Id) => void {
  const changed = new Set<Id>()
  let timer: NodeJS.Timeout | undefined

  function tellAll(): void {
    timer = undefined
    for (const id of [...changed].slice(0, MOST_AT_A_TIME)) {
      changed.delete(id)
      tell(id)
    }
    if (changed.size > 0) later()
  }

  function later(): void {
    timer ??= setTimeout(tellAll, INTERVAL_MS)
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
