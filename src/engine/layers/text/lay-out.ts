import type { Extent, Paragraph, TextContent } from '../composition.ts'
import { type BrokenLine, breakLines } from './break-lines.ts'
import { BLANK, type Letter, type LetterStyle, spellOut, styleOf } from './text-letters.ts'

/** How far a font reaches above its baseline and below it, in parts of its size; both are the distance of lines. */
const ASCENT = 0.905
const DESCENT = 0.245

/** Letters that look alike and stand in a line, with their place in points from the upper left corner of the text. */
export interface PlacedLetters {
  readonly codes: readonly number[]
  readonly style: LetterStyle
  readonly x: number
  /** Of the baseline that they stand on, raised or not. */
  readonly baseline: number
  readonly width: number
  /** What a justified line adds to each blank. */
  readonly stretch: number
}

/** Where the letters of a text are, in a box in points. */
export interface TextPlaces extends Extent {
  readonly placed: readonly PlacedLetters[]
}

/** A paragraph whose letters and fonts are known. */
export interface SpelledParagraph {
  readonly align: Paragraph['align']
  readonly letters: readonly Letter[]
  /** That of an empty line. */
  readonly style: LetterStyle | undefined
}

/** Makes letters of paragraphs, once for however many widths they are laid out in. */
export function spellParagraphs(paragraphs: readonly Paragraph[]): readonly SpelledParagraph[] {
  return paragraphs.map((paragraph) => {
    const [first] = paragraph.runs
    return {
      align: paragraph.align,
      letters: spellOut(paragraph),
      style: first && styleOf(first),
    }
  })
}

/**
 * Lays out a text from its top.
 *
 * @param width - of the box, in points; undefined where the longest line says how wide it is
 */
export function layOut(
  paragraphs: readonly SpelledParagraph[],
  width: number | undefined,
  breaks: TextContent['breaks'] = 'anywhere',
): TextPlaces {
  const room = breaks === 'never' ? Infinity : (width ?? Infinity)
  const broken = paragraphs.map(({ letters }) => breakLines(letters, room, breaks === 'anywhere'))
  const box = width ?? widest(broken.flat())
  const placed: PlacedLetters[] = []
  let top = 0
  let size = 12
  for (const [index, { align, style }] of paragraphs.entries()) {
    for (const line of broken[index] ?? []) {
      const heights = (line.letters.length > 0 ? stylesOf(line) : [style]).map((each) =>
        each ? reachOf(each) : { up: ASCENT * size, down: DESCENT * size },
      )
      const up = heights.reduce((most, each) => Math.max(most, each.up), 0)
      const down = heights.reduce((most, each) => Math.max(most, each.down), 0)
      for (const each of placeLine(line, { align, box, baseline: top + up })) placed.push(each)
      top += up + down
      size = line.letters.at(-1)?.style.size ?? size
    }
  }
  return { width: box, height: top, placed }
}

function widest(lines: readonly BrokenLine[]): number {
  return lines.reduce((most, { width }) => Math.max(most, width), 0)
}

function stylesOf({ letters }: BrokenLine): readonly LetterStyle[] {
  return [...new Set(letters.map(({ style }) => style))]
}

function reachOf({ size, rise }: LetterStyle): { readonly up: number; readonly down: number } {
  return { up: ASCENT * size + rise, down: DESCENT * size - rise }
}

const SLACK = { left: 0, justify: 0, centre: 0.5, right: 1 }

function placeLine(
  { letters, width, ended }: BrokenLine,
  {
    align,
    box,
    baseline,
  }: { readonly align: Paragraph['align']; readonly box: number; readonly baseline: number },
): readonly PlacedLetters[] {
  const blanks = letters.filter(({ code }) => code === BLANK).length
  const stretched = align === 'justify' && !ended && blanks > 0
  const stretch = stretched ? Math.max(0, box - width) / blanks : 0
  const placed: PlacedLetters[] = []
  let x = SLACK[align] * (box - width)
  let start = 0
  while (start < letters.length) {
    const { style } = letters[start] ?? {}
    if (!style) break
    let end = start + 1
    while (letters[end]?.style === style) end += 1
    const codes = letters.slice(start, end).map(({ code }) => code)
    const natural = letters.slice(start, end).reduce((sum, letter) => sum + letter.width, 0)
    const wide = natural + stretch * codes.filter((code) => code === BLANK).length
    placed.push({ codes, style, x, baseline: baseline - style.rise, width: wide, stretch })
    x += wide
    start = end
  }
  return placed
}
