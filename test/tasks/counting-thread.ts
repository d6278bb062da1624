import { serveThread } from '../../src/tasks/serve-thread.ts'

/** Counts and never ends. */
export function countForever({ counter }: { counter: Int32Array }): void {
  for (;;) Atomics.add(counter, 0, 1)
}

serveThread({ work: countForever })
