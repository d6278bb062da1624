import { readFileSync } from 'node:fs'
import { read, utils, type WorkBook, type WorkSheet, write } from '@e965/xlsx'
import JSZip from 'jszip'
import { corruptSource, OperationError } from '../../base/operation-error.ts'
import { zipParts } from '../markup/zip-parts.ts'
import { decodeTextFile } from '../text/text-source.ts'
import { cellsOf, showDatesAsIso, showWholeNumbers, toNumbers } from './cells.ts'
import { rowsOfJson } from './json-rows.ts'

/** More cells than this are not converted: a sheet may claim to have billions, of which all but one are empty. */
const MOST_CELLS = 5_000_000

/** As many columns as programs of tables have; a text of more takes minutes to read. */
const MOST_COLUMNS = 16_384

/** How dates are shown whose format is that of the country of whoever looks. */
const ISO_DATE = 'yyyy-mm-dd'

type TableSource = 'csv' | 'xlsx' | 'ods' | 'json'
type TableFormat = 'csv' | 'xlsx' | 'ods' | 'json'

/**
 * Converts a table; of several sheets CSV and JSON have the first that is not hidden. Texts of CSV and JSON stay texts,
 * whatever they begin with: a formula in them would be computed by whoever opens the result. What is a number in CSV and
 * nothing else, without zeros before it, becomes one.
 *
 * @throws {@link OperationError} when it is damaged, encrypted or too large
 */
export async function convertTable(
  path: string,
  from: TableSource,
  to: TableFormat,
): Promise<Buffer | string> {
  const book = readBook(path, from)
  const sheet = firstSheetOf(book)
  if (sheet === undefined) throw corruptSource(from.toUpperCase())
  for (const each of Object.values(book.Sheets)) requireFew(each)
  if (to === 'csv') {
    for (const cell of cellsOf(sheet)) showWholeNumbers(cell)
    return `\uFEFF${utils.sheet_to_csv(sheet)}\n`
  }
  if (to === 'json') {
    for (const cell of cellsOf(sheet)) showDatesAsIso(cell)
    return `${JSON.stringify(utils.sheet_to_json(sheet, { defval: null }), undefined, 2)}\n`
  }
  if (from === 'csv') for (const cell of cellsOf(sheet)) toNumbers(cell)
  const written: unknown = write(book, { type: 'buffer', bookType: to, compression: true })
  if (!Buffer.isBuffer(written)) throw new TypeError('the library writes bytes')
  return to === 'ods' ? startWithType(written) : written
}

/** The part that says what a package of OpenDocument is. */
const TYPE = 'mimetype'

/**
 * Has a package begin with what it is, not compressed (OpenDocument 1.3, part 2, 3.3): whoever goes by the first bytes of a
 * file takes it for any ZIP otherwise. The library writes it somewhere in the middle.
 */
async function startWithType(file: Buffer): Promise<Buffer> {
  const zip = await JSZip.loadAsync(file)
  const names = Object.keys(zip.files).filter((name) => !name.endsWith('/') && name !== TYPE)
  const parts = new Map<string, Uint8Array>()
  for (const name of [TYPE, ...names]) {
    const part = zip.file(name)
    if (part !== null) parts.set(name, await part.async('uint8array'))
  }
  return zipParts(parts, TYPE)
}

function firstSheetOf({ SheetNames: names, Sheets: sheets, Workbook: facts }: WorkBook) {
  const shown = names.find((_, index) => (facts?.Sheets?.[index]?.Hidden ?? 0) === 0)
  return sheets[shown ?? names[0] ?? '']
}

function readBook(path: string, from: TableSource): WorkBook {
  try {
    if (from === 'json') return bookOf(rowsOfJson(decodeTextFile(path, 'plain')))
    if (from === 'csv') {
      const text = decodeTextFile(path, 'plain')
      requireNarrow(text)
      return read(text, { type: 'string', raw: true })
    }
    return read(readFileSync(path), {
      type: 'buffer',
      cellFormula: false,
      cellHTML: false,
      cellNF: true,
      dateNF: ISO_DATE,
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

function bookOf(rows: ReturnType<typeof rowsOfJson>): WorkBook {
  const book = utils.book_new()
  const sheet =
    rows.kind === 'arrays' ? utils.aoa_to_sheet(rows.rows) : utils.json_to_sheet(rows.rows)
  utils.book_append_sheet(book, sheet, 'Sheet1')
  return book
}

/** @throws {@link OperationError} for a CSV of which a line has more columns than there may be */
function requireNarrow(csv: string): void {
  for (let start = 0; start < csv.length;) {
    const end = csv.indexOf('\n', start)
    const line = csv.slice(start, end < 0 ? csv.length : end)
    start += line.length + 1
    // A line of as many letters is rare.
    if (line.length < MOST_COLUMNS) continue
    if ((line.match(/[,;\t|]/g)?.length ?? 0) < MOST_COLUMNS) continue
    throw new OperationError('source_exceeds_limit', { most: MOST_COLUMNS, of: 'columns' })
  }
}

function requireFew(sheet: WorkSheet): void {
  const range = utils.decode_range(sheet['!ref'] ?? 'A1')
  const cells = (range.e.r - range.s.r + 1) * (range.e.c - range.s.c + 1)
  if (cells <= MOST_CELLS) return
  throw new OperationError('source_exceeds_limit', { most: MOST_CELLS, of: 'cells' })
}
