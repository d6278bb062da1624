import { tooMany } from '../../packages/document-errors.ts'
import type { Flow } from '../text/flow.ts'
import { directionOf } from './direction.ts'
import { createLineBuilder } from './line-builder.ts'
import type { Block, Cell, Heading, List, RichText } from './rich-text.ts'
import { safeLink } from './safe-urls.ts'

/** Lists within each other; what is deeper belongs to the last of them. */
const MOST_DEPTH = 16

/** The level of what a section is called, the document being 1. */
const NAME_LEVEL = 2

/** As many cells as are kept in memory; a table of more is none for a reader. */
const MOST_CELLS = 250_000

/** Makes a text of what a reader writes into a flow: headings, lists, and tables of the rows that follow each other. */
export async function readFlow(read: (flow: Flow) => Promise<void> | void): Promise<RichText> {
  const main = createBlocks()
  let aside: Blocks | undefined
  let depth = 0
  /** What is beside the paragraph that is being read. */
  const finished: Block[] = []
  const current = (): Blocks => aside ?? main

  function endParagraph(): void {
    current().line()
    if (aside !== undefined) return
    for (const block of finished.splice(0)) main.add(block)
  }

  const flow: Flow = {
    text: (text) => current().text(text),
    words: (text) => current().text(text),
    lines(text) {
      for (const line of text.split('\n')) {
        endParagraph()
        current().text(line)
      }
      endParagraph()
    },
    line: endParagraph,
    section() {
      endParagraph()
      current().section()
    },
    row() {
      endParagraph()
      current().row()
    },
    cell() {
      current().openRow()
      endParagraph()
      current().cell()
    },
    heading: (level) => current().heading(level),
    item: (level, isOrdered) => current().item(level, isOrdered),
    link: (href) => current().link(href),
    name: (text) => current().name(text),
    openAside() {
      depth += 1
      if (depth === 1) aside = createBlocks()
      else current().line()
    },
    closeAside(seen) {
      depth -= 1
      if (depth > 0 || aside === undefined) return current().line()
      const blocks = aside.finish()
      aside = undefined
      const text = JSON.stringify(blocks)
      if (seen?.has(text) !== true) for (const block of blocks) finished.push(block)
      seen?.add(text)
    },
  }
  await read(flow)
  endParagraph()
  return { direction: undefined, blocks: main.finish() }
}

/** What a line becomes. */
type Line =
  | { readonly kind: 'paragraph' }
  | { readonly kind: 'heading'; readonly level: Heading['level'] }
  | { readonly kind: 'item'; readonly depth: number; readonly isOrdered: boolean }

interface Blocks extends Pick<Flow, 'text' | 'line' | 'section' | 'row' | 'cell'> {
  add(block: Block): void
  heading(level: number | undefined): void
  item(depth: number, isOrdered: boolean): void
  link(href: string | undefined): void
  name(text: string): void
  /** The line that is being read is the first cell of a row, unless one is open: some readers are told so when it ends. */
  openRow(): void
  finish(): readonly Block[]
}

function createBlocks(): Blocks {
  const root: Block[] = []
  const builder = createLineBuilder()
  /** The items of lists that may go on. */
  const itemsOf = new Map<List, Block[][]>()
  let line: Line = { kind: 'paragraph' }
  let href: string | undefined
  let name = ''
  /** The rows of the table that may go on, and the row that is open. */
  let rows: Block[][][] = []
  let row: Block[][] | undefined
  /** What has come since a row has begun or ended: the first cell of the next row, or what follows the table. */
  let since: Block[] | undefined
  let cells = 0

  const place = (): Block[] => row?.at(-1) ?? since ?? root

  function addItem(blocks: Block[], block: Block, depth: number, isOrdered: boolean): void {
    const last = blocks.at(-1)
    const items = last?.kind === 'list' ? itemsOf.get(last) : undefined
    const isDeeper = depth > 1
    if (
      last?.kind === 'list' &&
      items !== undefined &&
      (isDeeper || last.isOrdered === isOrdered)
    ) {
      const item = items.at(-1)
      if (isDeeper && item !== undefined) addItem(item, block, depth - 1, isOrdered)
      else items.push([block])
      return
    }
    const first: Block[] = []
    const begun: Block[][] = [first]
    const list: List = { kind: 'list', isOrdered, start: 1, items: begun, direction: undefined }
    itemsOf.set(list, begun)
    blocks.push(list)
    if (isDeeper) addItem(first, block, depth - 1, isOrdered)
    else first.push(block)
  }

  function endLine(): void {
    const { content, isSeen } = builder.take()
    const ended = line
    line = { kind: 'paragraph' }
    if (!isSeen) return
    if (name !== '' && ended.kind !== 'heading') {
      const text = { kind: 'text', text: name, marks: [] } as const
      root.push({ kind: 'heading', level: NAME_LEVEL, content: [text], direction: undefined })
    }
    name = ''
    const runs = { content, direction: directionOf(content) }
    const paragraph: Block = { kind: 'paragraph', ...runs }
    if (ended.kind === 'heading') place().push({ ...ended, ...runs })
    else if (ended.kind === 'item') addItem(place(), paragraph, ended.depth, ended.isOrdered)
    else place().push(paragraph)
  }

  function endTable(): void {
    for (const block of toTable(rows)) root.push(block)
    for (const block of since ?? []) root.push(block)
    rows = []
    since = undefined
  }

  function endRow(): void {
    endLine()
    if (row !== undefined) rows.push(row)
    row = undefined
  }

  function section(): void {
    endRow()
    endTable()
  }

  return {
    text: (text) => builder.text(text, [], href),
    line: endLine,
    section,
    row() {
      endRow()
      if (since !== undefined && since.length > 0) endTable()
      since = []
    },
    cell() {
      endLine()
      cells += 1
      if (cells > MOST_CELLS) throw tooMany(MOST_CELLS, 'cells')
      if (row === undefined) row = [since ?? []]
      else row.push([])
      since = []
    },
    openRow() {
      if (row === undefined) since ??= []
    },
    add: (block) => void place().push(block),
    heading(level) {
      line =
        level === undefined ? { kind: 'paragraph' } : { kind: 'heading', level: toLevel(level) }
    },
    item(depth, isOrdered) {
      line = { kind: 'item', depth: Math.min(depth, MOST_DEPTH), isOrdered }
    },
    link(to) {
      href = to === undefined ? undefined : safeLink(to)
    },
    name(text) {
      endLine()
      name = text
    },
    finish() {
      section()
      return root
    },
  }
}

const LEVELS = [1, 2, 3, 4, 5, 6] as const

function toLevel(level: number): Heading['level'] {
  return LEVELS.find((each) => each >= level) ?? 6
}

/** A table of rows, as wide as the widest that has something at its end; its first row says what is in the others. */
function toTable(given: readonly (readonly Block[][])[]): readonly Block[] {
  const rows = given.filter((row) => row.some((blocks) => blocks.length > 0))
  const width = rows.reduce(
    (most, row) => Math.max(most, row.findLastIndex((blocks) => blocks.length > 0) + 1),
    0,
  )
  if (rows.length * width > MOST_CELLS) throw tooMany(MOST_CELLS, 'cells')
  const [only] = rows
  if (rows.length <= 1 && width <= 1) return only?.flat() ?? []
  return [
    {
      kind: 'table',
      rows: rows.map((row, index) =>
        Array.from({ length: width }, (_, column) => toCell(row[column] ?? [], index === 0)),
      ),
      direction: undefined,
    },
  ]
}

function toCell(blocks: readonly Block[], isHeader: boolean): Cell {
  return { blocks, isHeader, columns: 1, rows: 1 }
}
