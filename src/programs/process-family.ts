import { factsOf, listProcesses, type ProcessFacts, tell } from './process-table.ts'
import { endTree } from './process-tree.ts'

/**
 * A process that is told to stop does so when it comes back from the kernel, which takes a moment, and longer on a busy machine: as long
 * as it has not, it may start another that nobody would end. In milliseconds.
 */
const LONGEST_STOP_MS = 2000

/** How long others have the processor before they are looked at again, likewise. */
const PAUSE_MS = 1

/**
 * A process and all that have come of it, each before those it has started; itself alone where the system does not tell,
 * which Linux does.
 */
export function familyOfProcess(pid: number): number[] {
  return familyOf([pid], listProcesses())
}

/** Some processes and all that have come of them, each once, and before those it has started. */
export function familyOf(roots: readonly number[], processes: readonly ProcessFacts[]): number[] {
  const children = Map.groupBy(processes, ({ parent }) => parent)
  const family = new Set(roots)
  // What is added on the way is gone through as well.
  for (const each of family) for (const { pid } of children.get(each) ?? []) family.add(pid)
  return [...family]
}

/**
 * The memory that a process and all that have come of it have in use, in bytes; 0 where the system does not tell, which
 * Linux does. What several of them share counts once, unless they hide from their user, as parts of Chromium do.
 */
export function memoryOfFamily(pid: number): number {
  return memoryOf(familyOfProcess(pid))
}

/** The memory that some processes have in use, in bytes, as {@link memoryOfFamily} counts it. */
export function memoryOf(pids: readonly number[]): number {
  return pids.reduce((sum, each) => sum + memoryOfProcess(each), 0)
}

/**
 * Ends a process and all that have come of it. All of them are stopped first, until nothing is left that could start another:
 * what is started as its parent dies has nobody who would end it.
 */
export function endFamily(pid: number): void {
  if (process.platform === 'win32') endTree(pid)
  else endAll(() => familyOfProcess(pid))
}

/**
 * Ends processes as {@link endFamily} does.
 *
 * @param find - finds them anew, each time with those that have been started meanwhile
 */
export function endAll(find: () => readonly number[]): void {
  const stopped = new Set<number>()
  const started = performance.now()
  let found: readonly number[]
  for (;;) {
    found = find()
    let isStill = true
    for (const each of found) {
      if (stopped.has(each)) isStill &&= !/^[RSD]/.test(factsOf(each)?.state ?? '')
      else {
        stopped.add(each)
        send(each, 'SIGSTOP')
        isStill = false
      }
    }
    if (isStill || performance.now() - started > LONGEST_STOP_MS) break
    pause()
  }
  for (const each of found.toReversed()) send(each, 'SIGKILL')
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS)
}

/** The memory that a process alone holds, in bytes, with what it shares; undefined where the system does not tell, which Linux does. */
export function residentMemoryOf(pid: number): number | undefined {
  const kilobytes = kilobytesIn(tell(pid, 'status'), 'VmRSS')
  return kilobytes === 0 ? undefined : kilobytes * 1024
}

function memoryOfProcess(pid: number): number {
  const proportion = kilobytesIn(tell(pid, 'smaps_rollup'), 'Pss')
  if (proportion > 0) return proportion * 1024
  const status = tell(pid, 'status')
  return (kilobytesIn(status, 'RssAnon') + kilobytesIn(status, 'RssShmem')) * 1024
}

function kilobytesIn(told: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(told)?.[1] ?? 0)
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It has ended.
  }
}
