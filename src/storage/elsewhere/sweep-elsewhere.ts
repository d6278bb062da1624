import { type StorageLimits, type Swept, YOUNG_MS } from '../lifecycle.ts'
import type { Blobs, ListedBlob } from './blobs.ts'

const HOUR_MS = 60 * 60 * 1000

/** How long parts stay that were never put together, in milliseconds: as long as the URLs are valid that they come by. */
const PARTS_KEPT_MS = 7 * 24 * HOUR_MS

/** How many are removed by one call. */
const BATCH = 1000

/**
 * Makes what removes old objects of a store. Its listing may be of millions, so nothing of it is kept but how many bytes there are of
 * each hour.
 *
 * @param options.passing - how the names begin of what may be removed
 * @returns removes; resolves with what it has removed, and how many bytes are left of everything
 */
export function createSweepElsewhere(
  blobs: Pick<Blobs, 'list' | 'remove'>,
  options: { passing: string; now: () => number },
): (limits: StorageLimits, isOver: () => boolean) => Promise<Swept & { left: number }> {
  const { passing, now } = options

  /** @param isOld - whether one that may be removed is to be */
  async function removeThose(
    isOld: (age: number, size: number) => boolean,
    isOver: () => boolean,
  ): Promise<Swept & { left: number }> {
    const swept = { count: 0, bytes: 0, left: 0 }
    let doomed: ListedBlob[] = []

    async function removeDoomed(): Promise<void> {
      await blobs.remove(doomed.map(({ name }) => name))
      swept.count += doomed.length
      for (const { size } of doomed) swept.bytes += size
      doomed = []
    }
    function isDoomed({ name, size, modified, partOf }: ListedBlob): boolean {
      const age = now() - modified
      if (partOf !== undefined) return age > PARTS_KEPT_MS
      return name.startsWith(passing) && age > YOUNG_MS && isOld(age, size)
    }

    for await (const blob of blobs.list('')) {
      if (isOver()) break
      if (isDoomed(blob)) doomed.push(blob)
      else swept.left += blob.size
      if (doomed.length === BATCH) await removeDoomed()
    }
    if (doomed.length > 0) await removeDoomed()
    return swept
  }

  return async ({ longestMs = Number.POSITIVE_INFINITY, mostBytes }, isOver) => {
    const bytesByHour = new Map<number, number>()
    const first = await removeThose((age, size) => {
      if (age > longestMs) return true
      const hour = Math.floor(age / HOUR_MS)
      bytesByHour.set(hour, (bytesByHour.get(hour) ?? 0) + size)
      return false
    }, isOver)
    let excess = mostBytes === undefined ? 0 : first.left - mostBytes
    if (excess <= 0 || isOver()) return first

    let youngest = Number.POSITIVE_INFINITY
    for (const [hour, bytes] of [...bytesByHour].toSorted(([a], [b]) => b - a)) {
      if (excess <= 0) break
      youngest = hour
      excess -= bytes
    }
    const second = await removeThose((age) => Math.floor(age / HOUR_MS) >= youngest, isOver)
    return {
      count: first.count + second.count,
      bytes: first.bytes + second.bytes,
      left: second.left,
    }
  }
}
