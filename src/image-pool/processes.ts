import { rm } from 'node:fs/promises'
import * as z from 'zod/mini'
import { COUNT_BUFFERS_WITH_HEAP } from '../base/buffer-limit.ts'
import { OperationError } from '../base/operation-error.ts'
import type { Part } from '../base/part.ts'
import { residentMemoryOf } from '../programs/process-family.ts'
import { createWorkProcesses, type WorkProcessesOptions } from '../tasks/work-processes.ts'
import {
  type AnswerMessage,
  answerSchema,
  folderOf,
  type Made,
  type WorkMessage,
} from './messages.ts'

/** The longest that one work may take, in milliseconds. */
const LONGEST_MS = 60_000

/** How much may come of one work, in bytes: metadata as JSON, and a picture beside that. */
const ANSWER_LIMITS = { json: 64 * 1024 * 1024, bytes: 1024 * 1024 * 1024 } as const

/** As much memory as an idle process may keep, in bytes; libvips and V8 give little back. */
const MOST_HELD_BYTES = 700 * 1024 * 1024

/**
 * As much memory as a process may take for its work, in bytes. Some kinds of files take twenty bytes for each of their pixels. It
 * is looked at where the system tells it, which Linux does.
 */
const MOST_BYTES = 3 * 1024 ** 3

/** When all processes have been at the same work for so long, in milliseconds, one is started for whoever else may come. */
const LONG_WORK_MS = 500

/** What processes are started with, besides what all of them have. */
export interface ProcessesOptions<Result> extends Pick<
  WorkProcessesOptions<never>,
  'module' | 'flags' | 'environment' | 'idleMs' | 'longWorkMs' | 'needlessMs' | 'precedence'
> {
  /** What they do, for the errors of those that do not come to an end. */
  readonly task: 'draw' | 'metadata'
  /** The schema of what comes of a work. */
  readonly result: z.ZodMiniType<Result>
  /** Where they put what has to be a file on the way. */
  readonly folder: string
  /** How many works are done at a time; up to twice as many when one client has all of them and others come. */
  readonly processes: number
  /** See {@link MOST_BYTES}, which it is unless given. */
  readonly mostBytes?: number
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
  readonly warm: () => void
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

/** Has work done in {@link createWorkProcesses processes of their own}, each with a folder. */
export function createProcesses<Work, Result>(
  options: ProcessesOptions<Result>,
): Processes<Work, Result> {
  const { task, flags = [], folder, processes, result, mostBytes = MOST_BYTES, ...others } = options
  const answers = answerSchema(result)
  const pool = createWorkProcesses<AnswerMessage<Result>>({
    longWorkMs: LONG_WORK_MS,
    ...others,
    flags: [
      '--max-old-space-size=1024',
      COUNT_BUFFERS_WITH_HEAP,
      '--disable-warning=ExperimentalWarning',
      ...flags,
    ],
    stderr: 'inherit',
    places: processes,
    longestMs: LONGEST_MS,
    limits: ANSWER_LIMITS,
    read: (said) => z.parse(answers, said),
    takesTooMuch: (pid) => (residentMemoryOf(pid) ?? 0) > mostBytes,
    cleanUp: (pid) => rm(folderOf(folder, pid), { recursive: true, force: true }),
    keeps: ({ held }) => held <= MOST_HELD_BYTES,
  })
  let asked = 0
  /** Those that wait for their turn, in the order in which they came: since when, by the clock that nobody sets. */
  const waiting = new Map<number, number>()

  return {
    warm: pool.warm,
    async perform(work, signal, client) {
      asked += 1
      const number = asked
      waiting.set(number, performance.now())
      const begun = (): void => void waiting.delete(number)
      const message: WorkMessage<Work> = { work, folder }
      const outcome = await pool.run(message, { client, signal, begun }).finally(begun)
      if (outcome === 'too slow') {
        throw new OperationError('source_too_slow', { task, seconds: LONGEST_MS / 1000 })
      }
      if (outcome === 'ended') throw new OperationError('source_out_of_memory', { task })
      const { answer, bytes } = outcome
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
        pids: pool.pids(),
        waiting: waiting.size,
        longestMs: since === undefined ? 0 : performance.now() - since,
      }
    },
    async close() {
      await pool.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
