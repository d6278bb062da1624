import MarkdownIt from 'markdown-it'
import { escapeText } from '../markup/write-html.ts'
import { decodeTextFile } from '../text/text-source.ts'
import { paper } from './paper.ts'

/** HTML in it is as good as Markdown: it is shown where it can open nothing. */
const markdown = new MarkdownIt({ html: true, linkify: true })

/** The page that a text is, in Markdown or plain. */
export function textToHtml(path: string, kind: 'markdown' | 'text'): string {
  const text = decodeTextFile(path, 'plain')
  return paper(kind === 'markdown' ? markdown.render(text) : `<pre>${escapeText(text)}</pre>`)
}
