import { readLog } from '../../src/contract/activation-log.ts'

/** A line of a log, as it is shown. */
export interface ShownLine {
  /** As it is copied. */
  readonly whole: string
  /** In milliseconds since 1970, where it is known. */
  readonly time?: number | undefined
  /** What kind of line it is, in a word or two. */
  readonly kind?: string
  readonly text: string
  /** Whether it is one of those that matter most, which can be seen without the others. */
  readonly matters: boolean
  /** Whether it tells of something that went wrong. */
  readonly isProblem: boolean
}

/**
 * Makes what turns a log into lines that are shown, and does so once for each log: the page is drawn for everything that
 * happens in the service.
 */
export function oncePerLog<Line>(
  read: (lines: readonly Line[]) => readonly ShownLine[],
): (lines: readonly Line[]) => readonly ShownLine[] {
  const known = new WeakMap<readonly Line[], readonly ShownLine[]>()
  return (lines) => {
    const shown = known.get(lines) ?? read(lines)
    known.set(lines, shown)
    return shown
  }
}

/** The lines that an activation has left; what the worker itself has printed matters most. */
export const linesOfActivation = oncePerLog<string>((lines) =>
  readLog(lines).map(({ whole, time, text, isOwn, isError }) => ({
    whole,
    time,
    text,
    matters: isOwn,
    isProblem: isOwn && isError,
  })),
)

/** Which lines of a log are shown. */
export interface LogFilter {
  /** Only those that matter most. */
  readonly isShort: boolean
  /** Empty for all. */
  readonly text: string
}

/**
 * The lines that a filter lets through, with their numbers, from 1.
 *
 * @param telling - the position of the line that tells why something failed, which matters whatever kind it is
 */
export function filterLines(
  lines: readonly ShownLine[],
  { isShort, text }: LogFilter,
  telling?: number,
): readonly { readonly line: ShownLine; readonly number: number }[] {
  const wanted = text.trim().toLowerCase()
  return lines
    .map((line, at) => ({ line, number: at + 1 }))
    .filter(({ line, number }) => !isShort || line.matters || number - 1 === telling)
    .filter(({ line }) => line.whole.toLowerCase().includes(wanted))
}
