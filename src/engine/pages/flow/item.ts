import type { PageMark } from '../drawing/page.ts'
import type { PageFonts } from '../paragraphs/page-fonts.ts'
import type { Float, FlowBlock } from './blocks.ts'

/** A piece of a text that stands on one page, as wide as what it is in. Lengths are in points. */
export interface FlowItem {
  /** Above and below it; the former is nothing at the top of a page that a text goes on to. */
  readonly before: number
  readonly height: number
  readonly after: number
  /** From its upper left. */
  readonly marks: readonly PageMark[]
  /** Whether it begins a page. */
  readonly breaksBefore: boolean
  /** Whether it stays on the page of the next one. */
  readonly keepsNext: boolean
  readonly floats: readonly Float[]
  /** What stands at the foot of its page. */
  readonly notes: readonly FlowItem[]
  /** What stands above it again where it begins a page. */
  readonly heading?: readonly FlowItem[] | undefined
  /** Divides it into what is no higher than the room there is, and the rest; undefined where that is not possible. */
  readonly split?: ((room: number) => readonly [FlowItem, FlowItem] | undefined) | undefined
}

/** What is left free at the left and the right of lines that stand beside something, and how far down. */
export interface Beside {
  readonly left: number
  readonly right: number
  readonly height: number
}

/**
 * Lays out a text from the top downwards.
 *
 * @param width - of what it is in, in points
 */
export type LayBlocks = (
  blocks: readonly FlowBlock[],
  width: number,
  tools: FlowTools,
) => Iterable<FlowItem>

/** What texts are laid out with. */
export interface FlowTools {
  readonly fonts: PageFonts
  /** Lays out what is in a cell or a box. */
  readonly lay: LayBlocks
  /** How many tables and boxes it is in. */
  readonly level: number
  /** What stands beside the next paragraph, which has such floats itself. */
  readonly beside?: ((floats: readonly Float[]) => Beside | undefined) | undefined
}

/** What is laid out with in a cell or a box of a text. */
export function toolsWithin({ fonts, lay, level }: FlowTools): FlowTools {
  return { fonts, lay, level: level + 1 }
}

/** An item that only takes room. */
export const NO_ITEM: FlowItem = {
  before: 0,
  height: 0,
  after: 0,
  marks: [],
  breaksBefore: false,
  keepsNext: false,
  floats: [],
  notes: [],
}

/** How much room items take together. */
export function heightOf(items: readonly FlowItem[]): number {
  return items.reduce((sum, { before, height, after }) => sum + before + height + after, 0)
}
