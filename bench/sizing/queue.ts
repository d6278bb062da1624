import type { Arrival } from './day.ts'

/** How a day went. */
export interface Outcome {
  /** How long each asset waited for a processor, in seconds. */
  readonly waits: Float64Array
  /** How much of their time the processors had something to do, from 0 to 1, up to when the last one was done. */
  readonly load: number
  /** When the last asset was done, since midnight, in seconds. */
  readonly end: number
}

/**
 * Has processors work on what arrives: who has come first goes first, to whichever is free. So do orders of one client with machines that
 * share them; places of clients, which have somebody else wait in place of them, change who waits, and not how long all do.
 *
 * @param arrivals - in their order
 */
export function work(arrivals: readonly Arrival[], processors: number): Outcome {
  const free = new Float64Array(processors)
  const waits = new Float64Array(arrivals.length)
  let busy = 0
  let end = 0
  for (const [index, { at, seconds }] of arrivals.entries()) {
    // The first of a heap is free first.
    const start = Math.max(at, free[0] ?? 0)
    waits[index] = start - at
    busy += seconds
    end = Math.max(end, start + seconds)
    free[0] = start + seconds
    sink(free)
  }
  return { waits, load: end === 0 ? 0 : busy / (processors * end), end }
}

/** Puts the first of a heap where it belongs. */
function sink(heap: Float64Array): void {
  const value = heap[0] ?? 0
  let at = 0
  for (;;) {
    const left = 2 * at + 1
    if (left >= heap.length) break
    const right = left + 1
    const least = right < heap.length && (heap[right] ?? 0) < (heap[left] ?? 0) ? right : left
    const other = heap[least] ?? 0
    if (other >= value) break
    heap[at] = other
    at = least
  }
  heap[at] = value
}
