import MarkdownIt from 'markdown-it'
import { slugOf } from '../../../base/slug.ts'
import type { Doc } from './docs.ts'

/** What a link to another document, or to a part of it, is like. */
const DOC_LINK = /^(?:\.\/)?([\w-]+)\.md(#.*)?$/

/** What a link within a document, or out of here, is like; all others are to files that are not to be had here. */
const USUAL_LINK = /^(?:#|https?:)/

/**
 * A document as HTML. HTML in it is text, and links to files that are not to be had here are none.
 *
 * @param names - those of all documents
 */
export function writeDoc({ text }: Doc, names: readonly string[]): string {
  const markdown = new MarkdownIt({ html: false })
  const { rules } = markdown.renderer
  rules['heading_open'] = (tokens, at, options, _env, renderer) => {
    tokens[at]?.attrSet('id', slugOf(tokens[at + 1]?.content.replaceAll('`', '') ?? ''))
    return renderer.renderToken(tokens, at, options)
  }
  rules['link_open'] = (tokens, at, options, _env, renderer) => {
    const token = tokens[at]
    const href = String(token?.attrGet('href') ?? '')
    const [, name = '', part = ''] = DOC_LINK.exec(href) ?? []
    if (names.includes(name)) token?.attrSet('href', `${name}${part}`)
    else if (!USUAL_LINK.test(href)) token?.attrs?.splice(0)
    return renderer.renderToken(tokens, at, options)
  }
  // What may be wider than the page is scrolled with the keyboard as well.
  for (const name of ['fence', 'code_block']) {
    rules[name] = (tokens, at) => {
      const code = markdown.utils.escapeHtml(tokens[at]?.content ?? '')
      return `<pre tabindex="0"><code>${code}</code></pre>\n`
    }
  }
  rules['table_open'] = () => '<table tabindex="0">\n'
  // A heading of nothing is none.
  rules['th_open'] = (tokens, at) => (tokens[at + 1]?.content === '' ? '<td>' : '<th>')
  rules['th_close'] = (tokens, at) => (tokens[at - 1]?.content === '' ? '</td>' : '</th>')
  return markdown.render(text)
}
