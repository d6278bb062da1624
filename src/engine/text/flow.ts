/**
 * Where the text of a document goes, in its order. Everything between texts is remembered, and written only when another
 * text follows, so that nothing is empty and nothing trails.
 */
export interface Flow {
  /** Text as it is, within a line. */
  text(text: string): void
  /** Text of which every run of white space is one space, and none at the start of a line. */
  words(text: string): void
  /** Text of several lines, on lines of its own. */
  lines(text: string): void
  /** The text that follows is on a line of its own. */
  line(): void
  /** The text that follows is behind a blank line. */
  section(): void
  /** A row of a table begins or ends here. */
  row(): void
  /** A cell begins here, behind a tab unless it is the first of its row. */
  cell(): void
  /**
   * The line that follows is a heading, 1 the highest; undefined when it is neither that nor an item after all. To a plain text it
   * is a line as any other, and so are items and links.
   */
  heading(level: number | undefined): void
  /** The line that follows is an item of a list, in so many others that it is at `depth` 1 in none. */
  item(depth: number, isOrdered: boolean): void
  /** Where the texts that follow lead to; undefined when they lead nowhere. */
  link(href: string | undefined): void
  /** What a section is called that begins here, such as a sheet, for who needs a heading of it; it is none of the text. */
  name(text: string): void
  /** What follows is not in the flow, such as a footnote; it is written when the paragraph ends that it is in. */
  openAside(): void
  /** @param seen - texts that need not be written again; this one is added */
  closeAside(seen?: Set<string>): void
}

const SOFT_HYPHENS = /\u00ad/g
const WHITE_SPACE = /[ \t\r\n\f]+/g

/** @param write - takes the pieces of the text */
export function createFlow(write: (text: string) => void): Flow {
  const main = createLines(write)
  let depth = 0
  let aside: string[] = []
  let lines = createLines((text) => aside.push(text))
  const finished: string[] = []

  const current = (): Lines => (depth > 0 ? lines : main)

  function line(): void {
    endParagraph()
    current().line()
  }

  /** Writes what was beside the paragraph that ends. */
  function endParagraph(): void {
    if (depth > 0 || finished.length === 0) return
    for (const text of finished.splice(0)) {
      main.line()
      main.text(text)
    }
    main.line()
  }

  return {
    text: (text) => current().text(text),
    words: (text) => current().words(text),
    lines(text) {
      line()
      for (const each of text.split('\n')) {
        current().text(each)
        line()
      }
    },
    line,
    section() {
      endParagraph()
      current().section()
    },
    row() {
      endParagraph()
      current().row()
    },
    cell() {
      endParagraph()
      current().cell()
    },
    heading: () => undefined,
    item: () => undefined,
    link: () => undefined,
    name: () => undefined,
    openAside() {
      depth += 1
      if (depth > 1) return lines.line()
      aside = []
      lines = createLines((text) => aside.push(text))
    },
    closeAside(seen) {
      depth -= 1
      if (depth > 0) return lines.line()
      const text = aside.join('')
      if (text !== '' && !seen?.has(text)) finished.push(text)
      seen?.add(text)
    },
  }
}

type Lines = Pick<Flow, 'text' | 'words' | 'line' | 'section' | 'row' | 'cell'>

function createLines(write: (text: string) => void): Lines {
  let started = false
  /** Line ends before the next text: 2 make a blank line. */
  let breaks = 0
  /** Cells that began since the last text of this row. */
  let tabs = 0
  let rowIsEmpty = true
  let cellIsFirst = true
  /** White space that is written only when something follows it on its line. */
  let held = ''

  function text(piece: string): void {
    const clean = piece.replace(SOFT_HYPHENS, '')
    const visible = clean.trimEnd()
    if (visible === '') {
      held += clean
      return
    }
    const between = (started ? '\n'.repeat(breaks) : '') + '\t'.repeat(tabs)
    write(between + held + visible)
    started = true
    rowIsEmpty = false
    breaks = 0
    tabs = 0
    held = clean.slice(visible.length)
  }

  function breakLine(most: number): void {
    held = ''
    breaks = Math.max(breaks, most)
  }

  return {
    text,
    words(piece) {
      const clean = piece.replace(WHITE_SPACE, ' ')
      const atStart = !started || breaks > 0 || tabs > 0
      const leading = clean.startsWith(' ') && (atStart || /\s$/.test(held))
      text(leading ? clean.slice(1) : clean)
    },
    line() {
      // A paragraph that is the first of its cell begins behind the tab.
      if (tabs > 0) held = ''
      else breakLine(1)
    },
    section() {
      tabs = 0
      breakLine(2)
    },
    row() {
      tabs = 0
      rowIsEmpty = true
      cellIsFirst = true
      breakLine(1)
    },
    cell() {
      held = ''
      if (cellIsFirst) {
        cellIsFirst = false
        return
      }
      // The last paragraph of the cell before has ended its line.
      if (!rowIsEmpty) breaks = 0
      tabs += 1
    },
  }
}
