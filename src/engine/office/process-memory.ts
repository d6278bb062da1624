import { readFileSync } from 'node:fs'

/** The memory of some processes, in bytes, what they share counted once; 0 where the system does not tell, which Linux does. */
export function memoryOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + proportionOf(pid), 0)
}

function proportionOf(pid: number): number {
  try {
    const told = readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1')
    return Number(/^Pss:\s+(\d+) kB/m.exec(told)?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}
