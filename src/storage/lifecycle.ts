import type { Log } from '../base/log.ts'
import type { Part } from '../base/part.ts'
import type { FilesHere } from './folder-store.ts'
import type { ObjectStore } from './object-store.ts'
import type { PlaceInAge } from './part-index.ts'

/** How long objects are kept, and how much of them; undefined for as long, or as much, as the disk allows. */
export interface StorageLimits {
  /** In milliseconds, since the last upload of an object. */
  readonly longestMs: number | undefined
  /** In bytes, of all objects together. */
  readonly mostBytes: number | undefined
}

/** Between two sweeps, in milliseconds. */
const SWEEP_INTERVAL_MS = 60 * 60 * 1000

/** What is younger is kept in spite of every limit, in milliseconds: somebody is working with it. */
const YOUNG_MS = 60 * 60 * 1000

/**
 * By how much the clock may have gone differently from the time that has passed, in milliseconds. Where it was set, nothing is
 * removed for being old: it may not be.
 */
const LARGEST_STEP_MS = 60_000

/**
 * Removes objects that are older than they may be, and when there is more of them than there may be, the oldest.
 *
 * @param options.isMeant - whether an object may be removed by these rules
 * @param options.elapsed - a clock that nobody sets, in milliseconds; that of the process unless given
 * @returns a part, whose `sweep` is what it does each hour
 */
export function createLifecycle(options: {
  store: Pick<ObjectStore, 'remove' | 'size'>
  here: Pick<FilesHere, 'byAge' | 'look'>
  limits: StorageLimits
  isMeant: (key: string) => boolean
  log: Log
  now: () => number
  elapsed?: () => number
}): Pick<Part, 'start' | 'pause' | 'finish' | 'close'> & { sweep: () => Promise<void> } {
  const { store, here, limits, isMeant, log, now, elapsed = () => performance.now() } = options
  const { longestMs = Number.POSITIVE_INFINITY, mostBytes = Number.POSITIVE_INFINITY } = limits
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

  async function removeOld(): Promise<void> {
    if (wasClockSet()) {
      log.info(
        'The clock was set, or the machine slept: no object of the storage is taken for old in this hour.',
      )
      return
    }
    const removed = { count: 0, bytes: 0 }
    let excess = store.size() - mostBytes
    let after: PlaceInAge | undefined
    while (!paused) {
      const parts = here.byAge(after)
      const last = parts.at(-1)
      if (last === undefined) break
      const isOld = (modified: number): boolean =>
        now() - modified > YOUNG_MS && (now() - modified > longestMs || excess > 0)
      // Parts are in the order of their age; an object is as old as its youngest.
      if (!isOld(parts[0]?.place.modified ?? now())) break
      const old: string[] = []
      for (const [key, place] of new Map(parts.map((part) => [part.key, part.place]))) {
        // Of one whose first part never came there is nothing to be read, and its parts are as old as they are.
        const { modified, size } = here.look(key) ?? { modified: place.modified, size: 0 }
        if (!isMeant(key) || !isOld(modified)) continue
        old.push(key)
        excess -= size
        removed.bytes += size
      }
      after = last.place
      if (old.length === 0) continue
      await store.remove(old)
      removed.count += old.length
      excess = store.size() - mostBytes
    }
    if (removed.count === 0) return
    const megabytes = Math.ceil(removed.bytes / 1e6)
    log.info(
      `The storage has removed what was too old or too much (objects: ${removed.count}, MB: ${megabytes}).`,
    )
  }

  const sweep = (): Promise<void> =>
    (sweeping ??= removeOld()
      .catch((error: unknown) => {
        if (!paused) log.error(`Old objects could not be removed: ${String(error)}`)
      })
      .finally(() => {
        sweeping = undefined
      }))

  return {
    sweep,
    start() {
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
