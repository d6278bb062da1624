import { OperationError } from '../../../base/operation-error.ts'
import { encodeWinAnsi } from '../../pages/pdf-file.ts'
import type { Paragraph, Rgba, TextRun } from '../composition.ts'
import { fontOf, type TextFont } from './text-font.ts'

/** How large what is raised or lowered is, and how far it is moved, in parts of the size of its run; as in Photoshop. */
const SMALLER = 0.583
const RAISED = 0.333

/** How letters look that stand together. All lengths are in points. */
export interface LetterStyle {
  readonly font: TextFont
  readonly size: number
  /** Above the baseline; negative for below. */
  readonly rise: number
  readonly colour: Rgba
  readonly underline: boolean
}

/** A letter by its code in Windows-1252; a line feed ends a line. */
export interface Letter {
  readonly code: number
  readonly style: LetterStyle
  /** To the next letter, in points. */
  readonly width: number
}

export const LINE_FEED = 10
export const BLANK = 32
export const HYPHEN = 45

/**
 * Makes letters of the runs of a paragraph.
 *
 * @throws {@link OperationError} text_letters_unknown and text_font_missing
 */
export function spellOut({ runs }: Paragraph): readonly Letter[] {
  return runs.flatMap((run) => {
    const style = styleOf(run)
    return encode(run.text).map((code) => ({
      code,
      style,
      width: ((style.font.widths[code - 32] ?? 0) * style.size) / 1000,
    }))
  })
}

/** How the letters of a run look. */
export function styleOf(run: TextRun): LetterStyle {
  const { position, rise = 0, colour, underline } = run
  const size = position === 'baseline' ? run.size : run.size * SMALLER
  const moved = { baseline: 0, superscript: RAISED, subscript: -RAISED }[position] * run.size
  return { font: fontOf(run), size, rise: rise + moved, colour, underline }
}

function encode(text: string): number[] {
  const unknown = new Set<string>()
  const codes = Array.from(text.replaceAll(/\r\n?/g, '\n').replaceAll('\t', ' '), (letter) => {
    const code = letter === '\n' ? LINE_FEED : encodeWinAnsi(letter)
    if (code === undefined) unknown.add(letter)
    return code ?? BLANK
  })
  if (unknown.size > 0) {
    throw new OperationError('text_letters_unknown', { letters: [...unknown].slice(0, 5) })
  }
  return codes
}
