import { readFileSync } from 'node:fs'
import { read, utils } from '@e965/xlsx'
import { corruptSource } from '../../base/operation-error.ts'
import { escapeText } from '../markup/write-html.ts'
import { decodeTextFile } from '../text/text-source.ts'
import { paper } from './paper.ts'

/** A table of so many columns is wider than a page is high, and is put across it. */
const MANY_COLUMNS = 8

/**
 * The page that a table is: each of its sheets by name, with what its cells show. Texts stay texts, whatever a program of tables
 * would make of them.
 *
 * @throws {@link OperationError} when it is damaged
 */
export function sheetsToHtml(path: string, kind: 'xlsx' | 'ods' | 'csv'): string {
  const book = open(path, kind)
  let columns = 0
  const sheets = book.SheetNames.flatMap((name) => {
    const sheet = book.Sheets[name]
    if (sheet?.['!ref'] === undefined) return []
    columns = Math.max(columns, utils.decode_range(sheet['!ref']).e.c + 1)
    const title = book.SheetNames.length > 1 ? `<h2>${escapeText(name)}</h2>` : ''
    return [`<section class="sheet">${title}${utils.sheet_to_html(sheet, PARTS)}</section>`]
  })
  return paper(
    sheets.join('\n'),
    columns > MANY_COLUMNS ? { style: '@page { size: a4 landscape }' } : {},
  )
}

const PARTS = { header: '', footer: '' }

function open(path: string, kind: 'xlsx' | 'ods' | 'csv') {
  try {
    if (kind !== 'csv') return read(readFileSync(path), { dense: false })
    const text = decodeTextFile(path, 'plain')
    return read(text, { type: 'string', raw: true })
  } catch (error) {
    throw corruptSource(kind.toUpperCase(), { cause: error })
  }
}
