/** Something that ends once and for a reason, such as a connection, and what is waited for meanwhile. */
export interface Ending {
  /** Says that it has ended; further calls do nothing. */
  readonly end: (reason: unknown) => void
  /** Settles as the work does, or rejects with the reason when the end comes before. */
  readonly unless: <T>(work: Promise<T>) => Promise<T>
}

/**
 * Makes one that has not ended.
 *
 * `Promise.race` with a promise of the end would do the same, and keep the result of every work until the end: a file that
 * is read chunk by chunk would be in memory as a whole.
 */
export function createEnding(): Ending {
  const waiting = new Set<(reason: unknown) => void>()
  let ended: { reason: unknown } | undefined
  return {
    end(reason) {
      ended ??= { reason }
      for (const reject of waiting) reject(ended.reason)
      waiting.clear()
    },
    unless<T>(work: Promise<T>): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        if (ended === undefined) waiting.add(reject)
        else reject(ended.reason)
        const stop = (): boolean => waiting.delete(reject)
        work.finally(stop).then(resolve, reject)
      })
    },
  }
}
