import { once } from 'node:events'
import type { LetterLimits } from './channel.ts'
import { type Child, startChild } from './child.ts'
import { createPrecedence, type Precedence } from './precedence.ts'
import { lowerPriority } from './priority.ts'
import { createSharedQueue } from './shared-queue.ts'

/** How often it is looked whether one takes too much, in milliseconds. */
const LOOK_MS = 250

/** How long processes that are more than usual, or go behind others, are kept after the last work, in milliseconds. */
const NEEDLESS_MS = 10_000

/** How the processes are run. */
export interface WorkProcessesOptions<Answer> {
  /** The module that runs in them, and answers each letter with one. */
  readonly module: URL
  /** Options for Node.js. */
  readonly flags?: readonly string[]
  /** The whole environment. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** What becomes of what they write to their standard error. */
  readonly stderr: 'ignore' | 'inherit'
  /** How many works are done at a time; up to twice as many when one client has all of them and others come. */
  readonly places: number
  /** The time limit of one work, in milliseconds; the start of a process counts when it has to be started. */
  readonly longestMs: number
  /** How long one waits for the next work, in milliseconds, before it is ended; for ever unless given. */
  readonly idleMs?: number
  /**
   * When all processes have been at the same work for so long, in milliseconds, one is started for whoever else may come; none is
   * unless given.
   */
  readonly longWorkMs?: number
  /** See {@link NEEDLESS_MS}, which it is unless given. */
  readonly needlessMs?: number
  /** The longest letters that are taken from them. */
  readonly limits: LetterLimits
  /** Reads what one says, as that of anybody; what this throws ends the process. */
  readonly read: (said: unknown) => Answer
  /** Says of one that is at work, by its number, whether it takes too much of the machine; it is ended then. Looked at often. */
  readonly takesTooMuch?: (pid: number) => boolean
  /** Whether one that has answered so does the next work as well; each does unless given. */
  readonly keeps?: (answer: Answer) => boolean
  /** Removes what one that has been ended leaves behind, by its number. */
  readonly cleanUp?: (pid: number) => Promise<void>
  /** Who goes before whom, with the work of others counted in; their clients alone are counted unless given. */
  readonly precedence?: Precedence
}

/** What comes of a work that is answered, and the bytes beside it. */
export interface Answered<Answer> {
  readonly answer: Answer
  readonly bytes: Uint8Array | undefined
}

/** What there is to say about a work besides it. */
export interface WorkDetails {
  /** Whose it is; those who are not told apart are one. */
  readonly client?: string | undefined
  /** Are sent beside it. */
  readonly bytes?: Uint8Array
  /** Drops a work that has not begun, and ends the process that does it. */
  readonly signal?: AbortSignal | undefined
  /** Is told when it is its turn. */
  readonly begun?: () => void
}

/** Processes that do work which nothing but the end of its process interrupts. */
export interface WorkProcesses<Answer> {
  /**
   * Has a work done when it is its turn, and resolves with the answer; with `too slow` when there was none in time, or with `ended`
   * when the process has ended without one, or takes too much. It is replaced after either. Clients take turns, and share the processes.
   *
   * @throws the reason of the signal, or what `read` throws; {@link Error} when no process can be started
   */
  readonly run: (
    work: object,
    details?: WorkDetails,
  ) => Promise<Answered<Answer> | 'too slow' | 'ended'>
  /** Starts a process when there is none, so that the next work needs not wait for that. */
  readonly warm: () => void
  /** The numbers of those that there are. */
  readonly pids: () => readonly number[]
  /** Ends all of them; resolves when they have left the system. What is given to them later is refused. */
  readonly close: () => Promise<void>
}

/** One process, which does one work at a time. */
interface WorkProcess {
  readonly child: Child
  /** Whether it has answered before, so that it needs no time to start any more. */
  hasAnswered: boolean
  /** Whether it goes behind others, for the rest of its life. */
  isAside: boolean
  /** Who waits for what it says next. */
  hear: (said: unknown, bytes: Uint8Array | undefined) => void
}

/**
 * Makes processes for work in native code: it can be ended only with its process, be it in a thread or not. They are started when
 * they are needed, unless one is asked for before, stay for the next work, and keep no process from ending. Those at the work of a
 * client who has had much {@link Precedence step aside} for others, and do the work of such clients alone from then on.
 */
export function createWorkProcesses<Answer>(
  options: WorkProcessesOptions<Answer>,
): WorkProcesses<Answer> {
  const { module, flags = [], environment, stderr, places, longestMs, idleMs, limits } = options
  const { read, keeps = () => true, precedence = createPrecedence() } = options
  const { takesTooMuch } = options
  const { longWorkMs, needlessMs = NEEDLESS_MS } = options
  const most = 2 * places
  const queue = createSharedQueue({ places, most })
  const all = new Set<WorkProcess>()
  const idle: WorkProcess[] = []
  const closing = new AbortController()
  let tidying: NodeJS.Timeout | undefined

  function start(): WorkProcess {
    closing.signal.throwIfAborted()
    const child = startChild(
      { module, flags, environment, stdout: 'ignore', stderr, limits },
      {
        hear: (said, bytes) => process.hear(said, bytes),
        // Whatever it said that was no letter.
        ended: () => void child.process.kill('SIGKILL'),
      },
    )
    const process: WorkProcess = {
      child,
      hasAnswered: false,
      isAside: false,
      hear: () => undefined,
    }
    const forget = (): void => {
      all.delete(process)
      const at = idle.indexOf(process)
      if (at !== -1) idle.splice(at, 1)
    }
    all.add(process)
    // Nobody else listens while it is idle, and an error without a listener ends this process.
    child.process.once('exit', forget).on('error', forget)
    return process
  }

  /** Starts one when there are not so many, and none is idle that anybody's work may be done by. */
  function warmUpTo(count: number): void {
    if (all.size >= count || idle.some(({ isAside }) => !isAside) || closing.signal.aborted) return
    try {
      rest(start())
    } catch {
      // Whoever needs one tries again, and is told what is wrong.
    }
  }

  /** Keeps a process for the next work, for a while. */
  function rest(process: WorkProcess): void {
    process.child.hold(false)
    idle.push(process)
    clearTimeout(tidying)
    tidying = setTimeout(tidy, idleMs ?? needlessMs).unref()
  }

  /** Ends what is left over of busier times: those aside, and of the others those that are more than usual, new ones first. */
  function tidy(): void {
    const usual = [...all].filter(({ isAside }) => !isAside).length
    let needless = usual - (idleMs === undefined ? places : 0)
    for (const process of idle.toSorted((a, b) => worthOf(a) - worthOf(b))) {
      if (!process.isAside) needless -= 1
      if (process.isAside || needless >= 0) endUnwatched(process)
    }
  }

  function take(client: string): WorkProcess {
    const hasMuch = precedence.hasMuch(client)
    // What runs first in a process takes longer there.
    const order = idle.toSorted((a, b) => Number(b.hasAnswered) - Number(a.hasAnswered))
    const own = order.find(({ isAside }) => isAside === hasMuch)
    const taken = own ?? (hasMuch ? order[0] : undefined)
    if (taken === undefined) {
      // None of those that it goes before keeps it from one of its own.
      if (all.size >= most && idle[0]) endUnwatched(idle[0])
      return start()
    }
    idle.splice(idle.indexOf(taken), 1)
    return taken
  }

  async function end(process: WorkProcess): Promise<void> {
    const { process: child } = process.child
    const at = idle.indexOf(process)
    if (at !== -1) idle.splice(at, 1)
    if (child.pid === undefined) return
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit')
      // Whoever waits for its end would end first.
      process.child.hold(true)
      child.kill('SIGKILL')
      await exited
    }
    await options.cleanUp?.(child.pid)
  }

  /** What it cannot leave clean is of no concern to whoever has work. */
  function endUnwatched(process: WorkProcess): void {
    void end(process).catch(() => undefined)
  }

  async function ask(
    process: WorkProcess,
    work: object,
    { bytes, signal }: WorkDetails,
  ): Promise<Answered<Answer> | 'too slow' | 'ended'> {
    const { child } = process
    const { pid } = child.process
    if (pid === undefined) throw new Error('no process could be started')
    const { promise, resolve, reject } = Promise.withResolvers<
      Answered<Answer> | 'too slow' | 'ended'
    >()
    const ended = (): void => resolve('ended')
    const abort = (): void => reject(signal?.reason)
    const timer = setTimeout(() => resolve('too slow'), longestMs)
    const look = takesTooMuch && setInterval(() => takesTooMuch(pid) && ended(), LOOK_MS)
    process.hear = (said, beside) => {
      try {
        resolve({ answer: read(said), bytes: beside })
      } catch (error) {
        reject(error)
      }
    }
    child.process.on('exit', ended)
    signal?.addEventListener('abort', abort)
    try {
      signal?.throwIfAborted()
      child.send(work, bytes)
      return await promise
    } finally {
      clearTimeout(timer)
      clearInterval(look)
      signal?.removeEventListener('abort', abort)
      child.process.off('exit', ended)
      process.hear = () => undefined
    }
  }

  /** Has a process at the work of somebody who has had much go behind others, who find another one. */
  function stepAside(process: WorkProcess): void {
    const { pid } = process.child.process
    if (pid === undefined || process.isAside) return
    process.isAside = true
    lowerPriority(pid)
    warmUpTo(most)
  }

  async function run(work: object, details: WorkDetails & { readonly client: string }) {
    details.begun?.()
    const process = take(details.client)
    process.child.hold(true)
    const leave = precedence.begin(details.client, () => stepAside(process))
    const warmAnother = (): void => {
      if (process.hasAnswered) warmUpTo(most)
    }
    const longWork =
      longWorkMs === undefined ? undefined : setTimeout(warmAnother, longWorkMs).unref()
    let isKept = false
    try {
      const outcome = await ask(process, work, details)
      process.hasAnswered = true
      isKept = typeof outcome === 'object' && keeps(outcome.answer) && !closing.signal.aborted
      return outcome
    } finally {
      leave()
      clearTimeout(longWork)
      if (isKept) rest(process)
      else {
        await end(process)
        if (idleMs === undefined) warmUpTo(places)
      }
    }
  }

  return {
    run(work, details = {}) {
      const { client = '', signal } = details
      const ending = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal
      return queue.run(client, () => run(work, { ...details, client, signal: ending }), ending)
    },
    warm: () => warmUpTo(places),
    pids: () => Array.from(all, ({ child }) => child.process.pid ?? []).flat(),
    async close() {
      closing.abort()
      clearTimeout(tidying)
      await Promise.all(Array.from(all, end))
    },
  }
}

/** What is worth less goes first. */
function worthOf({ isAside, hasAnswered }: WorkProcess): number {
  return Number(!isAside) + Number(hasAnswered)
}
