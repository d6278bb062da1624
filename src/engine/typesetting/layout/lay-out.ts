import { OperationError } from '../../../base/operation-error.ts'
import type { ChosenFont, FontBook } from '../fonts/font-book.ts'
import { FontChooser } from '../shaping/choose-fonts.ts'
import { type LetterLook, lookOf } from '../shaping/letter-look.ts'
import { type Cluster, shapeParagraph } from '../shaping/shape-paragraph.ts'
import type { Paragraph, TabStop, TextContent, TextRun } from '../text-content.ts'
import { type BrokenLine, breakLines, type LineRoom } from './break-lines.ts'
import { type LinePlace, type Mark, markLine } from './mark-line.ts'

/** Half an inch, in points: from tab to tab where no stops are said. */
const TAB = 36

/** What a text without letters is set in. */
const USUAL: TextRun = {
  text: '',
  font: undefined,
  size: 12,
  colour: { red: 0, green: 0, blue: 0, alpha: 255 },
  bold: false,
  italic: false,
  underline: false,
  position: 'baseline',
}

/** A line, and where it is in its text. */
interface PlacedLine {
  /** Which of the paragraphs it is of, from 0. */
  readonly paragraph: number
  readonly line: BrokenLine
  readonly place: LinePlace
}

/** Where the lines of a text are, in a box in points. */
export interface TextPlaces {
  readonly width: number
  readonly height: number
  /** Of what the longest line needs, which may be more than the box has. */
  readonly widest: number
  readonly lines: readonly PlacedLine[]
}

/** A paragraph whose letters are shaped. */
export interface ShapedParagraph {
  readonly paragraph: Paragraph
  readonly clusters: readonly Cluster[]
  /** How an empty line looks. */
  readonly empty: Pick<Cluster, 'look' | 'font'>
}

/**
 * Shapes paragraphs, once for however many widths they are laid out in.
 *
 * @throws {@link OperationError} text_font_missing, and text_letters_unknown for letters that no font has
 */
export function shapeParagraphs(
  paragraphs: readonly Paragraph[],
  book: FontBook,
): readonly ShapedParagraph[] {
  const fonts = new FontChooser(book)
  const shaped = shapeWith(paragraphs, fonts)
  if (fonts.unknown.size > 0) {
    const letters = [...fonts.unknown].slice(0, 5)
    throw new OperationError('text_letters_unknown', { letters })
  }
  return shaped
}

/**
 * Shapes paragraphs as {@link shapeParagraphs} does, where letters that no font has are glyph 0 of the font that was wanted.
 *
 * @throws {@link OperationError} text_font_missing
 */
export function shapeWith(
  paragraphs: readonly Paragraph[],
  fonts: FontChooser,
): readonly ShapedParagraph[] {
  let last: LetterLook = lookOf(USUAL)
  return paragraphs.map((paragraph) => {
    const clusters = shapeParagraph(paragraph, fonts)
    const run = paragraph.runs.at(0)
    const look = run ? lookOf(run) : last
    const final = paragraph.runs.at(-1)
    if (final) last = lookOf(final)
    return { paragraph, clusters, empty: { look, font: fonts.fontOf(look) } }
  })
}

/**
 * Lays out a text from its top.
 *
 * @param width - of the box, in points; undefined where the longest line says how wide it is
 */
export function layOut(
  shaped: readonly ShapedParagraph[],
  width: number | undefined,
  breaks: TextContent['breaks'] = 'anywhere',
): TextPlaces {
  const most = breaks === 'never' ? Infinity : (width ?? Infinity)
  const broken = shaped.map(({ paragraph, clusters }) =>
    breakLines(clusters, roomOf(paragraph, most, breaks === 'anywhere')),
  )
  const needed = widest(shaped, broken)
  const box = width ?? needed
  const placed: PlacedLine[] = []
  let top = 0
  for (const [index, { paragraph, empty }] of shaped.entries()) {
    top += paragraph.spaceBefore ?? 0
    const lines = broken[index] ?? []
    for (const [number, line] of lines.entries()) {
      const reach = reachOf(line, empty)
      const height = heightOf(paragraph, reach.up + reach.down)
      const baseline = top + height - reach.down
      const indent = indentOf(paragraph, number)
      const room = { left: indent.left, width: box - indent.left - indent.right }
      const align = alignmentOf(paragraph, line, number === lines.length - 1)
      placed.push({ paragraph: index, line, place: { ...room, align, top, height, baseline } })
      top += height
    }
    top += paragraph.spaceAfter ?? 0
  }
  return { width: box, height: top, widest: needed, lines: placed }
}

/** What is drawn of a text, line by line. */
export function marksOf({ lines }: TextPlaces): readonly Mark[] {
  return lines.flatMap(({ line, place }) => markLine(line, place))
}

/** @param number - of the line, from 0 */
function indentOf(
  { indent, beside }: Paragraph,
  number: number,
): { readonly left: number; readonly right: number } {
  const { left = 0, right = 0, first = 0 } = indent ?? {}
  const own = left + (number === 0 ? first : 0)
  if (beside === undefined || number >= beside.lines) return { left: own, right }
  return { left: own + beside.left, right: right + beside.right }
}

function roomOf(paragraph: Paragraph, most: number, withinWords: boolean): LineRoom {
  const [first, others] = [indentOf(paragraph, 0), indentOf(paragraph, 1)]
  const stops: readonly TabStop[] = [
    ...(paragraph.tabs ?? []),
    // What hangs out to the left of the other lines is followed by them.
    ...(first.left < others.left ? [{ at: others.left }] : []),
  ].toSorted((a, b) => a.at - b.at)
  return {
    widthOf(line) {
      const { left, right } = indentOf(paragraph, line)
      return Math.max(0, most - left - right)
    },
    withinWords,
    nextStop(x, line) {
      const { left } = indentOf(paragraph, line)
      const at = left + x
      const stop = stops.find((each) => each.at > at + 0.01)
      const next = stop ?? { at: (Math.floor(at / TAB + 0.001) + 1) * TAB }
      return { ...next, at: next.at - left }
    },
  }
}

function widest(
  shaped: readonly ShapedParagraph[],
  broken: readonly (readonly BrokenLine[])[],
): number {
  const widths = shaped.flatMap(({ paragraph }, index) =>
    (broken[index] ?? []).map((line, number) => {
      const { left, right } = indentOf(paragraph, number)
      return left + line.width + right
    }),
  )
  return widths.reduce((most, each) => Math.max(most, each), 0)
}

function alignmentOf(
  { align, lastAlign }: Paragraph,
  { ended }: BrokenLine,
  isLast: boolean,
): Paragraph['align'] {
  if (align !== 'justify' || !ended) return align
  return isLast ? (lastAlign ?? 'left') : 'left'
}

/** How far a line reaches above its baseline, and below it. */
function reachOf(
  { clusters }: BrokenLine,
  empty: Pick<Cluster, 'look' | 'font'>,
): { readonly up: number; readonly down: number } {
  let [up, down] = [0, 0]
  let last: { readonly look: LetterLook; readonly font: ChosenFont } | undefined
  for (const each of clusters.length > 0 ? clusters : [empty]) {
    if (each.look === last?.look && each.font.face === last.font.face) continue
    last = each
    const { look, font } = each
    const { inset } = look.run
    up = Math.max(up, (inset ? inset.height : font.face.ascent * look.size.y) + look.rise)
    down = Math.max(down, font.face.descent * look.size.y - look.rise)
  }
  return { up, down }
}

function heightOf({ lines }: Paragraph, natural: number): number {
  if (lines?.by === 'least') return Math.max(natural, lines.points)
  if (lines?.by === 'exactly') return lines.points
  return lines?.by === 'factor' ? natural * lines.factor : natural
}
