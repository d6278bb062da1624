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
  return markdown.render(text)
}
