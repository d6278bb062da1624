import { OperationError } from '../base/operation-error.ts'

/**
 * Makes the best of what fits into a number of bytes, by halving what is left to try: what is better takes more bytes.
 *
 * @param bytes - the most that it may take
 * @param levels - how many there are; the last one is the best
 * @param make - answers how many bytes something of a level takes, from 0; what it made last is what counts
 * @throws {@link OperationError} size_unreachable, with the bytes of the least
 */
export async function makeBestThatFits(
  bytes: number,
  levels: number,
  make: (level: number) => Promise<number>,
): Promise<void> {
  let made = levels - 1
  if ((await make(made)) <= bytes) return
  let [low, high] = [0, levels - 2]
  let best: number | undefined
  let least = Number.POSITIVE_INFINITY
  while (low <= high) {
    made = Math.floor((low + high) / 2)
    const size = await make(made)
    least = Math.min(least, size)
    if (size <= bytes) {
      best = made
      low = made + 1
    } else {
      high = made - 1
    }
  }
  if (best === undefined) throw new OperationError('size_unreachable', { bytes, least })
  if (best !== made) await make(best)
}
