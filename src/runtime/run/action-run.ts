import type { Readable } from 'node:stream'
import * as z from 'zod/mini'
import { isRecord, isTooDeep, MOST_LEVELS, parseJson } from '../../base/json.ts'
import { redactSecrets } from '../../base/redact.ts'
import { activationEnvironment } from './action-environment.ts'
import { createActivationLog } from './activation-log.ts'
import {
  type ActivationFault,
  type ActivationOutcome,
  developerError,
} from './activation-outcome.ts'
import type { OutputStream } from './output-lines.ts'
import type { LineTeller } from './printed-lines.ts'
import {
  createFrameReader,
  type HttpExchange,
  LARGEST_RESULT_BYTES,
  type LoadReport,
  MOST_EXCHANGES,
  type NearbyAsk,
  type ProcessMessage,
  processMessageSchema,
  type RunMessage,
} from './protocol.ts'

/** What a process is to run once. */
export interface RunTask {
  readonly activationId: string
  /** Whose work it is; the processes of an action are shared out among them. */
  readonly client: string
  /** Makes the parameters when the run begins. */
  readonly params: () => Record<string, unknown>
  /** Is told once, when a process has taken it up, when it was given to it: milliseconds since 1970. */
  readonly begun: (start: number) => void
  /** Aborts when the activation is cancelled. */
  readonly signal: AbortSignal
}

/** What a run that has ended leaves behind. */
export interface RunEnd {
  outcome: ActivationOutcome
  logs: string[]
  /** The HTTP requests that it made, in the order they ended. */
  exchanges: readonly HttpExchange[]
  /** When it was given to its process, in milliseconds since 1970; undefined for one that never was. */
  start?: number
  /** Milliseconds it waited for its process to load the action, when it did. */
  initTime?: number
  /** Whether it was ended because it took too long. */
  timedOut?: boolean
  fault?: ActivationFault | undefined
}

/** What there is to say of a run that has not returned. */
export interface Ending {
  readonly timedOut?: boolean
  readonly fault?: ActivationFault | undefined
}

/** The end of a run that failed before or beside the action's own code. */
export function failedRun(message: string): RunEnd {
  return { outcome: developerError(message), logs: [], exchanges: [] }
}

/** A run in a process, from when the process has it until its end. */
export interface ActionRun {
  /** Gives it to the process, which has loaded the action. */
  send: (process: { send: (message: RunMessage) => void; wasLoading: boolean }) => void
  /** Whether the process was given it. */
  sent: () => boolean
  /** Whether the process has taken it up. */
  begun: () => boolean
  /** The process says something of it. */
  report: (report: RunReport) => void
  /** It has printed something; its own code has, or others. */
  print: (stream: OutputStream, text: string, isOwn: boolean) => void
  /** It prints no more on this stream. */
  endStream: (stream: OutputStream) => void
  /** Ends it now with what the action has returned already, or else with `outcome`. */
  end: (outcome: ActivationOutcome, ending?: Ending) => void
  /** Ends the watch over its time, without an end of its own: another process runs it. */
  giveBack: () => void
}

/**
 * Begins to keep what one run says until it has returned and printed its last.
 *
 * @param options.timeout - milliseconds it may take
 * @param options.teller - is told what it prints
 * @param options.expired - is told when it has taken longer
 * @param options.ended - is told of its end, once
 */
export function createActionRun(options: {
  task: RunTask
  timeout: number
  now: () => number
  teller?: LineTeller | undefined
  expired: () => void
  ended: (end: RunEnd) => void
}): ActionRun {
  const { task, timeout, now, teller } = options
  const log = createActivationLog(now)
  const exchanges: HttpExchange[] = []
  const openStreams = new Set<OutputStream>(['stdout', 'stderr'])
  const addedAt = now()
  let start: number | undefined
  let initTime: number | undefined
  let begun = false
  let returned: ActivationOutcome | undefined
  let timer: NodeJS.Timeout | undefined

  function end(outcome: ActivationOutcome, { timedOut, fault }: Ending = {}): void {
    clearTimeout(timer)
    teller?.end()
    options.ended({
      outcome: returned ?? outcome,
      logs: log.lines(),
      exchanges,
      ...(start !== undefined && { start }),
      ...(initTime !== undefined && { initTime }),
      ...(timedOut !== undefined && { timedOut }),
      ...(returned === undefined && { fault }),
    })
  }

  function endIfComplete(): void {
    if (returned !== undefined && openStreams.size === 0) end(returned)
  }

  return {
    send(process) {
      start = now()
      if (process.wasLoading) initTime = start - addedAt
      timer = setTimeout(options.expired, timeout)
      try {
        const { activationId } = task
        const environment = activationEnvironment(activationId, start + timeout)
        process.send({ type: 'run', activationId, params: task.params(), environment })
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error)
        end(developerError(`The parameters cannot be handed to the action: ${why}.`))
      }
    },
    sent: () => start !== undefined,
    begun: () => begun,
    report(report) {
      if (report.type === 'began') {
        if (!begun && start !== undefined) task.begun(start)
        begun = true
      } else if (report.type === 'exchange') {
        // A process could say more than the runner in it does.
        if (exchanges.length < MOST_EXCHANGES) exchanges.push(report.exchange)
      } else {
        returned = judgeResult(report)
        endIfComplete()
      }
    },
    print(stream, text, isOwn) {
      log.write(stream, text)
      teller?.write(stream, text, isOwn)
    },
    endStream(stream) {
      openStreams.delete(stream)
      endIfComplete()
    },
    end,
    giveBack: () => clearTimeout(timer),
  }
}

/** Judges what an action gave back, by the rules of OpenWhisk's Node runtime. */
function judgeResult(message: RunResultReport): ActivationOutcome {
  const bytes = message.type === 'oversized' ? message.bytes : Buffer.byteLength(message.json)
  // A process could say more than the runner in it does.
  if (message.type === 'oversized' || bytes > LARGEST_RESULT_BYTES) {
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

/** What a process says of one run. */
export type RunReport = Exclude<Extract<ProcessMessage, { activationId: string }>, NearbyAsk>

/** How it says that a run has ended. */
type RunResultReport = Exclude<RunReport, { type: 'began' | 'exchange' }>

/** Who is told what a process says. */
export interface ProcessListener {
  /** It has loaded the action, or cannot load it. */
  load: (load: LoadReport) => void
  report: (report: RunReport) => void
  /**
   * It asks for something.
   *
   * @param bytes - of a letter that has some
   * @returns false for what it cannot have asked for
   */
  ask: (ask: NearbyAsk, bytes: Uint8Array | undefined) => boolean
  /** An activation has printed something; undefined for what no activation has, or nobody knows which. */
  print: (stream: OutputStream, text: string, isOwn: boolean, activationId?: string) => void
  /** An activation prints no more on this stream. */
  endStream: (stream: OutputStream, activationId: string) => void
}

/** Reads what the standard output and error of a process have. */
export function listenToOutput(
  output: Readonly<Record<'stdout' | 'stderr', Readable | null>>,
  listener: Pick<ProcessListener, 'print' | 'endStream'>,
): void {
  for (const stream of ['stdout', 'stderr'] as const) {
    output[stream]?.setEncoding('utf8').on(
      'data',
      createFrameReader({
        text: (activationId, text, isOwn) => listener.print(stream, text, isOwn, activationId),
        end: (activationId) => listener.endStream(stream, activationId),
        unframed: (text, isOwn) => listener.print(stream, text, isOwn),
      }),
    )
  }
}

/**
 * Tells what a process has said.
 *
 * @returns false when it is nothing that the runner says, so that it was not the runner
 */
export function hearProcess(
  said: unknown,
  bytes: Uint8Array | undefined,
  listener: Pick<ProcessListener, 'load' | 'report' | 'ask'>,
): boolean {
  const message = z.safeParse(processMessageSchema, said).data
  if (message === undefined) return false
  if (message.type === 'open' || message.type === 'send') return listener.ask(message, bytes)
  if (bytes !== undefined) return false
  if (message.type === 'ready' || message.type === 'unloadable') listener.load(message)
  else listener.report(message)
  return true
}
