import type { ActionProcess } from './action-process.ts'
import { measureMemory } from './process-memory.ts'

const INTERVAL_MS = 250
const BYTES_PER_MEGABYTE = 1024 * 1024

/**
 * Kills every process that holds more memory than its action may. JavaScript's own heap is limited by V8; this sees
 * what native code such as an image decoder takes as well. Looks {@link INTERVAL_MS} milliseconds apart.
 *
 * @param busyProcesses - the processes that run something now, with their limit in megabytes
 * @returns a function that ends the watch
 */
export function watchMemory(
  busyProcesses: () => readonly { process: ActionProcess; memorySize: number }[],
): () => void {
  async function look(): Promise<void> {
    const busy = busyProcesses()
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
