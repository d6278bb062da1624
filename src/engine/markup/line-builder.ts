import type { Inline, Mark, Picture } from './rich-text.ts'

/** Characters that neither XML nor a text has. */
// oxlint-disable-next-line no-control-regex -- it is these characters that are left out
const CONTROLS = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]/g
const WHITE_SPACE = /[ \t\r\n]+/g

/** A text without what XML must not have. */
export function cleanText(text: string): string {
  return text.replace(CONTROLS, '').toWellFormed()
}

/** Collects the line of a heading or a paragraph, with white space as browsers show it. */
export interface LineBuilder {
  text(text: string, marks: readonly Mark[], link: string | undefined): void
  add(inline: Picture | Extract<Inline, { kind: 'break' | 'anchor' }>): void
  /** Whether there is anything to be seen in it. */
  isBegun(): boolean
  /** What there is, and begins anew. Without anything to be seen there are the places alone that links lead to. */
  take(): { readonly content: readonly Inline[]; readonly isSeen: boolean }
}

/** See {@link LineBuilder}. */
export function createLineBuilder(): LineBuilder {
  let content: Inline[] = []
  let isSeen = false
  /** At the start of a line, and behind a space, another is not shown. */
  let afterSpace = true

  return {
    text(text, marks, link) {
      let shown = cleanText(text).replace(WHITE_SPACE, ' ')
      if (afterSpace && shown.startsWith(' ')) shown = shown.slice(1)
      if (shown === '') return
      if (shown !== ' ') isSeen = true
      afterSpace = shown.endsWith(' ')
      const last = content.at(-1)
      if (last?.kind === 'text' && last.marks === marks && last.link === link) {
        content[content.length - 1] = { ...last, text: last.text + shown }
      } else {
        content.push({ kind: 'text', text: shown, marks, link })
      }
    },
    add(inline) {
      if (inline.kind === 'picture') isSeen = true
      if (inline.kind !== 'anchor') afterSpace = inline.kind === 'break'
      content.push(inline)
    },
    isBegun: () => isSeen,
    take() {
      const taken = { content: trimEnd(content), isSeen }
      content = []
      isSeen = false
      afterSpace = true
      return taken
    },
  }
}

/** A line without the breaks and spaces that it ends with. */
function trimEnd(content: Inline[]): Inline[] {
  for (let last = content.at(-1); last !== undefined; last = content.at(-1)) {
    if (last.kind !== 'break' && last.kind !== 'text') break
    const text = last.kind === 'text' ? last.text.trimEnd() : ''
    content.pop()
    if (last.kind === 'break' || text === '') continue
    content.push({ ...last, text })
    break
  }
  return content
}
