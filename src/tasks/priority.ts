import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'

/**
 * By how much a process that steps aside is nicer than this one. Where one of each wants the same processor, it gets a thirtieth of it.
 */
const NICER = 15

/** The nicest that there is. */
const NICEST = 19

/**
 * Linux lets who is not root change a group of processes once in a tenth of a second, all users together: so often it is tried
 * again, and after so many milliseconds.
 */
const GROUP_TRIES = 10
const GROUP_RETRY_MS = 150

/**
 * Has a process go behind others where processors are short; it cannot come back from that, as raising a priority is for
 * administrators. Everything that it starts from then on does the same. Where a system does not let it, it stays as it is.
 */
export function lowerPriority(pid: number): void {
  const priority = Math.min(os.getPriority() + NICER, NICEST)
  for (const each of [pid, ...threadsOf(pid)]) lower(each, priority)
  lowerGroup(pid, priority, GROUP_TRIES)
}

function lower(id: number, priority: number): void {
  try {
    os.setPriority(id, priority)
  } catch {
    // It has ended, or is as nice already.
  }
}

/** Linux has a priority for each thread; they have numbers like those of processes. */
function threadsOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map(Number)
  } catch {
    return []
  }
}

/**
 * Lowers the group that Linux makes of each session of processes, where it does so: groups share the processors first (sched(7),
 * "autogroup"), and then the priority of a process is a matter within its own. That which this process is in stays as it is.
 */
function lowerGroup(pid: number, priority: number, tries: number): void {
  const file = `/proc/${pid}/autogroup`
  try {
    if (groupIn(file) === groupIn('/proc/self/autogroup')) return
    writeFileSync(file, String(priority))
  } catch (error) {
    const isTooSoon = error instanceof Error && 'code' in error && error.code === 'EAGAIN'
    if (!isTooSoon || tries === 0) return
    setTimeout(() => lowerGroup(pid, priority, tries - 1), GROUP_RETRY_MS).unref()
  }
}

/** The name of a group, such as `/autogroup-25`. */
function groupIn(file: string): string | undefined {
  return readFileSync(file, 'latin1').split(' ')[0]
}
