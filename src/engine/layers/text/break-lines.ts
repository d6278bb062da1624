import { BLANK, HYPHEN, type Letter, LINE_FEED } from './text-letters.ts'

/** A line of letters, without the blanks at its end. */
export interface BrokenLine {
  readonly letters: readonly Letter[]
  /** In points. */
  readonly width: number
  /** Whether the paragraph or the writer ends it, and not the width. */
  readonly ended: boolean
}

/**
 * Breaks a paragraph into lines: behind blanks and hyphens, and within a word where it is wider than a line. There is a letter
 * in each line, however wide it is.
 *
 * @param most - the width of a line, in points; infinite where nothing is to be broken
 * @param withinWords - false for words to stay whole that are wider than a line
 */
export function breakLines(
  letters: readonly Letter[],
  most: number,
  withinWords = true,
): readonly BrokenLine[] {
  const lines: BrokenLine[] = []
  let start = 0
  let width = 0
  // Behind the last place where the line could be broken.
  let place = 0
  for (let at = 0; at < letters.length; at += 1) {
    const { code = 0, width: own = 0 } = letters[at] ?? {}
    if (code === LINE_FEED) {
      lines.push(lineOf(letters.slice(start, at), true))
      start = at + 1
      place = start
      width = 0
      continue
    }
    // Blanks may hang over the end.
    const breakable = place > start || (withinWords && at > start)
    if (code !== BLANK && width + own > most && breakable) {
      const end = place > start ? place : at
      lines.push(lineOf(letters.slice(start, end), false))
      start = end
      place = end
      width = 0
      for (let kept = start; kept < at; kept += 1) width += letters[kept]?.width ?? 0
    }
    width += own
    if (code === BLANK || (code === HYPHEN && at > start)) place = at + 1
  }
  lines.push(lineOf(letters.slice(start), true))
  return lines
}

function lineOf(letters: readonly Letter[], ended: boolean): BrokenLine {
  const last = letters.findLastIndex(({ code }) => code !== BLANK)
  const seen = letters.slice(0, last + 1)
  return { letters: seen, width: seen.reduce((sum, { width }) => sum + width, 0), ended }
}
