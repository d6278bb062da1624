import { once } from 'node:events'
import type { LetterLimits } from './channel.ts'
import { type Child, startChild } from './child.ts'
import { createQueue } from './queue.ts'

/** How the processes are run. */
export interface WorkProcessesOptions {
  /** The module that runs in them, and answers each letter with one. */
  readonly module: URL
  /** The whole environment. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** How many there may be. */
  readonly most: number
  /** The time limit of one work, in milliseconds; the start of a process counts when it has to be started. */
  readonly longestMs: number
  /** How long one waits for the next work, in milliseconds, before it is ended. */
  readonly idleMs: number
  /** The longest letters that are taken from them. */
  readonly limits: LetterLimits
}

/** Processes that do work which nothing but the end of its process interrupts. */
export interface WorkProcesses {
  /**
   * Has a work done when there is a process for it, and resolves with the answer; with `too slow` when there was none in time, or
   * with `ended` when the process has ended without one. It is replaced after either.
   *
   * @param bytes - are sent beside it
   * @param signal - drops a work that has not begun, and ends the process that does it; the promise then rejects with its reason
   */
  readonly run: (
    work: object,
    bytes: Uint8Array,
    signal: AbortSignal | undefined,
  ) => Promise<{ readonly answer: unknown } | 'too slow' | 'ended'>
}

/** One process, which does one work at a time. */
interface WorkProcess {
  readonly child: Child
  /** Who waits for its answer. */
  hear: (answer: unknown) => void
}

/**
 * Makes processes for work in native code: it can be ended only with its process, be it in a thread or not. They are started when
 * they are needed, stay for a while for the next work, and keep no process from ending.
 */
export function createWorkProcesses(options: WorkProcessesOptions): WorkProcesses {
  const { module, environment, most, longestMs, idleMs, limits } = options
  const queue = createQueue(most)
  const idle: WorkProcess[] = []
  let turn = 0
  let forgetting: NodeJS.Timeout | undefined

  function start(): WorkProcess {
    const child = startChild(
      { module, environment, stdout: 'ignore', stderr: 'ignore', limits },
      {
        hear: (answer) => process.hear(answer),
        // Whatever it said that was no letter.
        ended: () => void child.process.kill('SIGKILL'),
      },
    )
    const process: WorkProcess = { child, hear: () => undefined }
    // Nobody else listens while it is idle, and an error without a listener ends this process.
    child.process.on('error', () => undefined)
    child.process.once('exit', () => {
      const at = idle.indexOf(process)
      if (at !== -1) idle.splice(at, 1)
    })
    return process
  }

  /** Keeps a process for the next work, for a while. */
  function rest(process: WorkProcess): void {
    process.child.hold(false)
    idle.push(process)
    clearTimeout(forgetting)
    forgetting = setTimeout(() => {
      for (const { child } of idle.splice(0)) child.process.kill('SIGKILL')
    }, idleMs).unref()
  }

  async function end({ child: { process } }: WorkProcess): Promise<void> {
    if (process.pid === undefined || process.exitCode !== null || process.signalCode !== null)
      return
    const exited = once(process, 'exit')
    process.kill('SIGKILL')
    await exited
  }

  async function ask(
    process: WorkProcess,
    ...[work, bytes, signal]: Parameters<WorkProcesses['run']>
  ): ReturnType<WorkProcesses['run']> {
    const { child } = process
    const { promise, resolve, reject } =
      Promise.withResolvers<Awaited<ReturnType<WorkProcesses['run']>>>()
    const ended = (): void => resolve('ended')
    const abort = (): void => reject(signal?.reason)
    const timer = setTimeout(() => resolve('too slow'), longestMs)
    process.hear = (answer) => resolve({ answer })
    child.process.on('exit', ended).on('error', ended)
    signal?.addEventListener('abort', abort)
    try {
      signal?.throwIfAborted()
      child.send(work, bytes)
      return await promise
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
      child.process.off('exit', ended).off('error', ended)
      process.hear = () => undefined
    }
  }

  async function run(...asked: Parameters<WorkProcesses['run']>): ReturnType<WorkProcesses['run']> {
    const process = idle.pop() ?? start()
    process.child.hold(true)
    let isKept = false
    try {
      const outcome = await ask(process, ...asked)
      isKept = typeof outcome === 'object'
      return outcome
    } finally {
      if (isKept) rest(process)
      else await end(process)
    }
  }

  return {
    run(work, bytes, signal) {
      turn += 1
      return queue.run(turn, () => run(work, bytes, signal), signal)
    },
  }
}
