import { readFileSync } from 'node:fs'
import { read, utils, type WorkBook, type WorkSheet, write } from '@e965/xlsx'
import { isRecord } from '../../base/json.ts'
import { corruptSource, OperationError } from '../../base/operation-error.ts'
import { decodeTextFile } from '../text/text-source.ts'

/** More cells than this are not converted: a sheet may claim to have billions, of which all but one are empty. */
const MOST_CELLS = 5_000_000

type TableSource = 'csv' | 'xlsx' | 'ods' | 'json'
type TableFormat = 'csv' | 'xlsx' | 'ods' | 'json'

/**
 * Converts a table; of several sheets CSV and JSON have the first. Texts of CSV and JSON stay texts, whatever they begin
 * with: a formula in them would be computed by whoever opens the result.
 *
 * @throws {@link OperationError} when it is damaged, encrypted or too large
 */
export function convertTable(path: string, from: TableSource, to: TableFormat): Buffer | string {
  const book = readBook(path, from, to === 'json')
  const [name = ''] = book.SheetNames
  const sheet = book.Sheets[name]
  if (sheet === undefined) throw corruptSource(from.toUpperCase())
  for (const each of Object.values(book.Sheets)) requireFew(each)
  if (to === 'csv') return `\uFEFF${utils.sheet_to_csv(sheet)}\n`
  if (to === 'json')
    return `${JSON.stringify(utils.sheet_to_json(sheet, { defval: null, UTC: true }), undefined, 2)}\n`
  const written: unknown = write(book, { type: 'buffer', bookType: to, compression: true })
  if (!Buffer.isBuffer(written)) throw new TypeError('the library writes bytes')
  return written
}

/** @param withDates - whether dates are read as such, and not as numbers of days, which only a table program tells apart */
function readBook(path: string, from: TableSource, withDates: boolean): WorkBook {
  try {
    if (from === 'json') return bookOf(rowsOf(decodeTextFile(path, 'plain')))
    if (from === 'csv') {
      return read(decodeTextFile(path, 'plain'), { type: 'string', raw: true })
    }
    return read(readFileSync(path), {
      type: 'buffer',
      cellFormula: false,
      cellHTML: false,
      cellDates: withDates,
      UTC: true,
      dense: false,
    })
  } catch (error) {
    if (error instanceof OperationError) throw error
    if (error instanceof Error && /password|encrypted/i.test(error.message)) {
      throw new OperationError('source_encrypted', {
        title: from.toUpperCase(),
        password: 'missing',
      })
    }
    throw corruptSource(from.toUpperCase(), { cause: error })
  }
}

function bookOf(rows: readonly object[]): WorkBook {
  const book = utils.book_new()
  utils.book_append_sheet(book, utils.json_to_sheet([...rows]), 'Sheet1')
  return book
}

/** The rows of an array of objects, or of arrays; what is deeper in them is JSON. */
function rowsOf(text: string): object[] {
  const parsed: unknown = JSON.parse(text)
  const items: unknown[] = Array.isArray(parsed) ? parsed : [parsed]
  return items.map((item) => {
    const row = isRecord(item) || Array.isArray(item) ? item : { value: item }
    return Object.fromEntries(
      Object.entries(row).map(([key, value]) => [
        key,
        typeof value === 'object' && value !== null ? JSON.stringify(value) : value,
      ]),
    )
  })
}

function requireFew(sheet: WorkSheet): void {
  const range = utils.decode_range(sheet['!ref'] ?? 'A1')
  const cells = (range.e.r - range.s.r + 1) * (range.e.c - range.s.c + 1)
  if (cells <= MOST_CELLS) return
  throw new OperationError('source_exceeds_limit', { most: MOST_CELLS, of: 'cells' })
}
