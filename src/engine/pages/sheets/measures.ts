import type { CellFont } from './cell-look.ts'

/** Points a pixel of a screen, in which Excel counts. */
const PIXEL = 0.75

/** How wide digits are in parts of the size, of fonts that sheets are made in; in others they are as wide as in Arial. */
const DIGITS = new Map([
  ['calibri', 0.507],
  ['calibri light', 0.507],
  ['aptos narrow', 0.5],
  ['aptos', 0.561],
  ['cambria', 0.554],
  ['times new roman', 0.5],
  ['segoe ui', 0.539],
  ['tahoma', 0.546],
  ['verdana', 0.636],
  ['trebuchet ms', 0.524],
  ['georgia', 0.614],
  ['courier new', 0.6],
  ['consolas', 0.55],
])

const USUAL_DIGIT = 0.556

/** How wide a digit of a font is, in parts of its size. */
export function digitOf(family: string): number {
  return DIGITS.get(family.trim().toLowerCase()) ?? USUAL_DIGIT
}

/** How wide columns are by their letters, in points (ECMA-376, part 1, 18.3.1.13). */
export interface ColumnMeasure {
  readonly toPoints: (letters: number) => number
  readonly usual: number
}

/** A column has at most so many letters. */
const MOST_LETTERS = 255

/** As many letters a column has that says nothing, besides its edges. */
const USUAL_LETTERS = 8

/** @param usualWidth - that a sheet has for columns that say nothing, in letters; undefined where it says nothing either */
export function measureColumns(usualFont: CellFont, usualWidth: number | undefined): ColumnMeasure {
  const digit = Math.max(1, Math.round((digitOf(usualFont.family) * usualFont.size) / PIXEL))
  const toPixels = (letters: number): number => {
    const most = Math.min(MOST_LETTERS, letters)
    return Math.trunc(((256 * most + Math.trunc(128 / digit)) / 256) * digit)
  }
  // Two pixels at each side, and one of the line; up to a multiple of eight.
  const usual = Math.ceil((USUAL_LETTERS * digit + 5) / 8) * 8
  return {
    toPoints: (letters) => toPixels(letters) * PIXEL,
    usual: (usualWidth === undefined ? usual : toPixels(usualWidth)) * PIXEL,
  }
}

/** A column has at most so many points, as in LibreOffice; those of Excel are narrower. */
export const MOST_WIDTH = 2835

/** A row has at most so many points. */
export const MOST_HEIGHT = 409.5

/** What is between the letters of two lines of a cell, in points. */
const BETWEEN_LINES = 1

/** From line to line in a cell of Excel, by how high letters are from the highest to the lowest; a row has as much for each of its lines. */
export function lineInExcel(letters: number): number {
  return Math.ceil((letters + BETWEEN_LINES) / PIXEL - 0.01) * PIXEL
}
