import type { LetterColour, Paragraph } from '../../typesetting/text-content.ts'
import type { Sides } from '../drawing/page.ts'

/** What a text that flows over pages is made of, from top to bottom. Lengths are in points. */
export type FlowBlock = FlowParagraph | FlowTable | FlowBreak

/** Ends a page, whatever room there is. */
export interface FlowBreak {
  readonly kind: 'break'
}

/** A paragraph, and what is around it. */
export interface FlowParagraph {
  readonly kind: 'paragraph'
  readonly paragraph: Paragraph
  /** Behind it, between its indents. */
  readonly shading?: LetterColour | undefined
  readonly borders?: Borders | undefined
  /** Whether it begins a page. */
  readonly breaksBefore?: boolean | undefined
  /** Whether it stays on the page of what follows, and whether its lines stay on one page. */
  readonly keepsNext?: boolean | undefined
  readonly keepsLines?: boolean | undefined
  /** What is anchored to it. */
  readonly floats?: readonly Float[] | undefined
  /** What stands at the foot of its page. */
  readonly notes?: readonly FlowBlock[] | undefined
}

/** A line at a side of something, which is `space` away. */
export interface Border {
  readonly colour: LetterColour
  readonly width: number
  readonly style: 'single' | 'double' | 'dashed' | 'dotted'
  readonly space: number
}

/** The borders of something, by its sides. */
export type Borders = Readonly<Partial<Record<keyof Sides, Border | undefined>>>

/** Rows of cells. */
export interface FlowTable {
  readonly kind: 'table'
  /** How wide its columns are, and where the first begins, in something of a width. */
  readonly columnsIn: (width: number) => TableColumns
  readonly rows: readonly FlowRow[]
}

/** The columns of a table. */
export interface TableColumns {
  /** From the left of what the table is in. */
  readonly left: number
  readonly widths: readonly number[]
}

/** A row of a table. */
export interface FlowRow {
  readonly cells: readonly FlowCell[]
  readonly height?: { readonly points: number; readonly isExact: boolean } | undefined
  /** Whether it is at the top of each page that the table is on. */
  readonly isHeader: boolean
  /** Whether it stays on one page. */
  readonly isWhole: boolean
}

/** A cell, from the row on that it is in. */
export interface FlowCell {
  /** Its first column, from 0, and how many it covers. */
  readonly column: number
  readonly columns: number
  /** How many rows it covers. */
  readonly rows: number
  readonly blocks: readonly FlowBlock[]
  readonly shading?: LetterColour | undefined
  readonly borders: Borders
  readonly margins: Sides
  readonly vertical: 'top' | 'middle' | 'bottom'
}

/** Something that is not in the flow, but stands at a place of a page or beside its paragraph. */
export interface Float {
  readonly width: number
  readonly height: number
  readonly horizontal: FloatPlace<'page' | 'margin' | 'column'>
  readonly vertical: FloatPlace<'page' | 'margin' | 'paragraph'>
  /** What the text does: it goes over it, leaves its height free, goes beside it, or is covered by it. */
  readonly wrap: 'behind' | 'clear' | 'around' | 'over'
  readonly content: FloatContent
}

/** How far from what something is, or where in it. */
export interface FloatPlace<Frame extends string> {
  readonly from: Frame
  readonly offset: number
  /** Where it is told so instead: 0 at the start, 1 at the end. */
  readonly align?: 0 | 0.5 | 1 | undefined
}

/** A picture by its name, or a box with text in it. */
export type FloatContent =
  | { readonly kind: 'picture'; readonly name: string; readonly crop: Sides | undefined }
  | {
      readonly kind: 'box'
      readonly blocks: readonly FlowBlock[]
      readonly margins: Sides
      /** How much of the room that the text leaves is above it. */
      readonly anchor: 0 | 0.5 | 1
      readonly fill: LetterColour | undefined
      readonly border: Border | undefined
    }

/** Pages that are alike, and what flows over them. */
export interface FlowSection {
  readonly width: number
  readonly height: number
  readonly margins: Sides
  /** At least one, from the left, between the margins. */
  readonly columns: readonly { readonly left: number; readonly width: number }[]
  /** Whether it goes on where the one before has ended. */
  readonly isContinuous: boolean
  readonly blocks: readonly FlowBlock[]
  /** What is above and below the text of a page, by its number and whether it is the first of the section. */
  readonly header: FlowMargin
  readonly footer: FlowMargin
  /** The number of its first page, where it does not go on counting. */
  readonly firstNumber: number | undefined
}

/** What stands in a margin of pages, and how far from the edge. */
export interface FlowMargin {
  readonly distance: number
  readonly blocksOf: (page: {
    readonly number: number
    readonly isFirst: boolean
  }) => readonly FlowBlock[]
}
