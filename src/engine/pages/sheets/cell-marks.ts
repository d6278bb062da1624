import { moved } from '../drawing/moved.ts'
import type { PageMark } from '../drawing/page.ts'
import { type Box, rectangle } from '../drawing/shapes.ts'
import type { CellLook } from './cell-look.ts'
import type { CellTexts, SetText } from './cell-texts.ts'
import { displayNumber, displayText } from './displayed-value.ts'
import { digitOf } from './measures.ts'
import type { CellValue, RichRun } from './sheet-contents.ts'
import { PADDING } from './sheet-grid.ts'

/** A cell whose text is drawn. */
export interface DrawnCell {
  readonly value: CellValue
  readonly look: CellLook
  /** Of the cell, or of all that are merged. */
  readonly box: Box
  /** How far a text reaches that has no room, since what is beside its cell is empty. */
  readonly reach: (side: 'left' | 'right', length: number) => number
  /** Whether texts begin at the right that say nothing else. */
  readonly isRightToLeft: boolean
}

/** What texts of cells are drawn with. */
export interface CellContext {
  readonly texts: CellTexts
  readonly from1904: boolean
  readonly showsZeros: boolean
}

/** Letters smaller than this are lines, in points on the page. */
const [AT_LEAST, SMALLEST_SHRUNK] = [1.5, 0.3]

/** How much narrower the digits of a number become before signs say that there is no room for it. */
const LEAST_SQUEEZED = 0.85

/** What a text of a cell becomes on its page. */
interface ToDraw {
  readonly runs: readonly RichRun[]
  readonly atLeft: string
  readonly font: CellLook['font']
  readonly align: 'left' | 'centre' | 'right' | 'justify'
}

/**
 * Draws what is in a cell.
 *
 * @param scale - of the page, by which letters tell whether they can be seen
 */
export function drawCellText(
  cell: DrawnCell,
  context: CellContext,
  scale: number,
): { readonly marks: readonly PageMark[]; readonly span: Box } | undefined {
  const { box, look } = cell
  const room = box.width - PADDING
  if (room <= 0 || box.height <= 0) return undefined
  const drawn = toDraw(cell, context)
  if (drawn === undefined) return undefined
  const { alignment, font } = look
  if (font.size * scale < AT_LEAST) return { marks: [barOf(drawn, box)], span: box }
  if (alignment.turned !== 0) return { marks: drawTurned(cell, drawn, context.texts), span: box }
  if (alignment.wraps && cell.value.kind === 'text') return drawWrapped(cell, drawn, context.texts)
  return drawLine(cell, drawn, context.texts)
}

function toDraw(
  { value, look, box, isRightToLeft }: DrawnCell,
  context: CellContext,
): ToDraw | undefined {
  const { font, alignment } = look
  const general = {
    number: 'right',
    text: isRightToLeft ? 'right' : 'left',
    truth: 'centre',
    error: 'centre',
  } as const
  const { horizontal } = alignment
  const align =
    horizontal === 'general'
      ? general[value.kind]
      : horizontal === 'fill'
        ? 'left'
        : horizontal === 'across'
          ? 'centre'
          : horizontal
  if (value.kind === 'text') {
    const [only] = value.runs
    const runs =
      value.runs.length === 1 && only
        ? [{ ...only, text: displayText(only.text, look.format) }]
        : value.runs
    return { runs, atLeft: '', font, align }
  }
  if (value.kind !== 'number') return { runs: [{ text: value.text }], atLeft: '', font, align }
  if (value.number === 0 && !context.showsZeros) return undefined
  const { texts, atLeft, colour } = displayNumber(value, look.format, context.from1904)
  const coloured = colour ? { ...font, colour } : font
  const room = box.width - PADDING - indentOf(look)
  const most = room / LEAST_SQUEEZED
  const width = (text: string): number => context.texts.set([{ text: atLeft + text }], font).width
  const fitting =
    texts.find((text) => width(text) <= room) ?? texts.find((text) => width(text) <= most)
  const isForced = alignment.shrinks || alignment.turned !== 0
  const text = fitting ?? (isForced ? texts[0] : undefined)
  if (text !== undefined) return { runs: [{ text }], atLeft, font: coloured, align }
  const signs = Math.max(1, Math.floor(room / (font.size * digitOf(font.family))))
  return {
    runs: [{ text: '#'.repeat(Math.min(signs, 200)) }],
    atLeft: '',
    font: coloured,
    align: 'left',
  }
}

/** As wide as three blanks is a step. */
function indentOf({ alignment, font }: CellLook): number {
  return alignment.indent * font.size * 0.6
}

function drawWrapped(
  { box, look }: DrawnCell,
  { runs, font, align }: ToDraw,
  texts: CellTexts,
): { readonly marks: readonly PageMark[]; readonly span: Box } {
  const indent = indentOf(look)
  const width = Math.max(1, box.width - PADDING - indent)
  const set = texts.set(runs, font, { width, height: box.height, align })
  const left = box.x + PADDING / 2 + (align === 'right' ? 0 : indent)
  const top = topOf(box, look, set.height)
  const marks = marksWithin(set, left, top, box)
  return { marks: [{ kind: 'group', marks, clip: rectangle(box) }], span: box }
}

function drawLine(
  cell: DrawnCell,
  { runs, atLeft, font, align }: ToDraw,
  texts: CellTexts,
): { readonly marks: readonly PageMark[]; readonly span: Box } {
  const { box, look, value } = cell
  const indent = indentOf(look)
  const room = box.width - PADDING - indent
  const line = runs.map((run) => ({ ...run, text: run.text.replaceAll(/[\r\n]+/g, ' ') }))
  const beside = atLeft === '' ? undefined : texts.set([{ text: atLeft }], font)
  let set = texts.set(line, font)
  const needed = set.width + (beside?.width ?? 0)
  const isNumber = value.kind !== 'text'
  if (needed > room && (look.alignment.shrinks || isNumber)) {
    const zoom = Math.max(SMALLEST_SHRUNK, room / needed)
    set = texts.set(line, font, { zoom })
  }
  const slack = room - set.width
  const x =
    box.x +
    PADDING / 2 +
    (align === 'right' ? slack : align === 'centre' ? slack / 2 + indent / 2 : indent)
  const top = topOf(box, look, set.height)
  const marks: PageMark[] = [
    moved(
      set.lines.flatMap((each) => each.marks),
      x,
      top,
    ),
  ]
  if (beside) {
    marks.push(
      moved(
        beside.lines.flatMap((each) => each.marks),
        box.x + PADDING / 2,
        top,
      ),
    )
  }
  const over = {
    left: Math.max(0, box.x - x),
    right: Math.max(0, x + set.width - box.x - box.width),
  }
  const fixed = isNumber || look.alignment.horizontal === 'fill'
  const span = {
    ...box,
    x: box.x - (over.left > 0 && !fixed ? cell.reach('left', over.left) : 0),
    width: 0,
  }
  const right = box.x + box.width + (over.right > 0 && !fixed ? cell.reach('right', over.right) : 0)
  const whole = { ...span, width: right - span.x }
  const fits = over.left + over.right === 0 && set.height <= box.height
  return { marks: fits ? marks : [{ kind: 'group', marks, clip: rectangle(whole) }], span: whole }
}

/** Text that is turned, or stacked, within its cell. */
function drawTurned(
  { box, look }: DrawnCell,
  drawn: ToDraw,
  texts: CellTexts,
): readonly PageMark[] {
  const { turned } = look.alignment
  if (turned === 'stacked') {
    const letters = Array.from(drawn.runs.map(({ text }) => text).join('')).slice(0, 100)
    const set = texts.set([{ text: letters.join('\n') }], drawn.font, { align: 'centre' })
    const x = box.x + (box.width - set.width) / 2
    const marks = marksWithin(set, x, topOf(box, look, set.height), box)
    return [{ kind: 'group', marks, clip: rectangle(box) }]
  }
  const wraps = look.alignment.wraps && Math.abs(turned) === 90
  const set = texts.set(drawn.runs, drawn.font, {
    width: wraps ? Math.max(1, box.height - PADDING) : undefined,
  })
  const radians = (turned * Math.PI) / 180
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)]
  const size = {
    width: Math.abs(set.width * cos) + Math.abs(set.height * sin),
    height: Math.abs(set.width * sin) + Math.abs(set.height * cos),
  }
  const { align } = drawn
  const slack = box.width - PADDING - size.width
  const isSteep = Math.abs(turned) === 90
  const x =
    box.x +
    PADDING / 2 +
    (align === 'right' ? slack : align === 'centre' || isSteep ? slack / 2 : 0)
  const y = topOf(box, look, size.height)
  // Where its upper left comes to lie in the box that it takes when it is turned.
  const corner = {
    x: Math.max(0, set.height * sin),
    y: Math.max(0, -set.width * sin),
  }
  const marks = set.lines.flatMap((each) => each.marks)
  const turnedMarks: PageMark = {
    kind: 'group',
    marks,
    matrix: [cos, sin, -sin, cos, x + corner.x, y + corner.y],
  }
  return [{ kind: 'group', marks: [turnedMarks], clip: rectangle(box) }]
}

function topOf(box: Box, { alignment }: CellLook, height: number): number {
  const slack = box.height - height
  // What is too high is cut off at its end.
  if (slack < 0 && alignment.wraps) return box.y
  const share = { top: 0, middle: 0.5, bottom: 1 }[alignment.vertical]
  return box.y + slack * share
}

/** Those lines that begin in a box, which may be far fewer than a text has. */
function marksWithin(set: SetText, x: number, y: number, box: Box): readonly PageMark[] {
  const lines = set.lines.filter(({ top }) => y + top < box.y + box.height)
  return [
    moved(
      lines.flatMap((each) => each.marks),
      x,
      y,
    ),
  ]
}

/** What stands for letters that nobody could read. */
function barOf({ runs, font, align }: ToDraw, box: Box): PageMark {
  const letters = runs.reduce((sum, { text }) => sum + text.length, 0)
  const width = Math.min(box.width - PADDING, letters * font.size * digitOf(font.family))
  const slack = box.width - PADDING - width
  const x = box.x + PADDING / 2 + (align === 'right' ? slack : align === 'centre' ? slack / 2 : 0)
  const height = font.size / 2
  const y = box.y + Math.max(0, (box.height - font.size) / 2) + height / 2
  const colour = { ...font.colour, alpha: 100 }
  return {
    kind: 'path',
    path: rectangle({ x, y, width: Math.max(0, width), height }),
    fill: colour,
  }
}
