import type { Alignment, LineSpacing, Paragraph } from '../../engine/typesetting/text-content.ts'

/** How lines stand from a place of the text on, until the group ends. Lengths are in twips, as they are written. */
export interface RtfParagraph {
  readonly align: Alignment
  readonly lastAlign: Alignment
  readonly first: number
  readonly left: number
  readonly right: number
  readonly before: number
  readonly after: number
  /** What `\sl` says, and whether that is in lines rather than twips. */
  readonly spacing: number
  readonly inLines: boolean
  readonly tabs: readonly number[]
  readonly direction: Paragraph['direction']
}

/** How lines stand of which nothing is said. */
export const DEFAULT_PARAGRAPH: RtfParagraph = {
  align: 'left',
  lastAlign: 'left',
  first: 0,
  left: 0,
  right: 0,
  before: 0,
  after: 0,
  spacing: 0,
  inLines: false,
  tabs: [],
  direction: undefined,
}

/** Twips a point. */
const TWIPS = 20

/** What `\sl` calls one line where it counts lines (RTF 1.6, "Paragraph Formatting Properties"). */
const LINE = 240

/** More tab stops than any ruler has room for. */
const MOST_TABS = 200

const ALIGNMENTS: Readonly<Record<string, Alignment>> = {
  l: 'left',
  c: 'centre',
  r: 'right',
  j: 'justify',
}

const LENGTHS = {
  fi: 'first',
  li: 'left',
  ri: 'right',
  sb: 'before',
  sa: 'after',
  sl: 'spacing',
} as const

function isLength(word: string): word is keyof typeof LENGTHS {
  return word in LENGTHS
}

/**
 * What a control word makes of how lines stand.
 *
 * @param number - which stands behind the word
 * @returns undefined for a word that says nothing of that
 */
export function changeParagraph(
  paragraph: RtfParagraph,
  word: string,
  number: number | undefined,
): RtfParagraph | undefined {
  if (isLength(word)) return { ...paragraph, [LENGTHS[word]]: number ?? 0 }
  const { last, side = '' } = /^(?<last>last)?q(?<side>[lcrj])$/.exec(word)?.groups ?? {}
  const align = ALIGNMENTS[side]
  if (align) return last ? { ...paragraph, lastAlign: align } : { ...paragraph, align }
  switch (word) {
    case 'pard':
      return DEFAULT_PARAGRAPH
    case 'slmult':
      return { ...paragraph, inLines: number === 1 }
    case 'tx':
      return { ...paragraph, tabs: [...paragraph.tabs, number ?? 0].slice(-MOST_TABS) }
    case 'rtlpar':
      return { ...paragraph, direction: 'rtl' }
    case 'ltrpar':
      return { ...paragraph, direction: 'ltr' }
    default:
      return undefined
  }
}

/** What of a paragraph is not said by its letters, in points. */
export function paragraphOf(paragraph: RtfParagraph): Omit<Paragraph, 'runs'> {
  const { align, lastAlign, first, left, right, before, after, tabs, direction } = paragraph
  const isIndented = first !== 0 || left !== 0 || right !== 0
  return {
    align,
    lastAlign,
    indent: isIndented
      ? { first: first / TWIPS, left: left / TWIPS, right: right / TWIPS }
      : undefined,
    spaceBefore: before / TWIPS,
    spaceAfter: after / TWIPS,
    lines: spacingOf(paragraph),
    tabs: tabs.toSorted((a, b) => a - b).map((each) => ({ at: each / TWIPS })),
    direction,
  }
}

/** 0 leaves it to the fonts, a negative number forces it, and a positive one is the least (r-paragraph-formatting). */
function spacingOf({ spacing, inLines }: RtfParagraph): LineSpacing | undefined {
  if (spacing === 0) return undefined
  if (inLines) return { by: 'factor', factor: Math.abs(spacing) / LINE }
  if (spacing < 0) return { by: 'exactly', points: -spacing / TWIPS }
  return { by: 'least', points: spacing / TWIPS }
}
