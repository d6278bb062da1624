import { parse } from 'yaml'
import { isRecord } from '../../base/json.ts'
import { cleanText } from './line-builder.ts'
import type { About } from './rich-text.ts'

/** What is known about a text, before it (as Jekyll, Pandoc and others have it). */
const FRONT_MATTER = /^---[ \t]*\r?\n([^]{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/

/** What a text in Markdown says about itself in YAML before it, and the text without that. */
export function splitFrontMatter(source: string): { readonly about: About; readonly body: string } {
  const [front = '', yaml] = FRONT_MATTER.exec(source) ?? []
  const about = yaml === undefined ? undefined : readAbout(yaml)
  return about === undefined
    ? { about: {}, body: source }
    : { about, body: source.slice(front.length) }
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
