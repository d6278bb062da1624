import { splitFrontMatter } from '../markup/front-matter.ts'
import { createMarkdown } from '../markup/markdown/create-markdown.ts'
import { escapeText } from '../markup/write-html.ts'
import { decodeTextFile } from '../text/text-source.ts'
import { paper } from './paper.ts'

/** HTML in it is as good as Markdown: it is shown where it can open nothing. */
const markdown = createMarkdown()

/** The page that a text is, in Markdown or plain. */
export function textToHtml(path: string, kind: 'markdown' | 'text'): string {
  const text = decodeTextFile(path, 'plain')
  if (kind === 'text') return paper(`<pre>${escapeText(text)}</pre>`)
  const { about, body } = splitFrontMatter(text)
  return paper(markdown.render(body), { title: about.title })
}
