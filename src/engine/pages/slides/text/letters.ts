import type { LetterColour, TextRun } from '../../../typesetting/text-content.ts'
import { attributeOf, childOf, type Element } from '../../element.ts'
import { BLACK, toLetterColour } from '../colours/colour.ts'
import { findColour } from '../colours/read-colour.ts'
import { flagOf, numberOf, shareOf } from '../drawing-values.ts'
import { type FillContext, findFill } from '../fills.ts'
import type { Theme } from '../theme.ts'
import { fontNamed } from './text-fonts.ts'

/** What letters are read with. */
export interface LetterContext {
  readonly context: FillContext
  readonly theme: Theme
  /** By which all sizes are multiplied, for a text that is fitted into its shape. */
  readonly scale: number
}

/** What letters look like. */
export type Letters = Omit<TextRun, 'text'> & {
  readonly capitals: 'none' | 'all' | 'small'
}

const USUAL_SIZE = 18

/** How large small capitals are, in parts of their size. */
export const SMALL_CAPITALS = 0.8

/**
 * Reads how letters look.
 *
 * @param sources - elements that say so, the first that has an answer being right
 */
export function readLetters(
  sources: readonly Element[],
  { context, theme, scale }: LetterContext,
): Letters {
  const first = <T>(read: (source: Element) => T | undefined): T | undefined => {
    for (const source of sources) {
      const found = read(source)
      if (found !== undefined) return found
    }
    return undefined
  }
  const size = (first((source) => numberOf(source, 'sz')) ?? USUAL_SIZE * 100) / 100
  const baseline = first((source) => shareOf(source, 'baseline')) ?? 0
  const capitals = first((source) => attributeOf(source, 'cap'))
  const spacing = first((source) => numberOf(source, 'spc'))
  const highlight = first((source) => findColour(childOf(source, 'highlight'), context.palette))
  const line = first((source) => attributeOf(source, 'u')) ?? 'none'
  const strike = first((source) => attributeOf(source, 'strike')) ?? 'noStrike'
  return {
    font: first((source) => fontNamed(childOf(source, 'latin'), theme)) ?? theme.fonts.minor.latin,
    size: size * scale,
    colour: first((source) => colourOf(source, context)) ?? toLetterColour(BLACK),
    bold: first((source) => flagOf(source, 'b')) ?? false,
    italic: first((source) => flagOf(source, 'i')) ?? false,
    underline: line !== 'none',
    strike: strike !== 'noStrike',
    position: baseline > 0 ? 'superscript' : baseline < 0 ? 'subscript' : 'baseline',
    capitals: capitals === 'all' || capitals === 'small' ? capitals : 'none',
    ...(spacing !== undefined && { spacing: (spacing / 100) * scale }),
    ...(highlight !== undefined && { background: toLetterColour(highlight) }),
  }
}

function colourOf(source: Element, context: FillContext): LetterColour | undefined {
  const fill = findFill(source, context)
  if (fill?.kind === 'colour') return toLetterColour(fill.colour)
  if (fill?.kind === 'none') return { red: 0, green: 0, blue: 0, alpha: 0 }
  if (fill?.kind !== 'gradient') return undefined
  const middle = fill.stops[Math.floor(fill.stops.length / 2)]
  return middle && toLetterColour(middle.colour)
}
