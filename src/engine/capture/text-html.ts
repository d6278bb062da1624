import { readFileSync } from 'node:fs'
import MarkdownIt from 'markdown-it'
import { findEncoding } from '../text/encoding.ts'
import { escapeHtml, paper } from './paper.ts'

/** HTML in it is as good as Markdown: it is shown where it can open nothing. */
const markdown = new MarkdownIt({ html: true, linkify: true })

/** The page that a text is, in Markdown or plain. */
export function textToHtml(path: string, kind: 'markdown' | 'text'): string {
  const text = new TextDecoder(findEncoding(path, [])).decode(readFileSync(path))
  return paper(kind === 'markdown' ? markdown.render(text) : `<pre>${escapeHtml(text)}</pre>`)
}
