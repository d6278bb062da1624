import { redactSecrets } from '../../base/redact.ts'

/** Adobe I/O Runtime keeps 10 MB of logs an activation. */
const LONGEST_LOG_BYTES = 10 * 1024 * 1024

/** What an activation wrote to its standard output and error, in the lines of OpenWhisk's log format. */
export interface ActivationLog {
  /** Adds text as it was written; it need not end with a line. */
  write: (stream: 'stdout' | 'stderr', text: string) => void
  /** All lines, such as `2026-11-21T04:00:00.000000000Z stdout: hello`. */
  lines: () => string[]
}

/** Collects the log of one activation, up to {@link LONGEST_LOG_BYTES} and without the secrets it may quote. */
export function createActivationLog(now: () => number): ActivationLog {
  const lines: string[] = []
  const rest = { stdout: '', stderr: '' }
  let bytes = 0

  function add(stream: 'stdout' | 'stderr', line: string): void {
    if (bytes > LONGEST_LOG_BYTES) return
    bytes += Buffer.byteLength(line)
    const kept =
      bytes > LONGEST_LOG_BYTES
        ? `Logs were truncated because the total bytes size exceeds the limit of ${LONGEST_LOG_BYTES} bytes.`
        : redactSecrets(line)
    lines.push(`${timeOf(now(), lines.length)} ${stream}: ${kept}`)
  }

  function flush(stream: 'stdout' | 'stderr'): void {
    if (rest[stream] !== '') add(stream, rest[stream])
    rest[stream] = ''
  }

  return {
    write(stream, text) {
      if (bytes > LONGEST_LOG_BYTES) return
      rest[stream] += text
      if (text.includes('\n')) {
        const pieces = rest[stream].split('\n')
        rest[stream] = pieces.pop() ?? ''
        for (const piece of pieces) add(stream, piece)
      }
      // What never becomes a line must not fill this process's memory either.
      if (rest[stream].length > LONGEST_LOG_BYTES) flush(stream)
    },
    lines() {
      flush('stdout')
      flush('stderr')
      return lines
    },
  }
}

/**
 * A time in nanoseconds, as OpenWhisk's are. The clock tells milliseconds; the number of the line stands for the rest, since
 * `aio` sorts the lines of a log.
 */
function timeOf(milliseconds: number, line: number): string {
  const rest = String(Math.min(line, 999_999)).padStart(6, '0')
  return new Date(milliseconds).toISOString().replace('Z', `${rest}Z`)
}
