import { moved } from '../../drawing/moved.ts'
import type { PageMark } from '../../drawing/page.ts'
import { attributeOf, childOf, type Element } from '../../element.ts'
import type { PageFonts } from '../../paragraphs/page-fonts.ts'
import { type SetLine, type SetParagraphs, setParagraphs } from '../../paragraphs/set-paragraphs.ts'
import { flagOf, numberOf, pointsOf, shareOf } from '../drawing-values.ts'
import { type ParagraphContext, readParagraphs } from './paragraphs.ts'

/** How a text stands in its shape. */
export interface TextBoxLook {
  readonly insets: {
    readonly left: number
    readonly top: number
    readonly right: number
    readonly bottom: number
  }
  readonly anchor: 'top' | 'middle' | 'bottom'
  /** Whether it stands in the middle of the width, wherever its lines begin. */
  readonly isCentred: boolean
  readonly wraps: boolean
  /** By how much its lines are turned clockwise, in degrees: 0, 90 or 270. */
  readonly turned: 0 | 90 | 270
  readonly columns: number
  readonly columnGap: number
  /** By which sizes are multiplied, and lines are nearer to each other. */
  readonly scale: number
  readonly lessSpacing: number
  /** Whether letters become smaller where they do not fit, since they are of other fonts than those that they were fitted in. */
  readonly fits: boolean
}

const ANCHORS: Readonly<Record<string, TextBoxLook['anchor']>> = { ctr: 'middle', b: 'bottom' }

const MOST_COLUMNS = 16

/** As often as letters are made smaller, and by how much each time. */
const FITTING_STEPS = 5
const FITTING = 0.95

/** What may stand out of a box before letters are made smaller, in parts of its height. */
const TOLERANCE = 1.02

/** Reads how a text stands in its shape, of elements that say so, the first that has an answer being right. */
export function readTextBox(bodies: readonly Element[]): TextBoxLook {
  const first = <T>(read: (body: Element) => T | undefined): T | undefined => {
    for (const body of bodies) {
      const found = read(body)
      if (found !== undefined) return found
    }
    return undefined
  }
  const inset = (name: string, otherwise: number): number =>
    first((body) => pointsOf(body, name)) ?? otherwise
  const fit = first(({ children }) =>
    children.find(({ name }) => ['normAutofit', 'noAutofit', 'spAutoFit'].includes(name)),
  )
  const direction = first((body) => attributeOf(body, 'vert')) ?? 'horz'
  const scale = shareOf(fit, 'fontScale')
  return {
    insets: {
      left: inset('lIns', 7.2),
      top: inset('tIns', 3.6),
      right: inset('rIns', 7.2),
      bottom: inset('bIns', 3.6),
    },
    anchor: ANCHORS[first((body) => attributeOf(body, 'anchor')) ?? ''] ?? 'top',
    isCentred: first((body) => flagOf(body, 'anchorCtr')) ?? false,
    wraps: first((body) => attributeOf(body, 'wrap')) !== 'none',
    turned: direction === 'horz' ? 0 : direction === 'vert270' ? 270 : 90,
    columns: Math.min(MOST_COLUMNS, Math.max(1, first((body) => numberOf(body, 'numCol')) ?? 1)),
    columnGap: inset('spcCol', 0),
    scale: Math.min(1, Math.max(0.05, scale ?? 1)),
    lessSpacing: shareOf(fit, 'lnSpcReduction') ?? 0,
    fits: scale !== undefined,
  }
}

/** The text of a shape, set, and how high it is; 0 for one that is turned. */
export interface SetText {
  readonly marks: readonly PageMark[]
  readonly height: number
}

/** What a text is set with. */
export interface TextTools {
  readonly fonts: PageFonts
  readonly context: Omit<ParagraphContext, 'scale' | 'lessSpacing'>
}

/**
 * Sets a text into a box that has its upper left at 0.
 *
 * @param body - with paragraphs
 */
export function setTextBox(
  body: Element,
  look: TextBoxLook,
  box: { readonly width: number; readonly height: number },
  { fonts, context }: TextTools,
): SetText {
  if (childOf(body, 'p') === undefined) return { marks: [], height: 0 }
  if (look.turned !== 0) {
    const upright = { width: box.height, height: box.width }
    const { marks } = setTextBox(body, { ...look, turned: 0 }, upright, { fonts, context })
    const matrix =
      look.turned === 90
        ? ([0, 1, -1, 0, box.width, 0] as const)
        : ([0, -1, 1, 0, 0, box.height] as const)
    return { marks: [{ kind: 'group', matrix, marks }], height: 0 }
  }
  const { insets, columns, columnGap, wraps } = look
  const width = Math.max(1, box.width - insets.left - insets.right)
  const height = Math.max(0, box.height - insets.top - insets.bottom)
  const columnWidth = Math.max(1, (width - (columns - 1) * columnGap) / columns)
  const set = (scale: number): SetParagraphs => {
    const paragraphs = readParagraphs(body, { ...context, scale, lessSpacing: look.lessSpacing })
    const text = setParagraphs(paragraphs, { width: wraps ? columnWidth : undefined, fonts })
    if (wraps) return text
    // Lines that are not broken stand beside each other in the width of the longest.
    return setParagraphs(paragraphs, { width: Math.max(1, text.widest), fonts })
  }
  let { scale } = look
  let text = set(scale)
  for (let step = 0; step < FITTING_STEPS && look.fits && height > 0; step += 1) {
    if (text.height <= height * columns * TOLERANCE) break
    scale *= FITTING
    text = set(scale)
  }
  const taken = columns > 1 ? Math.min(height, text.height) : text.height
  const room = height - taken
  const down = look.anchor === 'top' ? 0 : look.anchor === 'middle' ? room / 2 : room
  const right = rightOf({ body, look, width, widest: text.widest }, context)
  return {
    marks: columnsOf(text.lines, columns, height).map((lines, index) =>
      moved(
        lines.flatMap(({ marks }) => marks),
        insets.left + right + index * (columnWidth + columnGap),
        insets.top + down - (index === 0 ? 0 : (lines[0]?.top ?? 0)),
      ),
    ),
    height: taken + insets.top + insets.bottom,
  }
}

/** How far a text is moved to the right that is not as wide as its box. */
function rightOf(
  {
    body,
    look,
    width,
    widest,
  }: {
    readonly body: Element
    readonly look: TextBoxLook
    readonly width: number
    readonly widest: number
  },
  context: TextTools['context'],
): number {
  if (look.isCentred) return Math.max(0, width - widest) / 2
  if (look.wraps) return 0
  const [first] = readParagraphs(body, { ...context, scale: 1, lessSpacing: 0 })
  if (first?.align === 'centre') return (width - widest) / 2
  return first?.align === 'right' ? width - widest : 0
}

/** Lines by their columns, of which each but the last is filled. */
function columnsOf(lines: readonly SetLine[], columns: number, height: number): SetLine[][] {
  const filled: SetLine[][] = [[]]
  for (const line of lines) {
    const current = filled.at(-1) ?? []
    const top = current[0]?.top ?? line.top
    const isFull = current.length > 0 && line.top + line.height - top > height
    if (isFull && filled.length < columns) filled.push([line])
    else current.push(line)
  }
  return filled
}
