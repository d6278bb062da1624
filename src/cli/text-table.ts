import { styleText } from 'node:util'

/**
 * Lays out a table for the standard output.
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
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  const format = (row: readonly string[]): string =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0
        return column < textColumns ? cell.padEnd(width) : cell.padStart(width)
      })
      .join('  ')
      .trimEnd()
  return [styleText('bold', format(head)), ...rows.map(format)]
}
