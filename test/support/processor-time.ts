import { readFileSync } from 'node:fs'
import { familyOfProcess } from '../../src/programs/process-family.ts'

/** Of a tick in which Linux counts, in milliseconds. */
const TICK_MS = 10

/**
 * What processors have done until now for a process, all that have come of it, and those of them that have ended, in milliseconds: however
 * busy the machine is, it is no more for that. 0 where the system does not tell, which Linux does.
 */
export function processorTimeOfFamily(pid: number): number {
  return familyOfProcess(pid).reduce((sum, each) => sum + processorTimeOf(each), 0)
}

/** The same of a process, and those of its children that have ended. */
export function processorTimeOf(pid: number): number {
  try {
    const told = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The name in brackets may have spaces in it; of what follows it is its own time, and that of children that have ended.
    const fields = told.slice(told.lastIndexOf(')') + 2).split(' ')
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * TICK_MS
  } catch {
    // It has ended meanwhile.
    return 0
  }
}
