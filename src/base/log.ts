import { AsyncLocalStorage } from 'node:async_hooks'
import { redactSecrets } from './redact.ts'

/** What a line of the log is about, besides what it says. */
export interface LogSubject {
  /**
   * The id of the request, which travels with all that comes of it: the order, the activations, the events. What the jobs API has
   * accepted goes by the id of its task from there on.
   */
  readonly requestId?: string | undefined
  /** The door that it came to, or that has ordered it. */
  readonly door?: string | undefined
  /** The number of an order. */
  readonly order?: number | undefined
  readonly activationId?: string | undefined
  /** The number of a job of IPS. */
  readonly job?: number | undefined
  /** The name of an action. */
  readonly action?: string | undefined
  /** What an activation has printed the line to. */
  readonly stream?: 'stdout' | 'stderr' | undefined
}

/** How much a line matters, the most first. */
export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const

/** One of {@link LOG_LEVELS}. */
export type LogLevel = (typeof LOG_LEVELS)[number]

/**
 * What the gateway tells the person who runs it. What it is about is put beside the message, not into it: that is for
 * {@link createLog} to write.
 */
export type Log = Readonly<Record<LogLevel, (message: string, about?: LogSubject) => void>>

/** One line of the log. */
export interface LogLine extends LogSubject {
  readonly level: LogLevel
  readonly message: string
  /** What was named by whoever has logged it, rather than told by where that happened. */
  readonly named: LogSubject
}

const subjects = new AsyncLocalStorage<LogSubject>()

/**
 * Has what is logged in the course of some work be about this, and about nothing that was said before. Work that somebody's request
 * sets off for others has to be run so, or its lines would be taken for that request's.
 */
export function runAbout<T>(subject: LogSubject, work: () => T): T {
  return subjects.run(subject, work)
}

/** What is logged at this moment is about this. */
export function currentSubject(): LogSubject {
  return subjects.getStore() ?? {}
}

/**
 * Makes a log, whose lines have no secrets in them.
 *
 * @param write - writes a line
 */
export function createLog(write: (line: LogLine) => void): Log {
  const at =
    (level: LogLevel) =>
    (message: string, named: LogSubject = {}): void =>
      write({ ...currentSubject(), ...named, level, message: redactSecrets(message), named })
  return { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') }
}

/** So much of the id of an activation tells it from others of these days, in characters. */
const SHORT_ID = 8

/**
 * A line for people: what it says, after the request that it was said to be about, or the action and the activation that print it.
 * Strangers have a say in it, by names and addresses: what would be a line of its own is indented, and what would be a command to
 * the terminal is written out.
 */
export function formatText({ message, named }: Pick<LogLine, 'message' | 'named'>): string {
  const { requestId, action, activationId, stream } = named
  const printing = [action, activationId?.slice(0, SHORT_ID)].filter((word) => word !== undefined)
  const head = stream === undefined ? requestId : printing.join(' ')
  const said = head === undefined ? message : `${head}: ${message}`
  return said.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, (sign) => {
    if (sign === '\n') return '\n    '
    return sign === '\t' ? sign : `\\u{${sign.codePointAt(0)?.toString(16)}}`
  })
}

/**
 * A line for programs: one JSON object with `time`, `level` and `message`, and after them what of {@link LogSubject} is known.
 *
 * @param now - milliseconds since 1970
 */
export function formatJson({ level, message, named: _, ...about }: LogLine, now: number): string {
  return JSON.stringify({ time: new Date(now).toISOString(), level, message, ...about })
}
