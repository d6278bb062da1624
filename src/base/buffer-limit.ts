import { setFlagsFromString } from 'node:v8'

/**
 * Has V8 count buffers together with all other memory when it decides whether garbage is to be collected. On its own it
 * does so whenever some 20 MB of them have come and gone, however small the heap is: for a process that passes files on,
 * that is half of its work.
 */
export function countBuffersWithHeap(): void {
  setFlagsFromString(COUNT_BUFFERS_WITH_HEAP)
}

/** The flag of V8 that does so, for processes that are yet to be started. */
export const COUNT_BUFFERS_WITH_HEAP = '--external-memory-accounted-in-global-limit'
