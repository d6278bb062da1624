/** Where something goes that is written into a file. */
export interface Place {
  /** Resolves with the offset of its first byte; rejects when something before it failed. */
  readonly start: Promise<number>
  /** The same at once; undefined as long as it depends on the length of something before it. */
  known(): number | undefined
  /** Says how many bytes it takes. */
  take(length: number): void
  /** Says that it will not be written, and so nothing behind it either. */
  fail(error: unknown): void
}

/**
 * Puts things one behind the other, without gaps, in the order in which they ask for a place, though the length of each
 * may turn out late and in any order.
 */
export function createPlaces(): () => Place {
  let next: Promise<number> = Promise.resolve(0)
  return () => {
    const start = next
    const length = Promise.withResolvers<number>()
    let offset: number | undefined
    next = start.then(async (known) => {
      offset = known
      return known + (await length.promise)
    })
    // Not everything that fails has something behind it that waits.
    for (const promise of [next, length.promise]) promise.catch(() => undefined)
    return { start, known: () => offset, take: length.resolve, fail: length.reject }
  }
}
