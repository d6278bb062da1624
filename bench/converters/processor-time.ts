import { readFile } from 'node:fs/promises'

/** Linux counts in hundredths of a second. */
const TICK_MS = 10

/**
 * The processor time that work takes here and in all programs that it runs and waits for, in milliseconds; on systems other than
 * Linux, which do not tell of these, an error.
 */
export async function processorTime(work: () => Promise<unknown>): Promise<number> {
  const before = await taken()
  await work()
  return (await taken()) - before
}

async function taken(): Promise<number> {
  const told = await readFile('/proc/self/stat', 'latin1')
  // Of this process as of its children: what they calculated, and what the system did for them.
  const numbers = told
    .slice(told.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15)
    .map(Number)
  return numbers.reduce((sum, ticks) => sum + ticks, 0) * TICK_MS
}
