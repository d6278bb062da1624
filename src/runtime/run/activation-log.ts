import { redactSecrets } from '../../base/redact.ts'
import { createOutputLines, type OutputLines, type OutputStream } from './output-lines.ts'

/** Adobe I/O Runtime keeps 10 MB of logs an activation. */
const LONGEST_LOG_BYTES = 10 * 1024 * 1024

/** Each takes some 200 bytes of memory besides its text, so that a log of this many that say nothing takes 20 MB. */
const MOST_LINES = 100_000

/** What an activation wrote to its standard output and error, in the lines of OpenWhisk's log format. */
export interface ActivationLog {
  /** Adds text as it was written; it need not end with a line. */
  write: OutputLines['write']
  /** All lines, such as `2026-11-21T04:00:00.000000000Z stdout: hello`. */
  lines: () => string[]
}

/**
 * Collects the log of one activation, without the secrets it may quote: up to {@link LONGEST_LOG_BYTES}, in
 * {@link MOST_LINES} lines. What is written after that costs nothing.
 */
export function createActivationLog(now: () => number): ActivationLog {
  const timeOf = createLineClock(now)
  const lines: string[] = []
  let bytes = 0
  let isFull = false

  function add(stream: OutputStream, line: string): boolean {
    bytes += Buffer.byteLength(line)
    const excess =
      bytes > LONGEST_LOG_BYTES
        ? `total bytes size exceeds the limit of ${LONGEST_LOG_BYTES} bytes`
        : lines.length === MOST_LINES
          ? `number of lines exceeds the limit of ${MOST_LINES}`
          : undefined
    isFull = excess !== undefined
    const kept = isFull ? `Logs were truncated because the ${excess}.` : redactSecrets(line)
    lines.push(`${timeOf(lines.length)} ${stream}: ${kept}`)
    return !isFull
  }

  const output = createOutputLines((stream, line) => !isFull && add(stream, line))
  return {
    write(stream, text) {
      if (!isFull) output.write(stream, text)
    },
    lines() {
      output.flush()
      return lines
    },
  }
}

/**
 * Tells times in nanoseconds, as OpenWhisk's are. The clock tells milliseconds; the number of the line stands for the rest, since
 * `aio` sorts the lines of a log.
 */
function createLineClock(now: () => number): (line: number) => string {
  let last = Number.NaN
  let text = ''
  return (line) => {
    const milliseconds = now()
    if (milliseconds !== last) text = new Date(milliseconds).toISOString().slice(0, -1)
    last = milliseconds
    return `${text}${String(line).padStart(6, '0')}Z`
  }
}
