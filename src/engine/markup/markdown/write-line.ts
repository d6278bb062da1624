import type { Inline, Mark } from '../rich-text.ts'
import { escapeText } from '../write-html.ts'
import { destination, escapeMarkdown, inlineCode } from './escape.ts'

/** What is around letters with a mark, the outermost first; HTML where Markdown has nothing. */
const MARKS: readonly (readonly [Mark, string, string])[] = [
  ['mark', '<mark>', '</mark>'],
  ['underline', '<u>', '</u>'],
  ['sub', '<sub>', '</sub>'],
  ['sup', '<sup>', '</sup>'],
  ['strike', '~~', '~~'],
  ['strong', '**', '**'],
  ['em', '*', '*'],
]

/** Where links of a text lead to in it. */
export interface Places {
  /** What headings are called by those that show Markdown, by the places that are theirs. */
  readonly headings: ReadonlyMap<string, string>
  /** All that some link leads to. */
  readonly linked: ReadonlySet<string>
}

/** How a line is written. */
export interface LineWriting {
  /** What a line ends with within a paragraph. */
  readonly lineBreak: string
  readonly places: Places
}

/** Something that is opened and closed again within a line. */
interface Around {
  readonly start: string
  readonly end: string
}

/** A line of Markdown. */
export function writeLine(content: readonly Inline[], writing: LineWriting): string {
  let written = ''
  let isLineStart = true
  let open: readonly Around[] = []

  function turnTo(wanted: readonly Around[]): void {
    const differs = wanted.findIndex(({ start, end }, index) => {
      const other = open[index]
      return start !== other?.start || end !== other.end
    })
    const common = differs === -1 ? Math.min(wanted.length, open.length) : differs
    written += open
      .slice(common)
      .toReversed()
      .map(({ end }) => end)
      .join('')
    written += wanted
      .slice(common)
      .map(({ start }) => start)
      .join('')
    open = wanted
  }

  for (const each of outsideOfMarks(content)) {
    if (each.kind === 'anchor') {
      const { headings, linked } = writing.places
      if (!linked.has(each.id) || headings.has(each.id)) continue
      turnTo([])
      written += `<a id="${escapeText(each.id)}"></a>`
    } else if (each.kind === 'break') {
      turnTo([])
      written += writing.lineBreak
      isLineStart = true
    } else {
      turnTo(aroundOf(each, writing.places))
      written += each.kind === 'text' ? writeText(each, isLineStart) : writePicture(each)
      isLineStart = false
    }
  }
  turnTo([])
  return written
}

/**
 * White space at the edges of letters with a mark is outside of it, since Markdown would not see the mark; between two that have the same
 * mark it is within.
 */
function outsideOfMarks(content: readonly Inline[]): Inline[] {
  const parted = content.flatMap((each): Inline[] => {
    if (each.kind !== 'text' || each.marks.length === 0) return [each]
    const [, before = '', inner = '', after = ''] = /^(\s*)([^]*?)(\s*)$/.exec(each.text) ?? []
    return [before, inner, after].filter((text) => text !== '').map((text) => ({ ...each, text }))
  })
  return parted.map((each, index): Inline => {
    if (each.kind !== 'text' || each.text.trim() !== '') return each
    const [one, other] = [parted[index - 1], parted[index + 1]].map((beside) =>
      beside?.kind === 'text' ? beside.marks : [],
    )
    return { ...each, marks: one?.filter((mark) => mark !== 'code' && other?.includes(mark)) ?? [] }
  })
}

function aroundOf(each: Extract<Inline, { kind: 'text' | 'picture' }>, places: Places): Around[] {
  const { link } = each
  const href =
    link?.startsWith('#') === true
      ? `#${places.headings.get(link.slice(1)) ?? link.slice(1)}`
      : link
  const linked = href === undefined ? [] : [{ start: '[', end: `](${destination(href)})` }]
  const marks = each.kind === 'text' ? each.marks : []
  const around = MARKS.filter(([mark]) => marks.includes(mark))
  return [...linked, ...around.map(([, start, end]) => ({ start, end }))]
}

function writeText(
  { text, marks }: Extract<Inline, { kind: 'text' }>,
  isLineStart: boolean,
): string {
  return marks.includes('code') ? inlineCode(text) : escapeMarkdown(text, isLineStart)
}

function writePicture({ src, alt }: Extract<Inline, { kind: 'picture' }>): string {
  return `![${escapeMarkdown(alt.replace(/\s+/g, ' '), false)}](${destination(src)})`
}
