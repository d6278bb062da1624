import { fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import * as z from 'zod/mini'
import { parseJson } from '../../base/json.ts'
import { isTooDeep, MOST_LEVELS } from '../../base/nesting.ts'
import { isRecord } from '../../base/record.ts'
import { redactSecrets } from '../../base/redact.ts'
import { missingCode } from '../deploy/action-code.ts'
import type { Action } from './action.ts'
import type { Outcome } from './activation.ts'
import { type ActivationLog, createActivationLog } from './activation-log.ts'
import { HAS_GROUPS, killGroup } from './process-group.ts'
import {
  createFrameReader,
  type Exchange,
  MOST_EXCHANGES,
  type ProcessMessage,
  processMessageSchema,
  type RunMessage,
} from './protocol.ts'

const RUNNER = fileURLToPath(new URL('./runner.ts', import.meta.url))

/** Adobe I/O Runtime allows a result of 1 MB. */
const LARGEST_RESULT_BYTES = 1024 * 1024

/**
 * The share of its memory that a process fills before V8 begins to collect garbage. On its own it begins as soon as an
 * action holds a picture of some megabytes, and then anew with every one: a third of the time of its download.
 */
const HEAP_SHARE = 1 / 8

/** How long a process may take to load its action; the time limit of an activation begins after that. */
const LONGEST_LOAD_MS = 30_000

/** What OpenWhisk says of an action whose process has died. */
export const UNEXPECTED_EXIT =
  'The action did not produce a valid response and exited unexpectedly.'

/** What a process is to run. */
export interface Task {
  /** Makes the message when the run begins, since its deadline counts from there. */
  prepare: () => RunMessage
  /** Is told once, when the process has taken it up. */
  begun: () => void
}

/** What an activation that has ended leaves behind. */
export interface Ended {
  outcome: Outcome
  logs: string[]
  /** The HTTP requests that it made, in the order they ended. */
  exchanges: readonly Exchange[]
  /** Milliseconds it waited for its process to load the action, when it did. */
  initTime?: number
  /** Whether it was ended because it took too long. */
  timedOut?: boolean
}

interface Run {
  log: ActivationLog
  /** Streams that may still print for this activation. */
  openStreams: Set<'stdout' | 'stderr'>
  exchanges: Exchange[]
  task: Task
  addedAt: number
  initTime?: number
  /** Whether the process has taken it up. */
  begun: boolean
  outcome?: Outcome
  timer?: NodeJS.Timeout
  resolve: (ended: Ended | undefined) => void
}

/** One warm process of an action. */
export interface ActionProcess {
  readonly pid: number | undefined
  /** How many activations run in it at this moment. */
  readonly running: () => number
  /** False once it has been killed or has died. */
  readonly alive: () => boolean
  /**
   * Runs the action once; never rejects. Resolves with undefined when the process ended before it took the run up, so
   * that another process may.
   */
  run: (activationId: string, task: Task) => Promise<Ended | undefined>
  /** Ends the process at once; every activation in it fails with `message`. */
  kill: (message: string) => void
  /** Resolves when the process has left the system. */
  readonly exited: Promise<void>
}

/**
 * Starts a process of an action and loads the action in it.
 *
 * @param options.environment - the whole environment of the process; nothing of the host's own leaks in
 * @param options.directory - working directory of an action that was not deployed
 */
export function startActionProcess(options: {
  action: Action
  environment: Record<string, string>
  directory: string
  now: () => number
}): ActionProcess {
  const { action, now } = options
  const runs = new Map<string, Run>()
  let ready = false
  let alive = true
  /** Why the process ends; `culprit` is the activation that brought it about. */
  let end: { message: string; culprit?: string } = { message: UNEXPECTED_EXIT }

  const { deployed } = action
  const child = fork(
    RUNNER,
    deployed === undefined ? [action.file] : [action.file, deployed.handler],
    {
      detached: HAS_GROUPS,
      // Where Adobe I/O Runtime unpacks an action, it also runs it.
      cwd: deployed === undefined ? options.directory : action.file,
      env: options.environment,
      execArgv: [
        `--max-old-space-size=${action.limits.memorySize}`,
        `--initial-heap-size=${Math.floor(action.limits.memorySize * HEAP_SHARE)}`,
        '--disable-warning=ExperimentalWarning',
        ...(deployed === undefined ? [] : [`--import=${isolatedIn(action.file)}`]),
        ...(action.inspector === undefined ? [] : [`--inspect=${action.inspector}`]),
      ],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  )

  function begin(activationId: string, run: Run): void {
    run.timer = setTimeout(() => {
      kill(
        `The action exceeded its time limits of ${action.limits.timeout} milliseconds.`,
        activationId,
      )
    }, action.limits.timeout)
    try {
      // A process that dies at this moment is noticed by its 'close' event.
      child.send(run.task.prepare(), () => undefined)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      const ended = failed(`The parameters cannot be handed to the action: ${why}.`)
      settle(activationId, run, ended)
    }
  }

  function settle(activationId: string, run: Run, ended: Ended | undefined): void {
    runs.delete(activationId)
    clearTimeout(run.timer)
    run.resolve(ended)
  }

  function settleIfComplete(activationId: string): void {
    const run = runs.get(activationId)
    if (run?.outcome === undefined || run.openStreams.size > 0) return
    settle(activationId, run, toEnded(run, run.outcome))
  }

  function kill(message: string, culprit?: string): void {
    if (!alive) return
    alive = false
    end = culprit === undefined ? { message } : { message, culprit }
    if (child.pid !== undefined) killGroup(child.pid)
  }

  function outcomeOfDeath(activationId: string): Outcome {
    const others = end.culprit !== undefined && end.culprit !== activationId
    return developerError(
      others ? `Another activation in the same process ended it: ${end.message}` : end.message,
    )
  }

  const loadTimer = setTimeout(() => {
    kill(`The action could not be loaded within ${LONGEST_LOAD_MS} milliseconds.`)
  }, LONGEST_LOAD_MS)

  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.setEncoding('utf8').on(
      'data',
      createFrameReader({
        text: (activationId, text) => runs.get(activationId)?.log.write(stream, text),
        end: (activationId) => {
          runs.get(activationId)?.openStreams.delete(stream)
          settleIfComplete(activationId)
        },
        unframed: (text) => {
          for (const run of runs.values()) run.log.write(stream, text)
        },
      }),
    )
  }

  child.on('message', (raw) => {
    const message = z.safeParse(processMessageSchema, raw).data
    if (message === undefined) return
    if (message.type === 'ready') {
      ready = true
      clearTimeout(loadTimer)
      for (const [activationId, run] of runs) {
        run.initTime = now() - run.addedAt
        begin(activationId, run)
      }
    } else if (message.type === 'unloadable') {
      kill(`The action could not be loaded: ${message.message}`)
    } else {
      const run = runs.get(message.activationId)
      if (run === undefined) return
      if (message.type === 'began') {
        if (!run.begun) run.task.begun()
        run.begun = true
      } else if (message.type === 'exchange') {
        // A process could say more than the runner in it does.
        if (run.exchanges.length < MOST_EXCHANGES) run.exchanges.push(message.exchange)
      } else {
        run.outcome = toOutcome(message)
      }
      settleIfComplete(message.activationId)
    }
  })
  child.on('error', (error) => {
    const isMissing = deployed !== undefined && !existsSync(action.file)
    kill(isMissing ? missingCode(action.name) : `The action could not be started: ${error.message}`)
  })

  const exited = new Promise<void>((resolve) => {
    child.on('exit', () => {
      alive = false
      // What it has started may hold its output open, and must not outlive it.
      if (HAS_GROUPS && child.pid !== undefined) killGroup(child.pid)
    })
    // 'close' comes after the last of the output, so that the log of a crash is whole.
    child.on('close', () => {
      alive = false
      clearTimeout(loadTimer)
      for (const [activationId, run] of runs) {
        const lost = ready && !run.begun
        const ended = toEnded(run, run.outcome ?? outcomeOfDeath(activationId))
        // Nobody but an activation that takes too long is the cause of its own end.
        const timedOut = end.culprit === activationId
        settle(activationId, run, lost ? undefined : { ...ended, timedOut })
      }
      resolve()
    })
  })

  return {
    pid: child.pid,
    running: () => runs.size,
    alive: () => alive,
    exited,
    kill,
    run: (activationId, task) =>
      new Promise((resolve) => {
        const run: Run = {
          log: createActivationLog(now),
          openStreams: new Set(['stdout', 'stderr']),
          exchanges: [],
          task,
          addedAt: now(),
          begun: false,
          resolve,
        }
        runs.set(activationId, run)
        if (ready) begin(activationId, run)
      }),
  }
}

/** The URL of the module that keeps a process to the packages in a folder. */
function isolatedIn(folder: string): string {
  const module = new URL('./isolated.ts', import.meta.url)
  module.searchParams.set('folder', pathToFileURL(folder).href)
  return module.href
}

function toEnded({ log, exchanges, initTime }: Run, outcome: Outcome): Ended {
  return { outcome, logs: log.lines(), exchanges, ...(initTime !== undefined && { initTime }) }
}

/** An activation that failed before or beside the action's own code. */
export function failed(message: string): Ended {
  return { outcome: developerError(message), logs: [], exchanges: [] }
}

function developerError(message: string): Outcome {
  return { status: 'action developer error', result: { error: message } }
}

/** Judges what an action gave back, by the rules of OpenWhisk's Node runtime. */
function toOutcome(message: Extract<ProcessMessage, { json: string }>): Outcome {
  const bytes = Buffer.byteLength(message.json)
  if (bytes > LARGEST_RESULT_BYTES) {
    return developerError(
      `The action produced a response that exceeded the allowed length: ${bytes} > ${LARGEST_RESULT_BYTES} bytes.`,
    )
  }
  // An error quotes what it failed with, such as a presigned URL.
  const value = parseJson(message.type === 'threw' ? redactSecrets(message.json) : message.json)
  if (isTooDeep(value)) {
    return developerError(
      `The action produced a response that is nested more than ${MOST_LEVELS} levels deep.`,
    )
  }
  if (message.type === 'threw') return { status: 'application error', result: { error: value } }
  if (!isRecord(value)) return developerError('The action did not return a dictionary.')
  return { status: 'error' in value ? 'application error' : 'success', result: value }
}
