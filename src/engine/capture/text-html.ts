import MarkdownIt from 'markdown-it'
import { splitFrontMatter } from '../markup/front-matter.ts'
import { escapeText } from '../markup/write-html.ts'
import { decodeTextFile } from '../text/text-source.ts'
import { paper } from './paper.ts'

/** HTML in it is as good as Markdown: it is shown where it can open nothing. */
const markdown = new MarkdownIt({ html: true, linkify: true })

/** The page that a text is, in Markdown or plain. */
export function textToHtml(path: string, kind: 'markdown' | 'text'): string {
  const text = decodeTextFile(path, 'plain')
  if (kind === 'text') return paper(`<pre>${escapeText(text)}</pre>`)
  const { about, body } = splitFrontMatter(text)
  return paper(markdown.render(body), { title: about.title })
}
