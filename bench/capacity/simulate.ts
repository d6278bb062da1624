/** Work that comes to be done. */
export interface Arrival {
  /** When it comes, in seconds. */
  readonly at: number
  /** How long it has a processor, in seconds. */
  readonly work: number
}

/** What became of all work. */
export interface Day {
  /** How long each waited for a processor, in seconds, in the order in which they came. */
  readonly waits: Float64Array
  /** The share of the time in which the processors were at work, from 0 to 1, until the last was done. */
  readonly busy: number
  /** When the last was done, in seconds. */
  readonly end: number
}

/**
 * Has work done by so many processors, each busy with one at a time: first come, first served, which is what all clients together see
 * of a service that lets them take turns.
 *
 * @param arrivals - in the order in which they come
 */
export function simulate(arrivals: readonly Arrival[], processors: number): Day {
  const waits = new Float64Array(arrivals.length)
  // When each of them is free again: a heap, whose first is free before all others.
  const free = new Float64Array(processors)
  let worked = 0
  let end = 0
  for (const [index, { at, work }] of arrivals.entries()) {
    const start = Math.max(at, free[0] ?? at)
    waits[index] = start - at
    worked += work
    end = Math.max(end, start + work)
    replaceFirst(free, start + work)
  }
  return { waits, busy: end === 0 ? 0 : worked / (end * processors), end }
}

/** Puts a value into a heap in the place of its first. */
function replaceFirst(heap: Float64Array, value: number): void {
  let place = 0
  for (;;) {
    const left = 2 * place + 1
    const right = left + 1
    const smaller = (heap[right] ?? Infinity) < (heap[left] ?? Infinity) ? right : left
    const below = heap[smaller]
    if (below === undefined || below >= value) break
    heap[place] = below
    place = smaller
  }
  heap[place] = value
}
