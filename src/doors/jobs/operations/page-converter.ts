import { splitName } from '../../../base/file-name.ts'
import { hasBrowser } from '../../../programs/browser.ts'
import { formatOfExtension } from '../../../sources/format-lookup.ts'
import { type FormatId, KNOWN_FORMATS } from '../../../sources/formats.ts'
import type { InputFile } from '../tasks/input-file.ts'
import { asFormat } from './as-format.ts'
import { captureReads, requireBrowser } from './capture-task.ts'
import type { ConvertOptions } from './convert-options.ts'
import type { Converter } from './converter.ts'
import { pairs, spellings } from './format-pairs.ts'
import { layoutInstructions } from './layout-options.ts'
import type { Wish } from './operation.ts'
import { outputNames } from './output-names.ts'

/** What is shown as a page, and what becomes of it. */
const DRAWN_PAGES: readonly FormatId[] = ['html', 'xhtml', 'markdown', 'zip']
const PRINTED_PAGES: readonly FormatId[] = [...DRAWN_PAGES, 'epub', 'svg']

const PICTURES: readonly string[] = ['png', 'jpg', 'jpeg']

/** What a file is. Of some the first bytes say no more than that it is a text, or an archive of parts: then its name does. */
export function formatOf({ content, filename }: InputFile): FormatId | undefined {
  const called = formatOfExtension(splitName(filename).extension.slice(1).toLowerCase())
  if (content === 'package') return called ?? 'zip'
  if (content === 'compound') return undefined
  if (content !== undefined && content !== 'text') return content
  return called !== undefined && KNOWN_FORMATS[called].group === 'text' ? called : content
}

/** Has a file captured as a page. */
export function captureWish(file: InputFile, options: ConvertOptions): Wish {
  const { output_format: fmt, filename, quality } = options
  const source = asFormat(file, options.input_format)
  const pages = options.pages ?? options.page_range
  const [name = ''] = outputNames(source, { filename, extension: fmt, count: 1 })
  return {
    action: 'capture',
    source,
    instructions: {
      fmt,
      capture: {
        ...(pages !== undefined && { pages }),
        ...(quality !== undefined && { quality }),
        ...layoutInstructions(options),
      },
    },
    filename: name,
  }
}

/** Makes PDFs and pictures of what browsers show: pages, books, drawings, and sites in a ZIP. */
export const PAGE_CONVERTER: Converter = {
  pairs: (programs) =>
    hasBrowser(programs)
      ? [
          ...pairs(spellings(DRAWN_PAGES), ['pdf', ...PICTURES]),
          ...pairs(spellings(['epub', 'svg']), ['pdf']),
        ]
      : [],
  makes(file, fmt, programs) {
    const format = formatOf(file)
    if (format === undefined) return false
    // There is another way from drawings to PDFs.
    if (format === 'svg' && !hasBrowser(programs)) return false
    return fmt === 'pdf'
      ? PRINTED_PAGES.includes(format)
      : PICTURES.includes(fmt) && DRAWN_PAGES.includes(format)
  },
  reads: captureReads,
  wishes(file, options, _report, programs) {
    requireBrowser(programs, `A ${options.output_format} of ${file.filename}`)
    return [captureWish(file, options)]
  },
}
