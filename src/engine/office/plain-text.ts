import { writeFileSync } from 'node:fs'
import { decodeTextFile } from '../text/text-source.ts'
import { readCells } from './read-cells.ts'

/** What a number looks like that LibreOffice neither shortens nor changes, of at most 11 characters. */
const PLAIN_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/
const MOST_SHOWN = 11

/**
 * Writes a text as LibreOffice is told to read it, since that finds out neither its encoding nor what is between the cells of
 * a table, and takes whatever it can for a number or a date: in UTF-8, and a CSV with commas and with quotation marks around
 * all that is no plain number.
 *
 * @throws {@link OperationError} when it is no text in any encoding
 */
export function writePlainText(path: string, id: 'text' | 'csv', made: string): void {
  const text = decodeTextFile(path, 'plain')
  writeFileSync(made, id === 'csv' ? writeCells(readCells(text)) : text, { mode: 0o600 })
}

function writeCells(rows: Iterable<readonly string[]>): string {
  return Array.from(rows, (cells) => `${cells.map(writeCell).join(',')}\n`).join('')
}

function writeCell(text: string): string {
  const isNumber = text.length <= MOST_SHOWN && PLAIN_NUMBER.test(text) && text !== '-0'
  return isNumber || text === '' ? text : `"${text.replaceAll('"', '""')}"`
}
