import { once } from 'node:events'
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import * as z from 'zod/mini'
import { COUNT_BUFFERS_WITH_HEAP } from '../base/buffer-limit.ts'
import { OperationError } from '../base/operation-error.ts'
import type { Part } from '../base/part.ts'
import { type Child, startChild } from '../tasks/child.ts'
import { createSharedQueue } from '../tasks/shared-queue.ts'
import { type AnswerMessage, answerSchema, type Made, type WorkMessage } from './messages.ts'

/** The longest that one work may take, in milliseconds. */
const LONGEST_MS = 60_000

/** How much may come of one work, in bytes: metadata as JSON, and a picture beside that. */
const ANSWER_LIMITS = { json: 64 * 1024 * 1024, bytes: 1024 * 1024 * 1024 } as const

/** As much memory as an idle process may keep, in bytes; libvips and V8 give little back. */
const MOST_HELD_BYTES = 700 * 1024 * 1024

/** When all processes have been at the same work for so long, in milliseconds, one is started for whoever else may come. */
const LONG_WORK_MS = 500

/** What processes are started with. */
export interface ProcessesOptions<Result> {
  /** What they do, for the errors of those that do not come to an end. */
  readonly task: 'draw' | 'metadata'
  /** What runs in them; it calls {@link serveWork}. */
  readonly module: URL
  /** The schema of what comes of a work. */
  readonly result: z.ZodMiniType<Result>
  /** Options for Node.js, beside the limits of memory that all have. */
  readonly flags?: readonly string[]
  /** Where they put what has to be a file on the way. */
  readonly folder: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** How many works are done at a time; up to twice as many when one client has all of them and others come. */
  readonly processes: number
  /** How long a process waits for the next work, in milliseconds, before it is ended; for ever unless given. */
  readonly idleMs?: number
  /** See {@link LONG_WORK_MS}, which it is unless given. */
  readonly longWorkMs?: number
}

/** Processes that do work of one kind. */
export interface Processes<Work, Result> extends Required<Pick<Part, 'close'>> {
  /**
   * Does a work, when it is its turn. Clients take turns, and share the processes.
   *
   * @param signal - gives it up, and ends the process that does it
   * @param client - whose work it is; those who are not told apart are one
   * @throws {@link OperationError} when something is wrong with what it is about, or it takes too long or too much memory;
   *   the signal's reason when it aborts
   */
  readonly perform: (work: Work, signal: AbortSignal, client?: string) => Promise<Made<Result>>
  /** Starts a process when there is none, so that the next work needs not wait for that. */
  readonly warm: () => Promise<void>
  /** What they do at this moment. */
  readonly status: () => ProcessesStatus
}

/** What processes for work of one kind do at this moment. */
export interface ProcessesStatus {
  readonly pids: readonly number[]
  /** How many works wait for their turn. */
  readonly waiting: number
  /** For how long the first of them does, in milliseconds; 0 when there is none. */
  readonly longestMs: number
}

/** One process, which does one work at a time. */
interface WorkProcess {
  readonly child: Child
  readonly folder: string
  /** Whether it has answered before, so that it needs no time to start any more. */
  hasAnswered: boolean
  /** Who waits for what it says next. */
  hear: (said: unknown, bytes: Uint8Array | undefined) => void
}

/**
 * Has work done in processes of their own, one at a time in each: what native code has begun can be ended only with its process.
 * They are started when they are first needed, unless one is asked for before, and replaced when they fail, take too long, are given
 * up, or hold too much.
 */
export function createProcesses<Work, Result>(
  options: ProcessesOptions<Result>,
): Processes<Work, Result> {
  const { task, module, flags = [], folder, environment, processes, idleMs } = options
  const { longWorkMs = LONG_WORK_MS } = options
  const answers = answerSchema(options.result)
  const queue = createSharedQueue({ places: processes })
  const idle: WorkProcess[] = []
  const all = new Set<WorkProcess>()
  const closing = new AbortController()
  let started = 0
  let asked = 0
  /** Those that wait for their turn, in the order in which they came: since when, by the clock that nobody sets. */
  const waiting = new Map<number, number>()

  async function start(): Promise<WorkProcess> {
    started += 1
    const own = path.join(folder, String(started))
    await mkdir(own, { recursive: true, mode: 0o700 })
    closing.signal.throwIfAborted()
    const child = startChild(
      {
        module,
        flags: [
          '--max-old-space-size=1024',
          COUNT_BUFFERS_WITH_HEAP,
          '--disable-warning=ExperimentalWarning',
          ...flags,
        ],
        environment,
        stdout: 'ignore',
        stderr: 'inherit',
        limits: ANSWER_LIMITS,
      },
      {
        hear: (said, bytes) => process.hear(said, bytes),
        // Whatever it said that was no answer.
        ended: () => void child.process.kill('SIGKILL'),
      },
    )
    const process: WorkProcess = {
      child,
      folder: own,
      hasAnswered: false,
      hear: () => undefined,
    }
    all.add(process)
    child.process.once('exit', () => {
      all.delete(process)
      const at = idle.indexOf(process)
      if (at !== -1) idle.splice(at, 1)
    })
    // Nobody else listens while it is idle, and an error without a listener ends the service.
    child.process.on('error', () => undefined)
    return process
  }

  let warming: Promise<void> | undefined

  const warm = (): Promise<void> => warmUpTo(processes)

  /** Starts one when none is idle, and there are not so many. */
  function warmUpTo(most: number): Promise<void> {
    const isEnough = idle.length > 0 || all.size >= most || closing.signal.aborted
    if (isEnough) return warming ?? Promise.resolve()
    warming ??= start()
      .then(rest)
      // Whoever needs one tries again, and is told what is wrong.
      .catch(() => undefined)
      .finally(() => {
        warming = undefined
      })
    return warming
  }

  let forgetting: NodeJS.Timeout | undefined

  /** Keeps a process for the next work, for a while. */
  function rest(process: WorkProcess): void {
    idle.push(process)
    if (idleMs === undefined) return
    clearTimeout(forgetting)
    forgetting = setTimeout(() => {
      for (const each of idle.splice(0)) void end(each)
    }, idleMs).unref()
  }

  async function take(): Promise<WorkProcess> {
    await warming
    return idle.pop() ?? start()
  }

  async function end({ child: { process }, folder: own }: WorkProcess): Promise<void> {
    if (process.exitCode === null && process.signalCode === null) {
      const exited = once(process, 'exit')
      process.kill('SIGKILL')
      await exited
    }
    await rm(own, { recursive: true, force: true })
  }

  /** One is enough of those that are more than usual: one that has answered before, if there is any. */
  async function endNeedless(): Promise<void> {
    if (all.size <= processes || idle.length < 2) return
    const isNew = idle.findIndex(({ hasAnswered }) => !hasAnswered)
    const [needless] = idle.splice(Math.max(isNew, 0), 1)
    if (needless) await end(needless)
  }

  async function run(work: Work, signal: AbortSignal): Promise<Answer<Result>> {
    const process = await take()
    const longWork = setTimeout(() => {
      if (process.hasAnswered) void warmUpTo(2 * processes)
    }, longWorkMs).unref()
    let answer: AnswerMessage<Result> | undefined
    try {
      const answered = await ask(process, { task, work, answers, signal })
      answer = answered.answer
      process.hasAnswered = true
      return answered
    } finally {
      clearTimeout(longWork)
      if (answer && answer.held <= MOST_HELD_BYTES && !closing.signal.aborted) {
        rest(process)
        await endNeedless()
      } else {
        await end(process)
        void warm()
      }
    }
  }

  return {
    warm,
    async perform(work, signal, client = '') {
      asked += 1
      const own = asked
      const ending = AbortSignal.any([signal, closing.signal])
      waiting.set(own, performance.now())
      const { answer, bytes } = await queue
        .run(
          client,
          () => {
            waiting.delete(own)
            return run(work, ending)
          },
          ending,
        )
        .finally(() => waiting.delete(own))
      if (answer.outcome === 'failed') {
        throw new OperationError(answer.failure.code, answer.failure.fields)
      }
      if (answer.outcome === 'broken') {
        throw Object.assign(new Error(answer.stack), { code: answer.code })
      }
      return { result: answer.result, bytes }
    },
    status() {
      const [since] = waiting.values()
      return {
        pids: Array.from(all, ({ child }) => child.process.pid ?? []).flat(),
        waiting: waiting.size,
        longestMs: since === undefined ? 0 : performance.now() - since,
      }
    },
    async close() {
      closing.abort()
      clearTimeout(forgetting)
      await warming
      await Promise.all(Array.from(all, end))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** What a process says of a work, and the bytes beside it. */
interface Answer<Result> {
  readonly answer: AnswerMessage<Result>
  readonly bytes: Uint8Array | undefined
}

/** Sends a work and waits for what comes of it. */
async function ask<Result>(
  process: WorkProcess,
  {
    task,
    work,
    answers,
    signal,
  }: Pick<ProcessesOptions<Result>, 'task'> & {
    readonly work: unknown
    readonly answers: z.ZodMiniType<AnswerMessage<Result>>
    readonly signal: AbortSignal
  },
): Promise<Answer<Result>> {
  const { child, folder } = process
  const answered = Promise.withResolvers<Answer<Result>>()
  const fail = (): void => answered.reject(new OperationError('source_out_of_memory', { task }))
  const abort = (): void => answered.reject(signal.reason)
  const timer = setTimeout(() => {
    answered.reject(new OperationError('source_too_slow', { task, seconds: LONGEST_MS / 1000 }))
  }, LONGEST_MS)
  process.hear = (said, bytes) => {
    const { data: answer, error } = z.safeParse(answers, said)
    if (answer === undefined) answered.reject(error)
    else answered.resolve({ answer, bytes })
  }
  child.process.on('exit', fail)
  signal.addEventListener('abort', abort)
  const message: WorkMessage<unknown> = { work, folder }
  try {
    signal.throwIfAborted()
    if (child.process.pid === undefined) throw new Error('no process could be started')
    child.send(message)
    return await answered.promise
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', abort)
    child.process.off('exit', fail)
    process.hear = () => undefined
  }
}
