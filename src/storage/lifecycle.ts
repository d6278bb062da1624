import type { Log } from '../base/log.ts'
import type { Part } from '../base/part.ts'

/** How long objects are kept, and how much of them; undefined for as long, or as much, as there is room. */
export interface StorageLimits {
  /** In milliseconds, since the last upload of an object. */
  readonly longestMs: number | undefined
  /** In bytes, of all objects together. */
  readonly mostBytes: number | undefined
}

/** What a sweep has removed. */
export interface Swept {
  readonly count: number
  readonly bytes: number
}

/** Between two sweeps, in milliseconds. */
const SWEEP_INTERVAL_MS = 60 * 60 * 1000

/** What is younger is kept in spite of every limit, in milliseconds: somebody is working with it. */
export const YOUNG_MS = 60 * 60 * 1000

/**
 * By how much the clock may have gone differently from the time that has passed, in milliseconds. Where it was set, nothing is
 * removed for being old: it may not be.
 */
const LARGEST_STEP_MS = 60_000

/**
 * Has objects removed that are older than they may be, and when there is more of them than there may be, the oldest.
 *
 * @param options.removeOld - removes them, until it is told to stop
 * @param options.atOnce - whether it begins at the start, and not an hour later
 * @param options.elapsed - a clock that nobody sets, in milliseconds; that of the process unless given
 * @returns a part, whose `sweep` is what it does each hour
 */
export function createLifecycle(options: {
  removeOld: (isOver: () => boolean) => Promise<Swept>
  atOnce: boolean
  log: Log
  now: () => number
  elapsed?: () => number
}): Pick<Part, 'start' | 'pause' | 'finish' | 'close'> & { sweep: () => Promise<void> } {
  const { removeOld, atOnce, log, now, elapsed = () => performance.now() } = options
  let seen = { now: now(), elapsed: elapsed() }
  let sweeping: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  let paused = false

  function wasClockSet(): boolean {
    const current = { now: now(), elapsed: elapsed() }
    const step = current.now - seen.now - (current.elapsed - seen.elapsed)
    seen = current
    return Math.abs(step) > LARGEST_STEP_MS
  }

  async function sweepOnce(): Promise<void> {
    if (wasClockSet()) {
      log.info(
        'The clock was set, or the machine slept: no object of the storage is taken for old in this hour.',
      )
      return
    }
    const removed = await removeOld(() => paused)
    if (removed.count === 0) return
    const megabytes = Math.ceil(removed.bytes / 1e6)
    log.info(
      `The storage has removed what was too old or too much (objects: ${removed.count}, MB: ${megabytes}).`,
    )
  }

  const sweep = (): Promise<void> =>
    (sweeping ??= sweepOnce()
      .catch((error: unknown) => {
        if (!paused) log.error(`Old objects could not be removed: ${String(error)}`)
      })
      .finally(() => {
        sweeping = undefined
      }))

  return {
    sweep,
    start() {
      if (atOnce) void sweep()
      timer = setInterval(() => void sweep(), SWEEP_INTERVAL_MS).unref()
    },
    pause() {
      paused = true
      clearInterval(timer)
    },
    finish: () => sweeping,
    close: () => clearInterval(timer),
  }
}
