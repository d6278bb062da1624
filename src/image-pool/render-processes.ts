import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { COUNT_BUFFERS_WITH_HEAP } from '../base/buffer-limit.ts'
import { OperationError } from '../base/operation-error.ts'
import type { Part } from '../base/part.ts'
import type { Extent, Rectangle } from '../engine/layers/composition.ts'
import type { LayerFile } from '../engine/layers/view-order.ts'
import { createQueue } from '../tasks/queue.ts'
import type { AnswerMessage, Result, Work, WorkMessage } from './messages.ts'
import type { CountPages, Renderer } from './render-job.ts'

const MODULE = fileURLToPath(new URL('./render-process.ts', import.meta.url))

/** The longest that one picture may take, in milliseconds. */
const LONGEST_MS = 60_000

/** As much memory as an idle process may keep, in bytes; libvips and V8 give little back. */
const MOST_HELD_BYTES = 700 * 1024 * 1024

/**
 * Has the C library of Linux (mallopt(3)) keep the memory of a picture for the next one, where it would give it back and fetch it
 * anew: that, and the first touch of each page of it, is a fifth of the time of a photo. Others know nothing of these variables.
 */
const KEEP_MEMORY = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: String(32 * 1024 * 1024),
  MALLOC_TRIM_THRESHOLD_: String(64 * 1024 * 1024),
}

/** What the processes are started with. */
export interface RenderProcessesOptions {
  /** Where they put what has to be a file on the way; it is made anew. */
  readonly folder: string
  /** The most pixels of a source, and of any picture on the way. */
  readonly maxPixels: number
  readonly environment: Readonly<Record<string, string | undefined>>
  /** How many pictures are made at a time; as many as there are cores unless given. */
  readonly processes?: number
}

/** What the processes do. */
export interface RenderProcesses extends Renderer, Part {
  /** Reads the metadata of a file as XMP; throws as `render` does. */
  readonly readXmp: (file: LayerFile, signal: AbortSignal) => Promise<string>
  readonly countPages: CountPages
  /** Starts a process when there is none, so that the next picture needs not wait for that. */
  readonly warm: () => Promise<void>
  /** Finds what of a picture draws attention, in these shapes, in parts of the picture; throws as `render` does. */
  readonly findAttention: (
    file: LayerFile,
    shapes: readonly Extent[],
    signal: AbortSignal,
  ) => Promise<readonly Rectangle[]>
}

/** One process, which makes one picture at a time. */
interface RenderProcess {
  readonly child: ChildProcess
  readonly folder: string
}

/**
 * Makes pictures in processes of their own, one at a time in each: what libvips has begun can be ended only with its process.
 * They are started when they are first needed, unless one is asked for before, and replaced when they fail, take too long, are given
 * up, or hold too much.
 */
export function createRenderProcesses(options: RenderProcessesOptions): RenderProcesses {
  const { folder, maxPixels, environment, processes = availableParallelism() } = options
  const queue = createQueue(processes)
  const idle: RenderProcess[] = []
  const all = new Set<RenderProcess>()
  const closing = new AbortController()
  let started = 0
  let turn = 0

  async function start(): Promise<RenderProcess> {
    started += 1
    const own = path.join(folder, String(started))
    await mkdir(own, { recursive: true, mode: 0o700 })
    closing.signal.throwIfAborted()
    const child = fork(MODULE, {
      env: { ...KEEP_MEMORY, ...environment },
      execArgv: [
        '--max-old-space-size=1024',
        COUNT_BUFFERS_WITH_HEAP,
        '--disable-warning=ExperimentalWarning',
      ],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const process = { child, folder: own }
    all.add(process)
    child.once('exit', () => {
      all.delete(process)
      const at = idle.indexOf(process)
      if (at !== -1) idle.splice(at, 1)
    })
    // Nobody else listens while it is idle, and an error without a listener ends the service.
    child.on('error', () => undefined)
    return process
  }

  let warming: Promise<void> | undefined

  /** Has one process idle, unless all that there may be are there or on their way. */
  function warm(): Promise<void> {
    const isEnough = idle.length > 0 || all.size >= processes || closing.signal.aborted
    if (isEnough) return warming ?? Promise.resolve()
    warming ??= start()
      .then((process) => void idle.push(process))
      // Whoever needs one tries again, and is told what is wrong.
      .catch(() => undefined)
      .finally(() => {
        warming = undefined
      })
    return warming
  }

  async function take(): Promise<RenderProcess> {
    await warming
    return idle.pop() ?? start()
  }

  async function end({ child, folder: own }: RenderProcess): Promise<void> {
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit')
      child.kill('SIGKILL')
      await exited
    }
    await rm(own, { recursive: true, force: true })
  }

  async function run(work: Work, signal: AbortSignal): Promise<AnswerMessage> {
    const process = await take()
    let answer: AnswerMessage | undefined
    try {
      answer = await ask(process, { work, folder: process.folder, maxPixels }, signal)
      return answer
    } finally {
      if (answer && answer.held <= MOST_HELD_BYTES && !closing.signal.aborted) idle.push(process)
      else {
        await end(process)
        void warm()
      }
    }
  }

  async function perform(wanted: Work, signal: AbortSignal): Promise<Result> {
    turn += 1
    const ending = AbortSignal.any([signal, closing.signal])
    const answer = await queue.run(turn, () => run(wanted, ending), ending)
    if (answer.outcome === 'failed') {
      throw new OperationError(answer.failure.code, answer.failure.fields)
    }
    if (answer.outcome === 'broken') {
      throw Object.assign(new Error(answer.stack), { code: answer.code })
    }
    return answer.result
  }

  return {
    warm,
    async render(job, signal) {
      const result = await perform({ kind: 'view', job }, signal)
      if (result.kind !== 'view') throw new TypeError(`the process answers with ${result.kind}`)
      return result.view
    },
    async readXmp(file, signal) {
      const result = await perform({ kind: 'xmp', file }, signal)
      if (result.kind !== 'xmp') throw new TypeError(`the process answers with ${result.kind}`)
      return result.xmp
    },
    async countPages(file, signal) {
      const result = await perform({ kind: 'pages', file }, signal)
      if (result.kind !== 'pages') throw new TypeError(`the process answers with ${result.kind}`)
      return result.pages
    },
    async findAttention(file, shapes, signal) {
      const result = await perform({ kind: 'attention', file, shapes }, signal)
      if (result.kind !== 'attention')
        throw new TypeError(`the process answers with ${result.kind}`)
      return result.parts
    },
    async close() {
      closing.abort()
      await warming
      await Promise.all(Array.from(all, end))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Sends a job and waits for what comes of it. */
async function ask(
  { child }: RenderProcess,
  message: WorkMessage,
  signal: AbortSignal,
): Promise<AnswerMessage> {
  const answered = Promise.withResolvers<AnswerMessage>()
  const fail = (): void =>
    answered.reject(new OperationError('source_out_of_memory', { task: 'draw' }))
  const abort = (): void => answered.reject(signal.reason)
  const timer = setTimeout(() => {
    answered.reject(
      new OperationError('source_too_slow', { task: 'draw', seconds: LONGEST_MS / 1000 }),
    )
  }, LONGEST_MS)
  child.on('message', answered.resolve).on('exit', fail)
  signal.addEventListener('abort', abort)
  try {
    signal.throwIfAborted()
    child.send(message)
    return await answered.promise
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', abort)
    child.off('message', answered.resolve).off('exit', fail)
  }
}
