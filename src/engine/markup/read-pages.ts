import { directionOf } from './direction.ts'
import type { Block, Inline, RichText } from './rich-text.ts'

/** How long a line is that ends where the margin is, as a share of the longest of its page. */
const REACHES_MARGIN = 0.7

/** Fewer letters are no line of a paragraph, however short the others are. */
const SHORTEST_LINE = 30

/**
 * Reads the text of pages that a PDF has, of which nothing tells what is a heading or a table: paragraphs, each of the lines that reach
 * the margin and the one that follows them.
 *
 * @param text - the lines of pages, with a blank line between two pages
 */
export function readPages(text: string): RichText {
  const blocks = text.split('\n\n').flatMap((page) => {
    const lines = page.split('\n').filter((line) => line.trim() !== '')
    const longest = lines.reduce((most, line) => Math.max(most, line.length), 0)
    const margin = Math.max(longest * REACHES_MARGIN, SHORTEST_LINE)
    const paragraphs: string[][] = []
    let goesOn = false
    for (const line of lines) {
      if (goesOn) paragraphs.at(-1)?.push(line)
      else paragraphs.push([line])
      goesOn = line.length >= margin
    }
    return paragraphs.map(toParagraph)
  })
  return { direction: undefined, blocks }
}

function toParagraph(lines: readonly string[]): Block {
  const text = lines.join(' ').replace(/\s+/g, ' ').trim()
  const content: Inline[] = [{ kind: 'text', text, marks: [] }]
  return { kind: 'paragraph', content, direction: directionOf(content) }
}
