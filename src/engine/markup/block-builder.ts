import type { Attributes } from '../../packages/markup.ts'
import { directionOf } from './direction.ts'
import { eachLine } from './each-line.ts'
import { cleanText, createLineBuilder } from './line-builder.ts'
import type { Block, Cell, Direction, Heading, Inline, Mark } from './rich-text.ts'

/** Quotes, lists and tables within each other; what is deeper belongs to the last of them. */
const MOST_LEVELS = 32

/** As far as one cell may reach, in columns and rows. HTML allows 1000, and Word 63 columns. */
const MOST_COLUMNS = 63
const MOST_ROWS = 1000

/** What is open; blocks go into the innermost that takes some. */
type Frame =
  | { readonly kind: 'quote'; readonly blocks: Block[] }
  | {
      readonly kind: 'list'
      readonly isOrdered: boolean
      readonly start: number
      readonly items: Block[][]
      readonly direction: Direction | undefined
    }
  | { readonly kind: 'item'; readonly blocks: Block[] }
  | {
      readonly kind: 'table'
      readonly rows: (readonly Cell[])[]
      readonly direction: Direction | undefined
    }
  | { readonly kind: 'row'; readonly cells: Cell[] }
  | {
      readonly kind: 'cell'
      readonly blocks: Block[]
      readonly isHeader: boolean
      readonly columns: number
      readonly rows: number
    }
  /** An element that is nothing where it stands. */
  | { readonly kind: 'nothing' }

/** What the line that is being read is. */
type Line =
  | { readonly kind: 'paragraph' }
  | { readonly kind: 'heading'; readonly level: Heading['level'] }
  | { readonly kind: 'code'; text: string; language: string | undefined }

/** Puts a text together of what is read of it in its order. What is opened has to be closed. */
export interface BlockBuilder {
  text(text: string, marks: readonly Mark[], link: string | undefined): void
  inline(inline: Exclude<Inline, { kind: 'text' }>): void
  /** Which way the lines run that are read from here on; undefined where each says so itself. */
  direction(direction: Direction | undefined): void
  /** What follows is on a line of its own; a heading goes on when it has not begun, and so does code. */
  division(): void
  endLine(): void
  openHeading(level: Heading['level']): void
  /** @param classes - one of which may name a language, as `language-js` does */
  openCode(classes: string): void
  codeLanguage(classes: string): void
  rule(): void
  openQuote(): void
  openList(isOrdered: boolean, start: number): void
  openItem(): void
  openTable(): void
  openRow(): void
  openCell(isHeader: boolean, attributes: Attributes): void
  close(): void
  /** All there is; nothing is to be added then. */
  finish(): readonly Block[]
}

/** See {@link BlockBuilder}. */
export function createBlockBuilder(): BlockBuilder {
  const root: Block[] = []
  const frames: Frame[] = []
  const builder = createLineBuilder()
  let line: Line = { kind: 'paragraph' }
  let direction: Direction | undefined

  function add(block: Block): void {
    const into = frames.findLast((frame) => 'blocks' in frame)
    if (into !== undefined && 'blocks' in into) into.blocks.push(block)
    else root.push(block)
  }

  function endLine(): void {
    const ended = line
    line = { kind: 'paragraph' }
    const { content, isSeen } = builder.take()
    if (isSeen) {
      const runs = { content, direction: direction ?? directionOf(content) }
      add(ended.kind === 'heading' ? { ...ended, ...runs } : { kind: 'paragraph', ...runs })
    } else {
      // Places that links lead to go before the line that follows.
      for (const each of content) if (each.kind === 'anchor') builder.add(each)
    }
    if (ended.kind !== 'code') return
    const text = ended.text.replace(/^\n|\n$/g, '')
    if (text.trim() !== '') add({ kind: 'code', text, language: ended.language })
  }

  function open(frame: Frame): void {
    endLine()
    frames.push(frames.length < MOST_LEVELS ? frame : { kind: 'nothing' })
  }

  /** Opens what stands nowhere but in something else. */
  function openWithin(kind: Frame['kind'], frame: Frame): void {
    open(frames.at(-1)?.kind === kind ? frame : { kind: 'nothing' })
  }

  function close(): void {
    endLine()
    const frame = frames.pop()
    const parent = frames.at(-1)
    if (frame === undefined) return
    switch (frame.kind) {
      case 'quote':
        if (frame.blocks.length > 0) add(frame)
        return
      case 'list':
        if (frame.items.length > 0) add(frame)
        return
      case 'item':
        if (parent?.kind === 'list') parent.items.push(frame.blocks)
        return
      case 'table':
        if (frame.rows.some((cells) => cells.length > 0)) add(frame)
        return
      case 'row':
        if (parent?.kind === 'table') parent.rows.push(frame.cells)
        return
      case 'cell':
        if (parent?.kind !== 'row') return
        parent.cells.push(
          frame.isHeader ? { ...frame, blocks: eachLine(frame.blocks, plain) } : frame,
        )
        return
      case 'nothing':
    }
  }

  return {
    text(text, marks, link) {
      if (line.kind === 'code') line.text += cleanText(text).replaceAll('\r\n', '\n')
      else builder.text(text, marks, link)
    },
    inline(inline) {
      if (line.kind === 'code' && inline.kind === 'break') line.text += '\n'
      else builder.add(inline)
    },
    direction(given) {
      direction = given
    },
    division() {
      if (line.kind === 'code') {
        if (!/(^|\n)$/.test(line.text)) line.text += '\n'
      } else if (builder.isBegun()) endLine()
    },
    endLine,
    openHeading(level) {
      endLine()
      line = { kind: 'heading', level }
    },
    openCode(classes) {
      endLine()
      line = { kind: 'code', text: '', language: languageOf(classes) }
    },
    codeLanguage(classes) {
      if (line.kind === 'code') line.language ??= languageOf(classes)
    },
    rule() {
      endLine()
      add({ kind: 'rule' })
    },
    openQuote: () => open({ kind: 'quote', blocks: [] }),
    openList(isOrdered, given) {
      const start = Number.isInteger(given) && given >= 0 && given < 1e6 ? given : 1
      open({ kind: 'list', isOrdered, start, items: [], direction })
    },
    openItem: () => openWithin('list', { kind: 'item', blocks: [] }),
    openTable: () => open({ kind: 'table', rows: [], direction }),
    openRow: () => openWithin('table', { kind: 'row', cells: [] }),
    openCell(isHeader, { colspan, rowspan }) {
      const columns = within(Number(colspan ?? 1), MOST_COLUMNS)
      const rows = within(Number(rowspan ?? 1), MOST_ROWS)
      openWithin('row', { kind: 'cell', blocks: [], isHeader, columns, rows })
    },
    close,
    finish() {
      while (frames.length > 0) close()
      endLine()
      return root
    },
  }
}

/** All of the head of a table is strong, so that none of it is. */
function plain(content: readonly Inline[]): Inline[] {
  return content.map((each) =>
    each.kind === 'text'
      ? { ...each, marks: each.marks.filter((mark) => mark !== 'strong') }
      : each,
  )
}

function languageOf(classes: string): string | undefined {
  return /(?:^|\s)(?:language|lang|highlight-source)-([\w+#.-]{1,30})/.exec(classes)?.[1]
}

function within(value: number, most: number): number {
  return Number.isInteger(value) && value >= 1 ? Math.min(value, most) : 1
}
