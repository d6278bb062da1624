import { layOut, shapeWith } from '../../typesetting/layout/lay-out.ts'
import { markLine } from '../../typesetting/layout/mark-line.ts'
import type {
  LineSpacing,
  Paragraph,
  TextContent,
  TextRun,
} from '../../typesetting/text-content.ts'
import type { PageMark } from '../drawing/page.ts'
import type { PageFonts } from './page-fonts.ts'
import { toPageMarks } from './page-marks.ts'

/** A line of text. Lengths are in points, places from the upper left of the text. */
export interface SetLine {
  /** Which of the paragraphs it is of, from 0. */
  readonly paragraph: number
  readonly top: number
  readonly height: number
  readonly baseline: number
  /** What is drawn of it, where it stands in the text. */
  readonly marks: readonly PageMark[]
}

/** Text whose lines have their places. */
export interface SetParagraphs {
  /** With the space before the first paragraph and behind the last. */
  readonly height: number
  /** What the longest line needs, indents included; it may be more than there is. */
  readonly widest: number
  readonly lines: readonly SetLine[]
}

/** How paragraphs are set. */
export interface Setting {
  /** What lines have, in points; undefined for lines that end only where the text says so. */
  readonly width: number | undefined
  readonly fonts: PageFonts
  /** Where lines may break that are wider; also within words that are wider than a line, unless told. */
  readonly breaks?: TextContent['breaks']
}

/** As many letters are set at once: more than stand on any page. */
const MOST_LETTERS = 60_000

/** The smallest and the largest letters, in points; Word has up to 1638. */
const SMALLEST = 0.5
const LARGEST = 2000

/** Further apart nothing on a page is, in points. */
const MOST_SPACE = 5000

/** How many times as far apart as usual lines are at the most. */
const MOST_FACTOR = 100

/** What nobody sees, tabs and line ends aside, and halves of letters. */
const NO_LETTERS = /(?![\t\n\r])[\p{Cc}\p{Cs}]/gu

/**
 * Sets paragraphs into lines, from the top downwards, whatever fonts and sizes they name: fonts that are not there are replaced, and
 * letters that none has are bars.
 */
export function setParagraphs(
  paragraphs: readonly Paragraph[],
  { width, fonts, breaks }: Setting,
): SetParagraphs {
  let left = MOST_LETTERS
  const clean = paragraphs.map((paragraph) => {
    const runs = paragraph.runs.flatMap((run) => {
      const text = run.text.slice(0, left).replaceAll(NO_LETTERS, '')
      left -= text.length
      return text === '' && run.text !== '' ? [] : [cleanRun({ ...run, text })]
    })
    return { ...paragraph, ...cleanSpaces(paragraph), runs }
  })
  const room = width === undefined ? undefined : Math.max(1, width)
  const { height, widest, lines } = layOut(shapeWith(clean, fonts), room, breaks)
  return {
    height,
    widest,
    lines: lines.map(({ paragraph, line, place }) => ({
      paragraph,
      top: place.top,
      height: place.height,
      baseline: place.baseline,
      marks: toPageMarks(markLine(line, place)),
    })),
  }
}

function cleanRun(run: TextRun): TextRun {
  const { rise, spacing, inset } = run
  return {
    ...run,
    size: within(run.size, SMALLEST, LARGEST),
    ...(rise !== undefined && { rise: toSpace(rise) }),
    ...(spacing !== undefined && { spacing: toSpace(spacing) }),
    ...(inset !== undefined && {
      inset: { ...inset, width: toLength(inset.width), height: toLength(inset.height) },
    }),
  }
}

function cleanSpaces({ indent, spaceBefore = 0, spaceAfter = 0, lines, tabs = [] }: Paragraph) {
  const { left, right, first } = indent ?? { left: 0, right: 0, first: 0 }
  return {
    indent: { left: toSpace(left), right: toSpace(right), first: toSpace(first) },
    spaceBefore: toLength(spaceBefore),
    spaceAfter: toLength(spaceAfter),
    lines: lines && cleanLines(lines),
    tabs: tabs.map((stop) => ({ ...stop, at: toSpace(stop.at) })).toSorted((a, b) => a.at - b.at),
  }
}

function cleanLines(lines: LineSpacing): LineSpacing {
  return lines.by === 'factor'
    ? { by: 'factor', factor: within(lines.factor, 0, MOST_FACTOR) }
    : { by: lines.by, points: toLength(lines.points) }
}

function toLength(points: number): number {
  return within(points, 0, MOST_SPACE)
}

function toSpace(points: number): number {
  return within(points, -MOST_SPACE, MOST_SPACE)
}

/** What is no number counts as the least. */
function within(value: number, least: number, most: number): number {
  return Number.isNaN(value) ? Math.max(0, least) : Math.min(most, Math.max(least, value))
}
