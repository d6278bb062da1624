import type { Element } from '../element.ts'
import { makeElement } from '../slides/make-element.ts'
import { type RtfTables, writeRtfLetters, type RtfLetters } from './rtf-looks.ts'
import { newParagraph, type RtfParagraph, writeRtfParagraph } from './rtf-paragraphs.ts'
import { newRow, type RowLook, type RtfRow, writeRtfTable } from './rtf-rows.ts'

/** More rows than a table on the pages that are drawn has. */
const MOST_ROWS = 5000

/** The blocks of a story, such as the body or a header, as they come. */
export interface RtfFlow {
  paragraph: RtfParagraph
  row: RowLook
  readonly addRun: (run: Element) => void
  readonly endParagraph: (letters: RtfLetters) => void
  readonly endCell: (letters: RtfLetters) => void
  readonly endRow: () => void
  /** Ends what is open and takes all blocks. */
  readonly take: (letters: RtfLetters) => Element[]
  /** Puts a section behind the last paragraph. */
  readonly endSection: (section: Element, letters: RtfLetters) => void
  readonly isEmpty: () => boolean
}

/** Makes what blocks of a story are gathered in. */
export function createRtfFlow(tables: RtfTables): RtfFlow {
  let blocks: Element[] = []
  let runs: Element[] = []
  /** Blocks of the cell that is open, and cells of the row. */
  let inCell: Element[] = []
  let cells: Element[][] = []
  let rows: RtfRow[] = []

  function writeParagraph(letters: RtfLetters): Element {
    const mark = writeRtfLetters({ ...letters, hidden: false }, tables)
    const element = makeElement('p', {}, [writeRtfParagraph(flow.paragraph, tables, mark), ...runs])
    runs = []
    // A page break is told once.
    flow.paragraph.breaksBefore = false
    return element
  }

  function endTable(): void {
    if (rows.length > 0) blocks.push(writeRtfTable(rows, tables))
    rows = []
  }

  const flow: RtfFlow = {
    paragraph: newParagraph(),
    row: newRow(),
    addRun: (run) => void runs.push(run),
    endParagraph(letters) {
      const element = writeParagraph(letters)
      if (flow.paragraph.isInTable) inCell.push(element)
      else {
        endTable()
        blocks.push(element)
      }
    },
    endCell(letters) {
      inCell.push(writeParagraph(letters))
      cells.push(inCell)
      inCell = []
    },
    endRow() {
      if (cells.length > 0 && rows.length < MOST_ROWS) rows.push({ look: flow.row, cells })
      cells = []
      // Rows that say nothing of themselves are like the one before.
    },
    endSection(section, letters) {
      if (runs.length > 0 || blocks.length === 0) flow.endParagraph(letters)
      endTable()
      const last = blocks.at(-1)
      const properties = last?.children.find(({ name }) => name === 'pPr')
      if (last?.name === 'p' && properties !== undefined) {
        const others = last.children.filter((child) => child !== properties)
        const told = { ...properties, children: [...properties.children, section] }
        blocks[blocks.length - 1] = { ...last, children: [told, ...others] }
      } else blocks.push(makeElement('p', {}, [makeElement('pPr', {}, [section])]))
    },
    take(letters) {
      if (cells.length > 0 || inCell.length > 0) {
        if (inCell.length > 0) cells.push(inCell)
        inCell = []
        flow.endRow()
      }
      if (runs.length > 0) {
        flow.paragraph.isInTable = false
        flow.endParagraph(letters)
      }
      endTable()
      const taken = blocks
      blocks = []
      return taken
    },
    isEmpty: () =>
      blocks.length === 0 && runs.length === 0 && rows.length === 0 && cells.length === 0,
  }
  return flow
}
