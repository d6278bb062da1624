import { descendantsOf, readOfProcess } from './process-tree.ts'

/** Between two looks, in milliseconds. */
const INTERVAL_MS = 500

/**
 * Looks after the memory of a process and all that it has started, where the system tells of it: on Linux.
 *
 * @param exceeded - is called once, when they have more than so many bytes
 * @returns ends the watch
 */
export function watchMemory(root: number, mostBytes: number, exceeded: () => void): () => void {
  const timer = setInterval(() => {
    const bytes = [root, ...descendantsOf(root)].reduce((sum, pid) => sum + memoryOf(pid), 0)
    if (bytes <= mostBytes) return
    clearInterval(timer)
    exceeded()
  }, INTERVAL_MS)
  return () => clearInterval(timer)
}

/** The memory of a process that no file is behind and no other process has, in bytes. */
function memoryOf(pid: number): number {
  const [, kilobytes] = /^RssAnon:\s+(\d+) kB/m.exec(readOfProcess(pid, 'status')) ?? []
  return Number(kilobytes ?? 0) * 1024
}
