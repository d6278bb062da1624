import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'

/** A process as Linux tells of it. */
export interface ProcessFacts {
  readonly pid: number
  /** Who has started it, or who has taken it over since. */
  readonly parent: number
  /** The process that leads the session it is in. */
  readonly session: number
  /** Such as `R`, as proc(5) has them. */
  readonly state: string
  /** When it was started, in ticks since the start of the system: with its number it is told from all others. */
  readonly started: number
}

/** All processes; none where the system does not tell, which Linux does. */
export function listProcesses(): ProcessFacts[] {
  return namesIn('/proc').flatMap((name) => {
    const facts = /^\d+$/.test(name) ? factsOf(Number(name)) : undefined
    return facts ?? []
  })
}

/** What there is to know of a process; undefined when it has ended, or where the system does not tell. */
export function factsOf(pid: number): ProcessFacts | undefined {
  const stat = tell(pid, 'stat')
  // The name of the program, in parentheses, may be anything.
  const [state = '', parent, , session, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (stat === '') return undefined
  return {
    pid,
    parent: Number(parent),
    session: Number(session),
    state,
    started: Number(rest[STARTED]),
  }
}

/** Where the start of a process stands behind its session in proc(5)'s `stat`. */
const STARTED = 15

/**
 * When a process was started, in the words of the system: with its number, it is the same process only where these are the same.
 * Undefined when it has ended, or where the system tells nothing of the kind.
 */
export async function startOf(pid: number): Promise<string | undefined> {
  const started = factsOf(pid)?.started
  if (started !== undefined) return `${started} ticks after the start ${bootId()}`
  const options = { env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' } }
  const said = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)], options).catch(
    () => undefined,
  )
  return said?.stdout.trim() || undefined
}

/** Who was started first of those that a process has started and that still live; undefined where the system does not tell. */
export function firstChildOf(pid: number): number | undefined {
  const [first] = readText(`/proc/${pid}/task/${pid}/children`).split(' ')
  return first ? Number(first) : undefined
}

/** Ticks are counted anew with each start of the system. */
function bootId(): string {
  return readText('/proc/sys/kernel/random/boot_id').trim()
}

/** Whether a process was started with this variable in its environment, such as `NAME=value`. */
export function wasStartedWith(pid: number, variable: string): boolean {
  return `\0${tell(pid, 'environ')}`.includes(`\0${variable}\0`)
}

/** What the system tells of a process; empty when it has ended, or is nobody's business. */
export function tell(pid: number, what: 'stat' | 'status' | 'smaps_rollup' | 'environ'): string {
  return readText(`/proc/${pid}/${what}`)
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}

/** None where the system has no such folder. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
