import { chooseBuiltInWorker, PICTURE_FORMATS, TEXT_FORMATS } from '../../../contract/actions.ts'
import { formatOfExtension } from '../../../sources/format-lookup.ts'
import type { InputFile } from '../tasks/input-file.ts'
import { TaskError } from '../tasks/task-error.ts'
import { asFormat } from './as-format.ts'
import type { ConvertOptions } from './convert-options.ts'
import type { Converter } from './converter.ts'
import { DOCUMENTS, DRAWN, MERGED, pairs, spellings } from './format-pairs.ts'
import { countPages, inspecting, isReadInPart, requireReadable } from './input-pages.ts'
import type { Wish } from './operation.ts'
import { outputNames } from './output-names.ts'
import { PICTURE_OPTIONS, pictureInstructions } from './picture-options.ts'
import { pagesOf } from './task-options.ts'

/** The most files that one task may make; each is an upload of its own. */
const MOST_PAGES = 1000

const PICTURES: ReadonlySet<string> = new Set(PICTURE_FORMATS)

/** The formats whose files may have all pages or frames of a file of one of them. */
const KEEP_ALL: readonly (readonly string[])[] = [['gif', 'webp'], ['tiff']]

/** Whether pages or frames of a file become files of their own; nobody looks for them in what has one. */
function isDivided({ content, mayHoldSeveral }: InputFile, options: ConvertOptions): boolean {
  const { output_format: fmt } = options
  if (!mayHoldSeveral || !PICTURES.has(fmt)) return false
  // What pages names are files, whatever else there could be.
  if (rangeOf(options) !== undefined) return true
  const into = formatOfExtension(fmt) ?? fmt
  return !KEEP_ALL.some((kinds) => kinds.includes(content ?? '') && kinds.includes(into))
}

function rangeOf({ pages, page_range: range }: ConvertOptions): string | undefined {
  return pages ?? range
}

/** @param report - what was found out about a file that was {@link inspecting inspected} */
function wishesFor(file: InputFile, options: ConvertOptions, report: unknown): Wish[] {
  const fmt = options.output_format
  const action = chooseBuiltInWorker({ fmt })
  const extension = fmt === 'text' ? 'txt' : fmt
  const { filename, password, pixel_density: density } = options
  const source = asFormat(file, options.input_format)
  const opening = password === undefined ? {} : { password }
  if (!PICTURES.has(fmt)) {
    const pages = fmt === 'pdf' ? rangeOf(options) : undefined
    if (fmt === 'pdf') requireReadable(file, pagesOf(pages, countPages(report)))
    const [name = ''] = outputNames(source, { filename, extension, count: 1 })
    const instructions = { fmt, ...opening, ...(pages !== undefined && { pages }) }
    return [{ action, source, instructions, filename: name }]
  }
  const instructions = {
    ...pictureInstructions(fmt, options),
    ...opening,
    ...(density !== undefined && { convertToDpi: density }),
  }
  if (!isDivided(file, options)) {
    const [name = ''] = outputNames(source, { filename, extension, count: 1 })
    return [{ action, source, instructions, filename: name }]
  }
  const pages = requirePages(file, options, countPages(report))
  requireReadable(file, pages)
  const names = outputNames(source, { filename, extension, count: pages.length })
  return pages.map((page, index) => ({
    action,
    source,
    instructions: { ...instructions, animated: false, page },
    filename: names[index] ?? '',
  }))
}

function requirePages(file: InputFile, options: ConvertOptions, count: number): number[] {
  const range = rangeOf(options)
  const pages = pagesOf(range, count)
  if (pages.length > 0 && pages.length <= MOST_PAGES) return pages
  const message =
    pages.length === 0
      ? `pages must name a page of ${file.filename}, which has ${count}, but it is "${range}".`
      : `${file.filename} has ${pages.length} pages to convert, but a task makes at most ${MOST_PAGES}; pages chooses among them.`
  throw new TaskError('INVALID_PAGES', message)
}

/** Makes pictures, texts and PDFs of whatever the engine reads itself; of what has several pages or frames, a file each, unless one file keeps all. */
export const PICTURE_CONVERTER: Converter = {
  pairs: () => [
    ...pairs(DRAWN, PICTURE_FORMATS),
    ...pairs(MERGED, ['pdf']),
    ...pairs(
      spellings(['svg', ...DOCUMENTS]),
      TEXT_FORMATS.filter((name) => name === 'txt'),
    ),
  ],
  makes: () => true,
  reads(fmt, { mayHoldSeveral }) {
    const pages = mayHoldSeveral ? ['pages', 'page_range'] : []
    const picture = [...Object.keys(PICTURE_OPTIONS), 'pixel_density']
    if (PICTURES.has(fmt)) return ['password', ...pages, ...picture]
    return fmt === 'pdf' ? ['password', ...pages] : ['password']
  },
  inspection(file, options) {
    const { input_format: inputFormat, output_format: fmt, password } = options
    const isAsked = isDivided(file, options) || (fmt === 'pdf' && isReadInPart(file))
    return isAsked ? inspecting(asFormat(file, inputFormat), password) : undefined
  },
  wishes: wishesFor,
}
