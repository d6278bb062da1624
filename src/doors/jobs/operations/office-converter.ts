import { splitName } from '../../../base/file-name.ts'
import { PICTURE_FORMATS, TEXT_FORMATS } from '../../../contract/actions.ts'
import { missingProgram } from '../../../programs/missing-program.ts'
import { formatOfExtension } from '../../../sources/format-lookup.ts'
import { type FormatId, KNOWN_FORMATS } from '../../../sources/formats.ts'
import {
  familyOf,
  isMadeByOffice,
  isOfficeSourceId,
  OFFICE_FAMILIES,
  OFFICE_SOURCES,
  type OfficeSourceId,
} from '../../../sources/office-formats.ts'
import type { InputFile } from '../tasks/input-file.ts'
import { TaskError } from '../tasks/task-error.ts'
import { asFormat } from './as-format.ts'
import type { ConvertOptions } from './convert-options.ts'
import type { Converter } from './converter.ts'
import { DRAWN, type FormatPair, pairs, spellings } from './format-pairs.ts'
import { OFFICE_OPTIONS, officeInstructions } from './office-options.ts'
import type { Wish } from './operation.ts'
import { outputNames } from './output-names.ts'

const PICTURES: ReadonlySet<string> = new Set(PICTURE_FORMATS)
const TEXTS: readonly string[] = TEXT_FORMATS

/** Formats of before 2007, whose text only an office reads, and those that it is read from. */
const SUCCESSORS: Readonly<Partial<Record<FormatId, OfficeSourceId>>> = {
  doc: 'docx',
  xls: 'xlsx',
  ppt: 'pptx',
}

/** What an office takes a file for; undefined when it does not open it, or a package does not say what it is. */
export function officeIdOf({ content, filename }: InputFile): OfficeSourceId | undefined {
  const named = formatOfExtension(splitName(filename).extension.slice(1).toLowerCase())
  const group = named && KNOWN_FORMATS[named].group
  if (content === 'package' || content === 'compound') {
    return isOfficeSourceId(named) && group === 'office' ? named : undefined
  }
  // What is called a picture and is a text is no letter; of an office file the action says that it is damaged.
  const isOther = group !== undefined && group !== 'text' && group !== 'office'
  return isOfficeSourceId(content) && !isOther ? content : undefined
}

/** What an office has to make of a file, so that something else makes a format of it. */
function stepTo(file: InputFile, outputFormat: string): 'pdf' | OfficeSourceId | undefined {
  const id = officeIdOf(file)
  if (id === undefined) return undefined
  if (PICTURES.has(outputFormat)) return 'pdf'
  return TEXTS.includes(outputFormat) ? SUCCESSORS[id] : undefined
}

/** Has an office make a file, whatever then becomes of it. */
export function officeWish(
  file: InputFile,
  fmt: string,
  options: Partial<Pick<ConvertOptions, 'input_format' | 'filename' | 'password'>>,
  instructions: Readonly<Record<string, unknown>> = {},
): Wish & { readonly filename: string } {
  const { input_format: inputFormat, filename, password } = options
  const source = asFormat(file, inputFormat)
  const [name = ''] = outputNames(source, { filename, extension: fmt, count: 1 })
  return {
    action: 'office',
    source,
    instructions: { fmt, ...(password !== undefined && { password }), ...instructions },
    filename: name,
  }
}

/** Has an office make a PDF on the way to something else, see {@link officeWish}. */
export function pdfBetween(
  file: InputFile,
  instructions?: Readonly<Record<string, unknown>>,
): Wish {
  const wish = officeWish(file, 'pdf', {}, instructions)
  return { ...wish, filename: { intermediate: wish.filename } }
}

/** Makes formats of office files by the LibreOffice of the machine, and pictures and texts of what it makes. */
export const OFFICE_CONVERTER: Converter = {
  pairs: ({ soffice }) => (soffice === undefined ? [] : OFFICE_SOURCES.flatMap(pairsOf)),
  makes: (file, outputFormat, { soffice }) =>
    soffice !== undefined &&
    (isOfficePair(file, outputFormat) || stepTo(file, outputFormat) !== undefined),
  reads: (fmt) =>
    fmt === 'pdf'
      ? ['password', 'pages', 'page_range', ...Object.keys(OFFICE_OPTIONS)]
      : ['password'],
  preparation(file, options) {
    const step = stepTo(file, options.output_format)
    if (step === undefined) return undefined
    const wish = officeWish(file, step, { ...options, filename: undefined })
    return { ...wish, filename: { intermediate: wish.filename } }
  },
  wishes(file, options) {
    const { output_format: fmt, pages, page_range: range } = options
    const chosen = pages ?? range
    const instructions = {
      ...(chosen !== undefined && { pages: chosen }),
      ...officeInstructions(options),
    }
    return [officeWish(file, fmt, options, fmt === 'pdf' ? instructions : {})]
  },
}

/** Says what is missing where there is no LibreOffice, of what nothing else makes; what else does comes before it. */
export const MISSING_OFFICE: Converter = {
  pairs: () => [],
  makes: (file, outputFormat, { soffice }) =>
    soffice === undefined &&
    (isOfficePair(file, outputFormat) ||
      (stepTo(file, outputFormat) !== undefined && !isDrawnHere(file))),
  reads: () => [],
  wishes(file, { output_format: fmt }) {
    throw officeMissing(file, fmt)
  },
}

/** The failure of a task that takes LibreOffice where there is none. */
export function officeMissing({ filename }: InputFile, fmt: string): TaskError {
  const id = formatOfExtension(fmt)
  const made = id === undefined ? fmt.toUpperCase() : KNOWN_FORMATS[id].title
  const { message } = missingProgram('soffice', `Making ${made} of ${filename}`)
  return new TaskError('ENGINE_NOT_AVAILABLE', message)
}

/** Whether the engine itself makes pictures of an office file: of what it carries, or of its text. */
function isDrawnHere(file: InputFile): boolean {
  const id = officeIdOf(file)
  const extensions: readonly string[] = id === undefined ? [] : KNOWN_FORMATS[id].extensions
  return DRAWN.some(({ name }) => extensions.includes(name))
}

function isOfficePair(file: InputFile, outputFormat: string): boolean {
  return (
    !TEXTS.includes(outputFormat) &&
    isMadeByOffice(officeIdOf(file), formatOfExtension(outputFormat) ?? outputFormat)
  )
}

function pairsOf(from: OfficeSourceId): FormatPair[] {
  const targets: readonly string[] = OFFICE_FAMILIES[familyOf(from)].to.filter(
    (to) => to !== 'text' && to !== from,
  )
  const texts = Object.hasOwn(SUCCESSORS, from) ? ['txt'] : []
  return pairs(spellings([from]), [...targets, ...PICTURE_FORMATS, ...texts])
}
