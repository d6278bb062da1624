/** Columns and lines of a page; a wide letter of Chinese, Japanese or Korean takes two columns. */
export const COLUMNS = 80
export const LINES = 60

const TAB = 8

/** Letters that are as wide as two others: East Asian Wide and Fullwidth of Unicode's annex 11, roughly. */
const WIDE =
  /^[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u

/** Letters that stand over the one before. */
const MARK = /^\p{M}/u

/** How many columns a letter takes. */
export function columnsOf(letter: string): number {
  if (MARK.test(letter)) return 0
  return WIDE.test(letter) ? 2 : 1
}

/**
 * Breaks the beginning of a text into the lines of one page: between words where there are any, with tabs turned into
 * spaces and no more than one empty line at a time.
 */
export function layOutPage(text: string): string[] {
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    const broken = breakParagraph(paragraph)
    if (broken.length === 0 && (lines.length === 0 || lines.at(-1) === '')) continue
    lines.push(...(broken.length === 0 ? [''] : broken))
    if (lines.length >= LINES) break
  }
  const page = lines.slice(0, LINES)
  return page.at(-1) === '' ? page.slice(0, -1) : page
}

function breakParagraph(paragraph: string): string[] {
  const lines: string[] = []
  let line = ''
  let columns = 0
  const end = (): void => {
    lines.push(line.trimEnd())
    line = ''
    columns = 0
  }
  for (const piece of paragraph.match(/\t|[^\S\t]+|[^\s]+/gu) ?? []) {
    if (lines.length >= LINES) break
    if (/^\s/.test(piece)) {
      const spaces = piece === '\t' ? TAB - (columns % TAB) : 1
      if (line !== '' && columns + spaces < COLUMNS) {
        line += ' '.repeat(spaces)
        columns += spaces
      }
      continue
    }
    const letters = Array.from(piece)
    const width = letters.reduce((sum, letter) => sum + columnsOf(letter), 0)
    if (columns + width > COLUMNS && line !== '' && width <= COLUMNS) end()
    for (const letter of letters) {
      if (columns + columnsOf(letter) > COLUMNS) end()
      line += letter
      columns += columnsOf(letter)
    }
  }
  if (line.trim() !== '') end()
  return lines
}
