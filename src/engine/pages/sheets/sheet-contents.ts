import type { CellRange } from '../../text/xlsx-places.ts'
import type { CellFont } from './cell-look.ts'
import type { SheetCondition } from './conditions.ts'
import type { PrintSetup } from './print-setup.ts'

/** Letters of a text that look alike, where they differ from those of their cell. */
export interface RichRun {
  readonly text: string
  readonly font?: Partial<CellFont> | undefined
}

/** What a cell shows, before it is written as its format has it. */
export type CellValue =
  | { readonly kind: 'text'; readonly runs: readonly RichRun[] }
  | {
      readonly kind: 'number'
      readonly number: number
      /** As its program has displayed it, where the file says so. */
      readonly shown?: string | undefined
    }
  | { readonly kind: 'truth' | 'error'; readonly text: string }

/** A cell that shows something: a value, a fill or lines. */
export interface SheetCell {
  readonly row: number
  readonly column: number
  /** The number of its look. */
  readonly look: number
  readonly value: CellValue | undefined
}

/** What a sheet says of rows, or of columns. */
export interface LineFormat {
  readonly first: number
  readonly last: number
  /** The height of rows or the width of columns, in points; as usual where it is undefined. */
  readonly size: number | undefined
  readonly isHidden: boolean
  /** The number of the look of its cells, as far as they say nothing. */
  readonly look: number | undefined
}

/** What is on a sheet. Rows and columns are counted from 0. */
export interface SheetContents {
  /** Row by row. */
  readonly cells: readonly SheetCell[]
  /** In their order. */
  readonly rows: readonly LineFormat[]
  readonly columns: readonly LineFormat[]
  readonly merges: readonly CellRange[]
  readonly conditions: readonly SheetCondition[]
  /** The width of columns that say nothing, and the height of such rows, in points. */
  readonly usualWidth: number
  readonly usualHeight: number | undefined
  /** Whether rows are hidden that say nothing. */
  readonly hidesRows: boolean
  readonly showsGrid: boolean
  readonly showsZeros: boolean
  /** Whether the first column is at the right. */
  readonly isRightToLeft: boolean
  readonly print: PrintSetup
}
