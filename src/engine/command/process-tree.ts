import { readFileSync } from 'node:fs'
import { familyOfProcess } from '../../programs/process-family.ts'

/** Of a page, in bytes; that of x64, and what arm64 has almost everywhere. */
const PAGE_BYTES = 4096

/** A process that is told to stop does so when it comes back from the kernel, which takes a moment; in milliseconds. */
const LONGEST_STOP_MS = 200

/** The memory that a process and all below it have in use, in bytes, as Linux tells. */
export function residentMemory(pid: number): number {
  return familyOfProcess(pid).reduce((sum, each) => {
    const pages = read(`/proc/${each}/statm`).split(' ')[1] ?? '0'
    return sum + Number(pages) * PAGE_BYTES
  }, 0)
}

/**
 * Ends a process and all below it. It is stopped first, so that it starts no more of them: what is started as its parent
 * dies has nobody who would end it.
 */
export function endTree(pid: number): void {
  if (!send(pid, 'SIGSTOP')) return
  const started = performance.now()
  while (performance.now() - started < LONGEST_STOP_MS) {
    if (!/\) [RSD] /.test(read(`/proc/${pid}/stat`))) break
  }
  for (const each of familyOfProcess(pid).toReversed()) send(each, 'SIGKILL')
}

/** @returns false when there is no such process any more */
function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}

/** Empty when the process has ended meanwhile. */
function read(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}
