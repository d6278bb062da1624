import MarkdownIt from 'markdown-it'
import { parse } from 'yaml'
import { isRecord } from '../../base/json.ts'
import { cleanText } from './line-builder.ts'
import { readHtml } from './read-html.ts'
import type { About, RichText } from './rich-text.ts'

/** What is known about a text, before it (as Jekyll, Pandoc and others have it). */
const FRONT_MATTER = /^---[ \t]*\r?\n([^]{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/

/** HTML in Markdown is Markdown; what is left out of pages is left out of it as well. */
const MARKDOWN = new MarkdownIt({ html: true, linkify: true })
// A picture that is within the text is fine, which the library does not know of all.
MARKDOWN.validateLink = () => true

/** Reads a text in Markdown (CommonMark with tables and strikethrough). */
export async function readMarkdown(source: string): Promise<RichText> {
  const [front = '', yaml] = FRONT_MATTER.exec(source) ?? []
  const about = yaml === undefined ? undefined : readAbout(yaml)
  const body = about === undefined ? source : source.slice(front.length)
  const read = await readHtml([MARKDOWN.render(body)], { language: 'HTML' })
  return { ...read, ...about }
}

/** @returns undefined for what is no YAML that tells names of things, and so a part of the text */
function readAbout(yaml: string): About | undefined {
  let told: unknown
  try {
    told = parse(yaml, { maxAliasCount: 10 })
  } catch {
    return undefined
  }
  if (!isRecord(told)) return undefined
  const { title, author, lang, language } = told
  return { title: toText(title), author: toText(author), language: toText(lang ?? language) }
}

function toText(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.flatMap((each) => toText(each) ?? []).join(', ')
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  return cleanText(String(value)).replace(/\s+/g, ' ').trim() || undefined
}
