/** What was read or written last, in memory. */
export interface RecentBytes {
  readonly get: (key: string) => Uint8Array | undefined
  readonly set: (key: string, bytes: Uint8Array) => void
  readonly delete: (key: string) => void
}

/** What is larger than this part of all would drive out too much else. */
const LARGEST_PART = 1 / 8

/**
 * Keeps bytes in memory, and drops those that were not used for longest.
 *
 * @param mostBytes - how many at most
 */
export function createRecentBytes(mostBytes: number): RecentBytes {
  /** In the order of their last use, the oldest first. */
  const kept = new Map<string, Uint8Array>()
  let total = 0

  function drop(key: string): void {
    total -= kept.get(key)?.length ?? 0
    kept.delete(key)
  }

  return {
    get(key) {
      const bytes = kept.get(key)
      if (bytes) {
        kept.delete(key)
        kept.set(key, bytes)
      }
      return bytes
    },
    set(key, bytes) {
      drop(key)
      if (bytes.length > mostBytes * LARGEST_PART) return
      kept.set(key, bytes)
      total += bytes.length
      for (const oldest of kept.keys()) {
        if (total <= mostBytes) break
        drop(oldest)
      }
    },
    delete: drop,
  }
}
