import { directionOf } from './direction.ts'
import { cleanText } from './line-builder.ts'
import type { Block, Inline, RichText } from './rich-text.ts'

/** Reads a text of which nothing means anything: paragraphs with blank lines between them, and lines within them. */
export function readPlainText(text: string): RichText {
  const paragraphs = cleanText(text).split(/(?:\r\n?|\n)(?:[ \t]*(?:\r\n?|\n))+/)
  return {
    direction: undefined,
    blocks: paragraphs.flatMap((paragraph): Block[] => {
      const lines = paragraph
        .split(/\r\n?|\n/)
        .map((line) => line.replaceAll('\t', ' ').trimEnd())
        .filter((line) => line !== '')
      const content = lines.flatMap((line, index): Inline[] => [
        ...(index === 0 ? [] : ([{ kind: 'break' }] as const)),
        { kind: 'text', text: line, marks: [] },
      ])
      if (content.length === 0) return []
      return [{ kind: 'paragraph', content, direction: directionOf(content) }]
    }),
  }
}
