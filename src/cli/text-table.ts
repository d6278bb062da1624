import { styleText } from 'node:util'
import stringWidth from 'string-width'

/**
 * Lays out a table for the standard output, by the columns that letters take there: two of Chinese, none of an accent of its own.
 *
 * @param textColumns - how many columns, from the first, are texts; the others are aligned as numbers
 * @returns its lines, the titles first
 */
export function formatColumns(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  textColumns: number,
): string[] {
  const widths = head.map((title, column) =>
    Math.max(stringWidth(title), ...rows.map((row) => stringWidth(row[column] ?? ''))),
  )
  const format = (row: readonly string[]): string =>
    row
      .map((cell, column) => {
        const blanks = ' '.repeat((widths[column] ?? 0) - stringWidth(cell))
        return column < textColumns ? cell + blanks : blanks + cell
      })
      .join('  ')
      .trimEnd()
  return [styleText('bold', format(head)), ...rows.map(format)]
}
