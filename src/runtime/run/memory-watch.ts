import type { ActionPool } from './action-pool.ts'
import { measureMemory } from './process-memory.ts'

const INTERVAL_MS = 250
const BYTES_PER_MEGABYTE = 1024 * 1024

/**
 * Kills every process that runs something and holds more memory than its action may. JavaScript's own heap is limited by
 * V8; this sees what native code such as an image decoder takes as well. Looks {@link INTERVAL_MS} milliseconds apart.
 *
 * @returns a function that ends the watch
 */
export function watchMemory(pools: () => readonly ActionPool[]): () => void {
  async function look(): Promise<void> {
    const busy = pools().flatMap(({ action, processes }) =>
      processes()
        .filter((process) => process.running() > 0)
        .map((process) => ({ process, memorySize: action.limits.memorySize })),
    )
    const memory = await measureMemory(busy.map(({ process }) => process))
    for (const { process, memorySize } of busy) {
      const used = memory.get(process)
      if (used !== undefined && used > memorySize * BYTES_PER_MEGABYTE) {
        process.kill(`The action exhausted its memory and was aborted (limit: ${memorySize} MB).`)
      }
    }
  }

  const timer = setInterval(() => void look(), INTERVAL_MS)
  return () => clearInterval(timer)
}
