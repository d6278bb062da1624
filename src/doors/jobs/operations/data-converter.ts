import { splitName } from '../../../base/file-name.ts'
import { DATA_CONVERSIONS } from '../../../sources/data-conversions.ts'
import { formatOfExtension } from '../../../sources/format-lookup.ts'
import { type FormatId, KNOWN_FORMATS } from '../../../sources/formats.ts'
import type { InputFile } from '../tasks/input-file.ts'
import { asFormat } from './as-format.ts'
import type { Converter } from './converter.ts'
import { pairs, spellings } from './format-pairs.ts'
import { outputNames } from './output-names.ts'

// A drawing that stays one is optimised, not converted.
const { svg: _optimised, ...others } = DATA_CONVERSIONS
const CONVERTED: Readonly<Partial<Record<FormatId, readonly string[]>>> = others

const SOURCES: readonly FormatId[] = [
  ...(['csv', 'xlsx', 'ods', 'json', 'markdown', 'html', 'xhtml', 'text', 'docx', 'epub'] as const),
  ...(['ttf', 'otf', 'woff', 'woff2'] as const),
]

/** Texts, whose name alone tells what they are, which may have changed since they were read. */
const TOLD_BY_NAME: readonly string[] = ['text', 'csv', 'markdown', 'json']

/** What a file is: by its content, and by its name where that tells nothing more than that it is a package or a text. */
function kindOf({ filename, content }: InputFile): FormatId | undefined {
  const named = formatOfExtension(splitName(filename).extension.slice(1).toLowerCase())
  if (content === 'package') return named
  if (content !== undefined && TOLD_BY_NAME.includes(content)) {
    return named !== undefined && KNOWN_FORMATS[named].group === 'text' ? named : 'text'
  }
  return content === 'compound' ? undefined : content
}

/**
 * What keeps its looks where an office program makes it. Texts are not among them: an office writes HTML and books full of styles of its
 * own, and makes letters of pages whose headings are none.
 */
const LOOKED_AT: ReadonlySet<string> = new Set(['xlsx ods', 'ods xlsx'])

/** Converts tables, texts with markup and fonts. */
export const DATA_CONVERTER: Converter = {
  pairs: () => SOURCES.flatMap((id) => pairs(spellings([id]), CONVERTED[id] ?? [])),
  makes(file, outputFormat, { soffice }) {
    const kind = kindOf(file)
    if (soffice !== undefined && LOOKED_AT.has(`${kind} ${outputFormat}`)) return false
    return kind !== undefined && (CONVERTED[kind]?.includes(outputFormat) ?? false)
  },
  reads: () => [],
  wishes(file, { output_format: fmt, filename, input_format: inputFormat }) {
    const [name = ''] = outputNames(file, { filename, extension: fmt, count: 1 })
    const source = asFormat(file, inputFormat)
    const [from] = KNOWN_FORMATS[kindOf({ ...file, ...source }) ?? 'text'].extensions
    return [{ action: 'data', source, instructions: { fmt, from }, filename: name }]
  },
}
