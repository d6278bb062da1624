import { lookOf } from '../../typesetting/shaping/letter-look.ts'
import type { Alignment, Paragraph, TextRun } from '../../typesetting/text-content.ts'
import { moved } from '../drawing/moved.ts'
import type { PageMark } from '../drawing/page.ts'
import type { PageFonts } from '../paragraphs/page-fonts.ts'
import { setParagraphs } from '../paragraphs/set-paragraphs.ts'
import type { CellFont } from './cell-look.ts'
import { lineInExcel, MOST_HEIGHT } from './measures.ts'
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
  /** From line to line of a font, in points. */
  readonly lineOf: (font: CellFont) => number
}

/** As many letters of a text are set that is one line, more than there are on a page. */
const LONGEST_LINE = 600

/** Letters are not narrower on the average, in parts of their size. */
const NARROWEST = 0.2

/** As many letters can be seen of a text. */
function mostLetters(size: number, { width, height = MOST_HEIGHT }: TextSetting): number {
  if (width === undefined) return LONGEST_LINE
  const lines = Math.ceil(height / size) + 1
  return Math.min(LONGEST_TEXT, lines * Math.ceil(width / (size * NARROWEST) + 1))
}

/** As many letters a cell has at the most. */
const LONGEST_TEXT = 32_767

/**
 * Makes what sets texts of cells in fonts that there are.
 *
 * @param lineOf - from line to line, by how high letters are from the highest to the lowest; as in Excel unless told
 */
export function createCellTexts(fonts: PageFonts, lineOf = lineInExcel): CellTexts {
  /** How high letters are, from the highest to the lowest. */
  function lettersOf(run: TextRun): number {
    const { face } = fonts.fontOf(lookOf({ ...run, position: 'baseline' }))
    return (face.ascent + face.descent) * run.size
  }

  return {
    lineOf: (font) => lineOf(lettersOf(toRun('', font, 1))),
    set(runs, font, setting = {}) {
      const { width, align = 'left', zoom = 1 } = setting
      let left = mostLetters(font.size, setting)
      const kept = (runs.length > 0 ? runs : [{ text: '' }]).map((run) => {
        const text = run.text.slice(0, left)
        left -= text.length
        return toRun(text, { ...font, ...run.font }, zoom)
      })
      const letters = kept.reduce((most, run) => Math.max(most, lettersOf(run)), 0)
      const points = lineOf(letters)
      const paragraph: Paragraph = { align, runs: kept, lines: { by: 'exactly', points } }
      const { height, widest, lines } = setParagraphs([paragraph], { width, fonts })
      // What is between lines is above the letters of a line; half of it belongs below them.
      const up = (letters - points) / 2
      return {
        width: widest,
        height,
        lines: lines.map(({ top, marks }) => ({ top, marks: [moved(marks, 0, up)] })),
      }
    },
  }
}

function toRun(text: string, font: CellFont, zoom: number): TextRun {
  const { family, size, ...look } = font
  return { ...look, text, font: family, size: size * zoom }
}
