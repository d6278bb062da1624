import type { FormatId } from '../../../sources/formats.ts'
import type { InputFile } from '../tasks/input-file.ts'
import { asFormat } from './as-format.ts'
import type { Converter } from './converter.ts'
import { pairs, spellings } from './format-pairs.ts'
import { officeIdOf } from './office-converter.ts'
import { outputNames } from './output-names.ts'
import { formatOf } from './page-converter.ts'

/** Documents whose headings, lists, tables and links are read here, and what becomes of them. */
const READ_HERE: readonly FormatId[] = [
  ...(['pdf', 'ai', 'pptx', 'odt', 'odp', 'rtf', 'mhtml', 'doc', 'ppt', 'xls'] as const),
  ...(['xlsx', 'ods', 'csv'] as const),
]
const MADE: readonly string[] = ['md', 'html']

function kindOf(file: InputFile): FormatId | undefined {
  return officeIdOf(file) ?? formatOf(file)
}

/** Makes Markdown and pages of the text of documents; what else makes them with their looks, or of other texts, comes before it. */
export const MARKUP_CONVERTER: Converter = {
  pairs: () => pairs(spellings(READ_HERE), MADE),
  makes(file, fmt) {
    const kind = kindOf(file)
    return MADE.includes(fmt) && kind !== undefined && READ_HERE.includes(kind)
  },
  reads: () => ['password'],
  wishes(file, { output_format: fmt, filename, input_format: inputFormat, password }) {
    const source = asFormat(file, inputFormat)
    const [name = ''] = outputNames(source, { filename, extension: fmt, count: 1 })
    const instructions = { fmt, ...(password !== undefined && { password }) }
    return [{ action: 'document', source, instructions, filename: name }]
  },
}
