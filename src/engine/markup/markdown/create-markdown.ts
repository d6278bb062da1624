import MarkdownIt, { type MarkdownIt as MarkdownParser } from 'markdown-it'
import footnotes from 'markdown-it-footnote'

/** Makes what reads Markdown: CommonMark with tables, strikethrough, footnotes (`[^1]`), addresses as links, and HTML. */
export function createMarkdown(): MarkdownParser {
  return new MarkdownIt({ html: true, linkify: true }).use(footnotes)
}
