import { endAll, familyOf } from './process-family.ts'
import { listProcesses, type ProcessFacts, wasStartedWith } from './process-table.ts'
import { endTree } from './process-tree.ts'

/** Whether a process can lead a session and a group, so that what it has started can be ended with it. */
export const HAS_SESSIONS = process.platform !== 'win32'

/** Whether the system tells what has come of a process when it has left the session, which Linux does. */
export const TELLS_DESCENT = process.platform === 'linux'

/** What has come of a process that leads a session, wherever it has gone since. */
export interface ProcessSession {
  /** Undefined when it is gone and its number may be another's. */
  readonly leader: number | undefined
  /**
   * A variable that only the environment of the leader had, as `NAME=value`. What it has started inherits it, and is found by
   * it in whatever session it is and whoever has become its parent.
   */
  readonly variable: string
}

/**
 * The leader and all that has come of it, as far as Linux tells: what is in its session, what bears its variable, and what either
 * has started. Only what does away with both the variable and its parent is not found. Elsewhere nothing is.
 *
 * @param processes - to look among
 */
export function membersOf(
  { leader, variable }: ProcessSession,
  processes: readonly ProcessFacts[] = listProcesses(),
): number[] {
  // What is older than the leader has not come of it.
  const since = processes.find(({ pid }) => pid === leader)?.started ?? 0
  const roots = processes.filter(
    ({ pid, session, started }) =>
      session === leader || (started >= since && wasStartedWith(pid, variable)),
  )
  return familyOf(
    roots.map(({ pid }) => pid),
    processes,
  )
}

/**
 * Ends all that has come of a process, and the process itself, at once; on Windows what it has started, and on other systems than
 * Linux what is in its group.
 */
export function endSession(session: ProcessSession): void {
  // Who is stopped cannot go on ending others.
  endAll(() => membersOf(session).filter((pid) => pid !== process.pid))
  const { leader } = session
  if (leader === undefined) return
  if (!HAS_SESSIONS) {
    endTree(leader)
    return
  }
  try {
    process.kill(-leader, 'SIGKILL')
  } catch {
    // All of it has gone already.
  }
}
