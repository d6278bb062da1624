import pidusage from 'pidusage'
import type { ActionProcess } from './action-process.ts'

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
    const pids = busy.map(({ process }) => process.pid).filter((pid) => pid !== undefined)
    if (pids.length === 0) return
    const usage = await pidusage(pids)
    for (const { process, memorySize } of busy) {
      const used = process.pid === undefined ? undefined : usage[process.pid]?.memory
      if (used !== undefined && used > memorySize * BYTES_PER_MEGABYTE) {
        process.kill(`The action exhausted its memory and was aborted (limit: ${memorySize} MB).`)
      }
    }
  }

  // A process may end between the listing and the look at it, and then there is nothing to see.
  const timer = setInterval(() => void look().catch(() => undefined), INTERVAL_MS)
  return () => clearInterval(timer)
}
