import { splitFrontMatter } from './front-matter.ts'
import { createMarkdown } from './markdown/create-markdown.ts'
import { readHtml } from './read-html.ts'
import type { RichText } from './rich-text.ts'

/** HTML in Markdown is Markdown; what is left out of pages is left out of it as well. */
const MARKDOWN = createMarkdown()
// A picture that is within the text is fine, which the library does not know of all.
MARKDOWN.validateLink = () => true

/** Reads a text in Markdown (CommonMark with tables, strikethrough and footnotes). */
export async function readMarkdown(source: string): Promise<RichText> {
  const { about, body } = splitFrontMatter(source)
  const read = await readHtml([MARKDOWN.render(body)], { language: 'HTML' })
  return { ...read, ...about }
}
