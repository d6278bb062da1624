import { setImmediate } from 'node:timers/promises'

/** How many bytes are worked on at once: some ten milliseconds, in which a signal is not heard. */
const BAND_BYTES = 8_000_000

/**
 * Goes through rows of pixels band by band, and lets the process do what else there is between two of them.
 *
 * @param rows - how many rows there are, and how many bytes each has
 * @param work - from a row until another, which is the first of the next band
 * @throws what the signal was aborted with
 */
export async function inBands(
  rows: { readonly count: number; readonly bytes: number },
  signal: AbortSignal | undefined,
  work: (from: number, until: number) => void,
): Promise<void> {
  const height = Math.max(1, Math.floor(BAND_BYTES / Math.max(1, rows.bytes)))
  for (let from = 0; from < rows.count; from += height) {
    if (from > 0) await setImmediate()
    signal?.throwIfAborted()
    work(from, Math.min(rows.count, from + height))
  }
}
