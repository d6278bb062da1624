import { parseMarkup, readAttribute } from '../../packages/markup.ts'
import type { Flow } from './flow.ts'

/** The root of a workbook in one file of XML, as Excel 2003 and many exports write it. */
const WORKBOOK = 'Workbook'

/**
 * Writes the text of an XML document whose vocabulary nobody knows. Elements are on lines of their own unless there is
 * text beside them, which makes them words of a sentence. Of a workbook there are its cells alone.
 */
export async function readXml(chunks: AsyncIterable<string>, flow: Flow): Promise<void> {
  /** Whether each of the open elements has text of its own. */
  const mixed: boolean[] = []
  let breaks = false
  let cells: Cells | undefined

  await parseMarkup(
    chunks,
    {
      open(name) {
        if (mixed.length === 0 && name === WORKBOOK) cells = createCells(flow)
        if (cells !== undefined) return cells.open(name)
        if (mixed.at(-1) === false) flow.line()
        breaks = false
        mixed.push(false)
      },
      close(name) {
        if (cells !== undefined) return cells.close(name)
        mixed.pop()
        if (breaks) flow.line()
        breaks = mixed.at(-1) === false
      },
      text(text) {
        if (cells !== undefined) return cells.text(text)
        if (text.trim() !== '') {
          breaks = false
          mixed[mixed.length - 1] = true
        }
        flow.words(text)
      },
    },
    { language: 'XML' },
  )
}

/** Writes the cells of a workbook: rows on lines of their own, sheets behind blank lines. */
interface Cells {
  open(name: string): void
  close(name: string): void
  text(text: string): void
}

function createCells(flow: Flow): Cells {
  let data = 0
  return {
    open(name) {
      if (name === 'Worksheet') flow.section()
      if (name === 'Row') flow.row()
      if (name === 'Cell') flow.cell()
      if (name === 'Data') data += 1
    },
    close(name) {
      if (name === 'Data') data -= 1
      if (name === 'Row') flow.row()
    },
    text(text) {
      if (data > 0) flow.text(text.replaceAll(/\s*\n\s*/g, ' '))
    },
  }
}

const SVG_TEXTS: ReadonlySet<string> = new Set([
  'text',
  'title',
  'desc',
  'flowRoot',
  'foreignObject',
])

/** Writes the text that a drawing shows, and its title and description. */
export async function readSvgText(chunks: AsyncIterable<string>, flow: Flow): Promise<void> {
  let depth = 0
  await parseMarkup(
    chunks,
    {
      open(name, attributes) {
        if (SVG_TEXTS.has(name)) depth += 1
        // Lines of a text are parts of it that begin at another height.
        const moves = ['y', 'dy'].some((each) => readAttribute(attributes, each) !== undefined)
        if (SVG_TEXTS.has(name) || moves) flow.line()
      },
      close(name) {
        if (!SVG_TEXTS.has(name)) return
        depth -= 1
        flow.line()
      },
      text(text) {
        if (depth > 0) flow.words(text)
      },
    },
    { language: 'XML', skip: new Set(['style', 'script', 'metadata']) },
  )
}
