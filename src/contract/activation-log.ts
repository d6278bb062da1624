/** A line of the log of an activation, read. */
export interface LogLine {
  /** All of it. */
  readonly whole: string
  /** When it was written, in milliseconds since 1970; undefined where the line does not say. */
  readonly time: number | undefined
  /** Whether it came by the standard error. */
  readonly isError: boolean
  /** What was written. */
  readonly text: string
  /** Whether the worker has written it, or it tells what the worker threw; all else is of the SDK around it. */
  readonly isOwn: boolean
}

/** What a line begins with that a log of OpenWhisk has for each: when it was written, and to which stream. */
const STAMP = /^(\d{4}-\S+)\s+std(out|err): ?/

/** What the SDK says before each of its lines that are about one rendition; the worker's lines get it as well. */
const RENDITION = /^\[rendition \d+\] /

/** The SDK is at work from one of these lines on; without any, the action is none of the SDK. */
const BEGUN = /^Using (?:pipeline|(?:shellscript )?worker callback) \(|^Web action: HTTP /

/** The last that the SDK says before the worker has its turn: the instructions, which may go on for lines. */
const CALLED = /^instructions for '\w+\(\)' callback: : /

/** The first that the SDK says when the worker had its turn. */
const RETURNED =
  /^(?:worker\(\) callback (?:generated rendition|processing failed)|no rendition found after worker\(\)|processing (?:finished successfully|failed with error) after )/

/** The SDK says on the standard error that its metrics go nowhere; what else is there is what it was thrown. */
const METRICS = /New Relic/

/** A line of a log without its stamp. */
export function textOfLogLine(line: string): string {
  return line.replace(STAMP, '')
}

/**
 * Reads the log of an activation. Whose line is whose is told by what the SDK says before and after it calls the worker; it
 * calls the workers of an activation one after the other.
 */
export function readLog(lines: readonly string[]): readonly LogLine[] {
  const read = lines.map((whole) => {
    const [stamp = '', time = '', stream] = STAMP.exec(whole) ?? []
    const milliseconds = Date.parse(time)
    return {
      whole,
      time: Number.isNaN(milliseconds) ? undefined : milliseconds,
      isError: stream === 'err',
      text: whole.slice(stamp.length),
    }
  })
  const begun = read.findIndex(({ text }) => BEGUN.test(text))
  let turn: 'sdk' | 'instructions' | 'worker' = 'sdk'
  return read.map((line, index) => {
    const said = line.text.replace(RENDITION, '')
    // The same words of the worker itself do not end its turn: the SDK says them with how long it took.
    if (turn === 'worker' && RETURNED.test(said) && !line.isError) turn = 'sdk'
    const isCall = CALLED.test(said) && !line.isError
    const isOwn = line.isError
      ? !METRICS.test(said)
      : index < begun || begun === -1 || (turn === 'worker' && !isCall)
    if (isCall) turn = said.endsWith('{') ? 'instructions' : 'worker'
    else if (turn === 'instructions' && said === '}') turn = 'worker'
    return { ...line, isOwn }
  })
}
