import { readdirSync, readFileSync } from 'node:fs'

/** A process that is told to stop does so when it comes back from the kernel, which takes a moment; in milliseconds. */
const LONGEST_STOP_MS = 200

/**
 * A process and all that have come of it, each before those it has started; itself alone where the system does not tell,
 * which Linux does.
 */
export function familyOfProcess(pid: number): number[] {
  const children = Map.groupBy(processes(), ({ parent }) => parent)
  const family = [pid]
  // What is added on the way is gone through as well.
  for (const each of family) family.push(...(children.get(each) ?? []).map((child) => child.pid))
  return family
}

/**
 * The memory that a process and all that have come of it have in use, in bytes; 0 where the system does not tell, which
 * Linux does. What several of them share counts once, unless they hide from their user, as parts of Chromium do.
 */
export function memoryOfFamily(pid: number): number {
  return familyOfProcess(pid).reduce((sum, each) => sum + memoryOf(each), 0)
}

/**
 * Ends a process and all that have come of it. All of them are stopped first, until nothing is left that could start another:
 * what is started as its parent dies has nobody who would end it.
 */
export function endFamily(pid: number): void {
  const stopped = new Set<number>()
  const started = performance.now()
  let family: readonly number[]
  let isStill: boolean
  do {
    family = familyOfProcess(pid)
    isStill = true
    for (const each of family) {
      if (stopped.has(each)) isStill &&= !/\) [RSD] /.test(tell(each, 'stat'))
      else {
        stopped.add(each)
        send(each, 'SIGSTOP')
        isStill = false
      }
    }
  } while (!isStill && performance.now() - started < LONGEST_STOP_MS)
  for (const each of family.toReversed()) send(each, 'SIGKILL')
}

function memoryOf(pid: number): number {
  const proportion = kilobytesIn(tell(pid, 'smaps_rollup'), 'Pss')
  if (proportion > 0) return proportion * 1024
  const status = tell(pid, 'status')
  return (kilobytesIn(status, 'RssAnon') + kilobytesIn(status, 'RssShmem')) * 1024
}

function kilobytesIn(told: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(told)?.[1] ?? 0)
}

function processes(): { readonly pid: number; readonly parent: number }[] {
  return namesIn('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    // The name of the program, in parentheses, may be anything.
    const parent = /^\d+ \(.*\) \S (\d+)/s.exec(tell(Number(name), 'stat'))?.[1]
    return parent === undefined ? [] : [{ pid: Number(name), parent: Number(parent) }]
  })
}

/** None where the system has no such folder. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** What the system tells of a process; empty when it has ended, or is nobody's business. */
function tell(pid: number, what: 'stat' | 'status' | 'smaps_rollup'): string {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'latin1')
  } catch {
    return ''
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It has ended.
  }
}
