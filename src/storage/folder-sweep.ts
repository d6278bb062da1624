import type { FolderStore } from './folder-store.ts'
import { type StorageLimits, type Swept, YOUNG_MS } from './lifecycle.ts'
import type { PlaceInAge } from './part-index.ts'

/**
 * Makes what removes old objects of a folder.
 *
 * @param options.isMeant - whether an object may be removed for its age
 * @param options.now - the clock, in milliseconds of the epoch
 */
export function createFolderSweep(options: {
  store: Pick<FolderStore, 'remove' | 'size' | 'here'>
  limits: StorageLimits
  isMeant: (key: string) => boolean
  now: () => number
}): (isOver: () => boolean) => Promise<Swept> {
  const { store, limits, isMeant, now } = options
  const { here } = store
  const { longestMs = Number.POSITIVE_INFINITY, mostBytes = Number.POSITIVE_INFINITY } = limits

  return async (isOver) => {
    const removed = { count: 0, bytes: 0 }
    let excess = store.size() - mostBytes
    let after: PlaceInAge | undefined
    while (!isOver()) {
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
    return removed
  }
}
