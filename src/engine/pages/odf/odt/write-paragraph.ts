import { attributeOf, type Element } from '../../element.ts'
import { makeElement } from '../../slides/make-element.ts'
import { toNumber } from '../measures.ts'
import { TEXT, textOf } from '../read-tree.ts'
import { joinLooks, type Look, type OdfStyles, readLook, valueOf } from '../styles.ts'
import { writeLetters } from './letters.ts'
import type { OdtContext, WriteBlocks } from './odt-context.ts'
import { type ParagraphPlace, writeParagraphProperties } from './paragraph-properties.ts'
import { isDrawn, writeDrawings } from './write-frame.ts'

/** Spaces in a row; those that are written out are one. */
const MOST_SPACES = 256

/** Elements of a paragraph within each other. */
const MOST_SPANS = 60

/** What is not text that stands there. */
const SKIPPED: ReadonlySet<string> = new Set(
  'annotation note-citation ruby-text bookmark bookmark-start bookmark-end reference-mark-start reference-mark-end soft-page-break title desc'.split(
    ' ',
  ),
)

/** The look of what is in a style of letters, over that of what it is in. */
function lookOver(under: Look, style: string | undefined, styles: OdfStyles): Look {
  if (style === undefined) return under
  // What a family says by default is below all paragraphs already.
  return styles
    .chain('text', style)
    .toReversed()
    .reduce((sum, each) => joinLooks(sum, readLook(each)), under)
}

/** Writes a paragraph as Word has it. What is anchored to the page before it goes with it. */
export function writeParagraph(
  paragraph: Element,
  {
    look: whole,
    place,
    before,
  }: { readonly look: Look; readonly place: ParagraphPlace; readonly before: readonly Element[] },
  context: OdtContext,
  writeBlocks: WriteBlocks,
): Element {
  const { styles } = context
  const runs: Element[] = []
  /** Whether a space here would follow another one, or begin the paragraph. */
  let isSpaced = true

  function addRun(look: Look, content: readonly Element[]): void {
    runs.push(makeElement('r', {}, [writeLetters(look, styles), ...content]))
  }

  function addText(text: string, look: Look): void {
    const single = text.replaceAll(/[ \t\r\n]+/g, ' ')
    const shown = isSpaced && single.startsWith(' ') ? single.slice(1) : single
    if (shown === '') return
    isSpaced = shown.endsWith(' ')
    addRun(look, [makeElement('t', {}, [], shown)])
  }

  function addSpaces(element: Element, look: Look): void {
    const count = toNumber(attributeOf(element, 'c')) ?? 1
    const spaces = ' '.repeat(Math.min(MOST_SPACES, Math.max(1, Math.trunc(count))))
    addRun(look, [makeElement('t', {}, [], spaces)])
    isSpaced = false
  }

  function addNote(note: Element, look: Look): void {
    const kind = attributeOf(note, 'note-class') === 'endnote' ? 'endnote' : 'footnote'
    const id = context.addNote(kind, note)
    if (id === undefined) return
    const letters = writeLetters(look, styles)
    const raised = makeElement('vertAlign', { val: 'superscript' })
    const properties = makeElement('rPr', {}, [...letters.children, raised])
    runs.push(makeElement('r', {}, [properties, makeElement(`${kind}Reference`, { id })]))
    isSpaced = false
  }

  function read(element: Element, look: Look, level: number): void {
    if (level > MOST_SPANS || SKIPPED.has(element.name)) return
    if (isDrawn(element)) {
      for (const drawing of writeDrawings(element, context, writeBlocks)) addRun(look, [drawing])
      if (attributeOf(element, 'anchor-type') === 'as-char') isSpaced = false
      return
    }
    switch (element.name) {
      case TEXT:
        return addText(element.text, look)
      case 's':
        return addSpaces(element, look)
      case 'tab':
        isSpaced = true
        return addRun(look, [makeElement('tab')])
      case 'line-break':
        isSpaced = true
        return addRun(look, [makeElement('br')])
      case 'note':
        return addNote(element, look)
      case 'page-number': {
        isSpaced = false
        const shown = makeElement('t', {}, [], textOf(element) || '1')
        const run = makeElement('r', {}, [writeLetters(look, styles), shown])
        runs.push(makeElement('fldSimple', { instr: 'PAGE' }, [run]))
        return
      }
      default: {
        const within = lookOver(look, attributeOf(element, 'style-name'), styles)
        for (const child of element.children) read(child, within, level + 1)
      }
    }
  }

  if (valueOf(whole, 'paragraph', 'break-before') === 'column') {
    runs.push(makeElement('r', {}, [makeElement('br', { type: 'column' })]))
  }
  for (const drawing of before) runs.push(makeElement('r', {}, [drawing]))
  for (const child of paragraph.children) read(child, whole, 0)
  return makeElement('p', {}, [
    makeElement('pPr', {}, [
      ...writeParagraphProperties(whole, place),
      writeLetters(whole, styles),
    ]),
    ...runs,
  ])
}
