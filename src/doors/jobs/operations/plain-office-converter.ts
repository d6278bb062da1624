import { hasBrowser } from '../../../programs/browser.ts'
import type { FormatId } from '../../../sources/formats.ts'
import { captureReads, requireBrowser } from './capture-task.ts'
import type { Converter } from './converter.ts'
import { pairs, spellings } from './format-pairs.ts'
import { captureWish, formatOf } from './page-converter.ts'

/** Documents whose text and tables are read here, and shown as pages. */
const READ_HERE: readonly FormatId[] = ['docx', 'xlsx', 'ods', 'csv']

/**
 * Makes PDFs of office documents where there is no office program: of what is in them, and not of how they look on paper. It comes after
 * whatever does so with one.
 */
export const PLAIN_OFFICE_CONVERTER: Converter = {
  pairs: (programs) => (hasBrowser(programs) ? pairs(spellings(READ_HERE), ['pdf']) : []),
  makes(file, fmt) {
    const format = formatOf(file)
    return fmt === 'pdf' && format !== undefined && READ_HERE.includes(format)
  },
  reads: captureReads,
  wishes(file, options, _report, programs) {
    requireBrowser(programs, `A PDF of ${file.filename}`)
    return [captureWish(file, options)]
  },
}
