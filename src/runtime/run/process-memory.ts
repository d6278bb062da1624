import pidusage from 'pidusage'
import type { ActionProcess } from './action-process.ts'

/**
 * Measures how many bytes processes hold in memory, by process. One that has ended is left out, and so are all where the
 * system does not tell; never rejects.
 */
export async function measureMemory(
  processes: readonly Pick<ActionProcess, 'pid'>[],
): Promise<ReadonlyMap<Pick<ActionProcess, 'pid'>, number>> {
  const pids = processes.flatMap(({ pid }) => pid ?? [])
  if (pids.length === 0) return new Map()
  const usage = await pidusage(pids).catch(() => undefined)
  return new Map(
    processes.flatMap((process) => {
      const memory = process.pid === undefined ? undefined : usage?.[process.pid]?.memory
      return memory === undefined ? [] : [[process, memory]]
    }),
  )
}
