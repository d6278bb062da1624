import type { Alignment, Paragraph, TextRun } from '../../typesetting/text-content.ts'
import { moved } from '../drawing/moved.ts'
import type { PageMark } from '../drawing/page.ts'
import type { PageFonts } from '../paragraphs/page-fonts.ts'
import { setParagraphs } from '../paragraphs/set-paragraphs.ts'
import type { CellFont } from './cell-look.ts'
import { digitOf, lineOf, MOST_HEIGHT } from './measures.ts'
import type { RichRun } from './sheet-contents.ts'

/** A text of a cell whose lines have their places, in points from its upper left. */
export interface SetText {
  readonly width: number
  readonly height: number
  readonly lines: readonly { readonly top: number; readonly marks: readonly PageMark[] }[]
}

/** How a text of a cell is set. */
export interface TextSetting {
  /** What its lines have; undefined for one that is broken nowhere. */
  readonly width?: number | undefined
  /** What all of its lines have that are seen; as much as a row can have unless told. */
  readonly height?: number | undefined
  readonly align?: Alignment
  /** By how much its letters are larger. */
  readonly zoom?: number
}

/** Sets the texts of cells. */
export interface CellTexts {
  readonly set: (runs: readonly RichRun[], font: CellFont, setting?: TextSetting) => SetText
}

/** Letters differ less between fonts than digits do. */
const [LEAST_STRETCHED, MOST_STRETCHED] = [0.88, 1.1]

/** How high lines are without what is between them, in parts of the size. */
const LETTERS = 1.15

/** As many letters of a text are set that is one line, more than there are on a page. */
const LONGEST_LINE = 600

/** Letters are not narrower on the average, in parts of their size. */
const NARROWEST = 0.2

/** As many letters can be seen of a text. */
function mostLetters(size: number, { width, height = MOST_HEIGHT }: TextSetting): number {
  if (width === undefined) return LONGEST_LINE
  const lines = Math.ceil(height / lineOf(size)) + 1
  return Math.min(LONGEST_TEXT, lines * Math.ceil(width / (size * NARROWEST) + 1))
}

/** As many letters a cell has at the most. */
const LONGEST_TEXT = 32_767

const DIGIT = '0'

/** Makes what sets texts of cells in fonts that there are. */
export function createCellTexts(fonts: PageFonts): CellTexts {
  const stretches = new Map<string, number>()

  /** By how much letters are wider than those of the font that stands in for theirs. */
  function stretchOf(font: TextRun): number {
    const key = `${font.font ?? ''}/${font.bold}`
    const known = stretches.get(key)
    if (known !== undefined) return known
    const { face } = fonts.fontOf({ run: font, size: { x: 1, y: 1 }, rise: 0 })
    const [digit] = face.shape(DIGIT, { rightToLeft: false, kerning: false, ligatures: false })
    const actual = (digit?.advance ?? 0) / face.unitsPerEm
    const wanted = actual > 0 ? digitOf(font.font ?? '') / actual : 1
    const stretch = Math.min(MOST_STRETCHED, Math.max(LEAST_STRETCHED, wanted))
    stretches.set(key, stretch)
    return stretch
  }

  function toRun(text: string, font: CellFont, zoom: number): TextRun {
    const { family, size, colour, bold, italic, underline, strike, position } = font
    const run: TextRun = {
      text,
      font: family,
      size: size * zoom,
      colour,
      bold,
      italic,
      underline,
      strike,
      position,
    }
    return { ...run, stretch: { x: stretchOf(run), y: 1 } }
  }

  return {
    set(runs, font, setting = {}) {
      const { width, align = 'left', zoom = 1 } = setting
      const whole = runs.length === 0 ? [{ text: '' }] : runs
      let left = mostLetters(font.size, setting)
      const kept = whole.map((run) => {
        const text = run.text.slice(0, left)
        left -= text.length
        return toRun(text, { ...font, ...run.font }, zoom)
      })
      const largest = kept.reduce((most, { size }) => Math.max(most, size), 0)
      const paragraph: Paragraph = {
        align,
        runs: kept,
        lines: { by: 'exactly', points: lineOf(largest) },
      }
      const { height, widest, lines } = setParagraphs([paragraph], { width, fonts })
      // What is between lines is above the letters of a line; half of it belongs below them.
      const up = -(lineOf(largest) - largest * LETTERS) / 2
      return {
        width: widest,
        height,
        lines: lines.map(({ top, marks }) => ({ top, marks: [moved(marks, 0, up)] })),
      }
    },
  }
}
