import type { ChosenFont } from '../fonts/font-book.ts'
import type { Paragraph } from '../text-content.ts'
import type { FontChooser, Letter } from './choose-fonts.ts'
import { directionsOf } from './directions.ts'
import { type LetterLook, lookOf } from './letter-look.ts'
import { breaksBetween, hiddenWordStarts } from './line-breaks.ts'
import { scriptOf } from './scripts.ts'

/** A glyph, in points from the left end of its cluster and its baseline, upwards. */
export interface Glyph {
  readonly id: number
  readonly x: number
  readonly y: number
}

/** Letters that belong together since they are drawn together; the least that can be moved. */
export interface Cluster {
  readonly kind: 'letters' | 'blank' | 'tab' | 'line end'
  /** The letters themselves. */
  readonly text: string
  readonly look: LetterLook
  readonly font: ChosenFont
  readonly glyphs: readonly Glyph[]
  /** To the next cluster, in points; that of a tab follows from where it stands. */
  readonly width: number
  /** Odd when it runs from right to left. */
  readonly level: number
  readonly breaksAfter: boolean
}

/** Letters that are shaped together. */
interface Item {
  readonly letters: Letter[]
  readonly level: number
  readonly script: string | undefined
}

/**
 * Shapes the letters of a paragraph, in the order in which they are read.
 *
 * @throws {@link OperationError} text_font_missing; letters that no font has are told to `fonts`
 */
export function shapeParagraph(paragraph: Paragraph, fonts: FontChooser): readonly Cluster[] {
  const runs = paragraph.runs.map((run) => ({ ...run, text: run.text.replaceAll(/\r\n?/g, '\n') }))
  const text = runs.map((run) => run.text).join('')
  const levels = directionsOf({ ...paragraph, runs }, text)
  const words = hiddenWordStarts(text)
  const letters: Letter[] = []
  let start = 0
  for (const run of runs) {
    for (const letter of fonts.lettersOf(lookOf(run), start)) letters.push(letter)
    start += run.text.length
  }
  return itemsOf(letters, levels).flatMap((item) => shapeItem(item, { text, words }))
}

function itemsOf(letters: readonly Letter[], levels: Uint8Array): readonly Item[] {
  const items: Item[] = []
  let current: Item | undefined
  for (const letter of letters) {
    const level = levels[letter.start] ?? 0
    const script = scriptOf(letter.text)
    const first = current?.letters[0]
    const continues =
      first !== undefined &&
      first.look === letter.look &&
      first.font.face === letter.font.face &&
      current?.level === level &&
      (script === undefined || current.script === undefined || current.script === script) &&
      !isControl(letter.text) &&
      !isControl(first.text)
    if (continues && current) {
      current.letters.push(letter)
      current = { ...current, script: current.script ?? script }
      items.splice(-1, 1, current)
    } else {
      current = { letters: [letter], level, script }
      items.push(current)
    }
  }
  return items
}

function isControl(text: string): boolean {
  return text === '\n' || text === '\t'
}

interface ItemContext {
  readonly text: string
  /** Where words begin between which there are no blanks. */
  readonly words: ReadonlySet<number>
}

function shapeItem({ letters, level }: Item, context: ItemContext): readonly Cluster[] {
  const [first] = letters
  if (first === undefined) return []
  const { look, font } = first
  if (isControl(first.text)) {
    const kind = first.text === '\n' ? 'line end' : 'tab'
    const text = first.text
    return [{ kind, text, look, font, glyphs: [], width: 0, level, breaksAfter: kind === 'tab' }]
  }
  const { run, size } = look
  const { inset } = run
  if (inset) {
    const shown = { look, font, glyphs: [], level, kind: 'letters', breaksAfter: true } as const
    return letters.map(({ text }) => ({ ...shown, text, width: inset.width }))
  }
  const text = letters.map((letter) => letter.text).join('')
  const glyphs = font.face.shape(text, {
    rightToLeft: level % 2 === 1,
    kerning: run.kerning ?? true,
    ligatures: (run.spacing ?? 0) === 0,
  })
  const { unitsPerEm } = font.face
  const scale = { x: size.x / unitsPerEm, y: size.y / unitsPerEm }
  const starts = [...new Set(glyphs.map(({ cluster }) => cluster))].toSorted((a, b) => a - b)
  const byStart = Map.groupBy(glyphs, ({ cluster }) => cluster)
  return starts.map((from, index) => {
    const until = starts[index + 1] ?? text.length
    const own = text.slice(from, until)
    const after = first.start + until
    let x = 0
    const placed = (byStart.get(from) ?? []).map((glyph) => {
      const at = { id: glyph.id, x: (x + glyph.x) * scale.x, y: glyph.y * scale.y }
      x += glyph.advance
      return at
    })
    const next = String.fromCodePoint(context.text.codePointAt(after) ?? 0)
    return {
      kind: own === ' ' ? 'blank' : 'letters',
      text: own,
      look,
      font,
      glyphs: own === ' ' ? [] : placed,
      width: x * scale.x + (run.spacing ?? 0),
      level,
      breaksAfter: breaksBetween(own, next) || context.words.has(after),
    }
  })
}
