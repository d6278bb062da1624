import type { NumberFormat } from '../../text/xlsx-number.ts'
import type { LetterColour } from '../../typesetting/text-content.ts'

/** How letters of a cell look. The size is in points. */
export interface CellFont {
  readonly family: string
  readonly size: number
  readonly bold: boolean
  readonly italic: boolean
  readonly underline: boolean
  readonly strike: boolean
  readonly position: 'baseline' | 'superscript' | 'subscript'
  readonly colour: LetterColour
}

/** A line at an edge of a cell, of a width in points. */
export interface BorderLine {
  readonly colour: LetterColour
  readonly width: number
  /** Lengths that are drawn and left out in turn, in points. */
  readonly dash: readonly number[]
  readonly isDouble: boolean
}

/** The edges of a cell, and the lines from corner to corner. */
export const EDGES = ['left', 'right', 'top', 'bottom'] as const
export type Edge = (typeof EDGES)[number]
export type Borders = Readonly<Record<Edge | 'up' | 'down', BorderLine | undefined>>

/** Where text stands in its cell. */
export interface CellAlignment {
  /** `general` has text at the left, numbers at the right, and what is true or an error in the middle. */
  readonly horizontal: 'general' | 'left' | 'centre' | 'right' | 'justify' | 'fill' | 'across'
  readonly vertical: 'top' | 'middle' | 'bottom'
  readonly wraps: boolean
  readonly shrinks: boolean
  /** In steps, each as wide as three blanks. */
  readonly indent: number
  /** By how much text is turned clockwise, in degrees; `stacked` has one letter below the other. */
  readonly turned: number | 'stacked'
}

/** How a cell looks. */
export interface CellLook {
  readonly font: CellFont
  readonly fill: LetterColour | undefined
  readonly borders: Borders
  readonly alignment: CellAlignment
  readonly format: NumberFormat
}

/** What a condition or a table changes of the look of a cell. */
export interface LookChange {
  readonly font?: Partial<CellFont> | undefined
  readonly fill?: LetterColour | undefined
  readonly borders?: Partial<Borders> | undefined
  readonly format?: NumberFormat | undefined
}

export const BLACK: LetterColour = { red: 0, green: 0, blue: 0, alpha: 255 }

export const NO_BORDERS: Borders = {
  left: undefined,
  right: undefined,
  top: undefined,
  bottom: undefined,
  up: undefined,
  down: undefined,
}

export const USUAL_ALIGNMENT: CellAlignment = {
  horizontal: 'general',
  vertical: 'bottom',
  wraps: false,
  shrinks: false,
  indent: 0,
  turned: 0,
}

export const USUAL_FONT: CellFont = {
  family: 'Calibri',
  size: 11,
  bold: false,
  italic: false,
  underline: false,
  strike: false,
  position: 'baseline',
  colour: BLACK,
}

/** A look with what is changed of it. */
export function changeLook(look: CellLook, change: LookChange): CellLook {
  const { font, fill, borders, format } = change
  return {
    ...look,
    ...(font && { font: { ...look.font, ...font } }),
    ...(fill && { fill }),
    ...(borders && { borders: { ...look.borders, ...borders } }),
    ...(format && { format }),
  }
}

/** Whether colours are the same. */
export function sameColour(one: LetterColour, other: LetterColour): boolean {
  return (
    one.red === other.red &&
    one.green === other.green &&
    one.blue === other.blue &&
    one.alpha === other.alpha
  )
}
