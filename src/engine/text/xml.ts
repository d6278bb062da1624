import { parseMarkup, readAttribute } from '../../packages/markup.ts'
import type { Flow } from './flow.ts'

/**
 * Writes the text of an XML document whose vocabulary nobody knows. Elements are on lines of their own unless there is
 * text beside them, which makes them words of a sentence.
 */
export async function readXml(chunks: AsyncIterable<string>, flow: Flow): Promise<void> {
  /** Whether each of the open elements has text of its own. */
  const mixed: boolean[] = []
  let breaks = false

  await parseMarkup(
    chunks,
    {
      open() {
        if (mixed.at(-1) === false) flow.line()
        breaks = false
        mixed.push(false)
      },
      close() {
        mixed.pop()
        if (breaks) flow.line()
        breaks = mixed.at(-1) === false
      },
      text(text) {
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
