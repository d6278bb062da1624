import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type ActivationLog, createActivationLog } from './activation-log.ts'
import type { Outcome } from './activation.ts'
import type { Action } from './manifest.ts'
import {
  type ProcessMessage,
  type RunMessage,
  createFrameReader,
  processMessageSchema,
} from './protocol.ts'

const RUNNER = fileURLToPath(new URL('./runner.ts', import.meta.url))

/** Adobe I/O Runtime allows a result of 1 MB. */
const LARGEST_RESULT_BYTES = 1024 * 1024

/** What an activation that has ended leaves behind. */
export interface Ended {
  outcome: Outcome
  logs: string[]
}

interface Run {
  log: ActivationLog
  /** Streams that may still print for this activation. */
  openStreams: Set<'stdout' | 'stderr'>
  outcome?: Outcome
  timer: NodeJS.Timeout
  resolve: (ended: Ended) => void
}

/** One warm process of an action. */
export interface ActionProcess {
  readonly pid: number | undefined
  /** How many activations run in it at this moment. */
  readonly running: () => number
  /** False once it has been killed or has died. */
  readonly alive: () => boolean
  /** Runs the action once; never rejects. */
  run: (message: RunMessage) => Promise<Ended>
  /** Ends the process at once; every activation in it fails with `message`. */
  kill: (message: string) => void
  /** Resolves when the process has left the system. */
  readonly exited: Promise<void>
}

/**
 * Starts a process of an action and loads the action in it.
 *
 * @param options.environment - the whole environment of the process; nothing of the host's own leaks in
 */
export function startActionProcess(options: {
  action: Action
  environment: Record<string, string>
  directory: string
  now: () => number
}): ActionProcess {
  const { action, now } = options
  const runs = new Map<string, Run>()
  const waiting: RunMessage[] = []
  let ready = false
  let alive = true
  let lastWords = 'The action did not produce a valid response and exited unexpectedly.'

  const child = fork(RUNNER, [action.file], {
    cwd: options.directory,
    env: options.environment,
    execArgv: [
      `--max-old-space-size=${action.limits.memorySize}`,
      '--disable-warning=ExperimentalWarning',
    ],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })

  function settleIfComplete(activationId: string): void {
    const run = runs.get(activationId)
    if (run?.outcome === undefined || run.openStreams.size > 0) return
    runs.delete(activationId)
    clearTimeout(run.timer)
    run.resolve({ outcome: run.outcome, logs: run.log.lines() })
  }

  function end(activationId: string, outcome: Outcome): void {
    const run = runs.get(activationId)
    if (run === undefined) return
    run.outcome = outcome
    settleIfComplete(activationId)
  }

  function kill(message: string): void {
    if (!alive) return
    alive = false
    lastWords = message
    child.kill('SIGKILL')
  }

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
    const message = processMessageSchema.parse(raw)
    if (message.type === 'ready') {
      ready = true
      for (const run of waiting.splice(0)) child.send(run)
    } else if (message.type === 'unloadable') {
      kill(`The action could not be loaded: ${message.message}`)
    } else {
      end(message.activationId, toOutcome(message))
    }
  })
  child.on('error', (error) => kill(`The action could not be started: ${error.message}`))

  const exited = new Promise<void>((resolve) => {
    // 'close' comes after the last of the output, so that the log of a crash is whole.
    child.on('close', () => {
      alive = false
      for (const [activationId, run] of runs) {
        run.openStreams.clear()
        end(activationId, run.outcome ?? developerError(lastWords))
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
    run: (message) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => {
          kill(`The action exceeded its time limits of ${action.limits.timeout} milliseconds.`)
        }, action.limits.timeout)
        runs.set(message.activationId, {
          log: createActivationLog(now),
          openStreams: new Set(['stdout', 'stderr']),
          timer,
          resolve,
        })
        if (ready) send(child, message)
        else waiting.push(message)
      }),
  }
}

function send(child: ChildProcess, message: RunMessage): void {
  // A process that dies at this moment is noticed by its 'close' event, which fails the activation.
  child.send(message, () => undefined)
}

/** An activation that failed before or beside the action's own code. */
export function failed(message: string): Ended {
  return { outcome: developerError(message), logs: [] }
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
  const value: unknown = JSON.parse(message.json)
  if (message.type === 'threw') return { status: 'application error', result: { error: value } }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return developerError('The action did not return a dictionary.')
  }
  const result = { ...value }
  return { status: 'error' in result ? 'application error' : 'success', result }
}
