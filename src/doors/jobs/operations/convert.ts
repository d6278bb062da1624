import * as z from 'zod/mini'
import { splitName } from '../../../base/file-name.ts'
import { chooseBuiltInWorker, PICTURE_FORMATS, TEXT_FORMATS } from '../../../contract/actions.ts'
import { flag, number, wholeNumber } from '../../../contract/text-values.ts'
import { formatOfExtension } from '../../../sources/format-lookup.ts'
import { KNOWN_FORMATS } from '../../../sources/formats.ts'
import type { InputFile } from '../tasks/input-file.ts'
import type { TaskFile } from '../tasks/records.ts'
import { TaskError } from '../tasks/task-error.ts'
import { countPages, inspecting, isReadInPart, requireReadable } from './input-pages.ts'
import { making, type Wish } from './operation.ts'
import { outputNames } from './output-names.ts'
import { COMMON_OPTIONS, fit, optional, pageRange, pagesOf, pixels } from './task-options.ts'

/** The most files that one task may make; each is an upload of its own. */
const MOST_PAGES = 1000

const PICTURES: ReadonlySet<string> = new Set(PICTURE_FORMATS)

/** What `output_format` may be. */
export const OUTPUT_FORMATS = [...PICTURE_FORMATS, 'pdf', ...TEXT_FORMATS] as const

const outputFormat = z.pipe(
  z.transform((value) => (typeof value === 'string' ? value.trim().toLowerCase() : value)),
  z.enum(OUTPUT_FORMATS, { error: `one of ${OUTPUT_FORMATS.join(', ')}` }),
)

/** What a picture may be told, by CloudConvert's names. */
export const PICTURE_OPTIONS = {
  width: optional(pixels),
  height: optional(pixels),
  fit: optional(fit),
  quality: optional(wholeNumber({ min: 1, max: 100, expected: 'a whole number, 1 to 100' })),
  strip: optional(flag()),
  auto_orient: optional(flag()),
}

const convertOptions = z.looseObject({
  ...COMMON_OPTIONS,
  ...PICTURE_OPTIONS,
  output_format: outputFormat,
  pages: optional(pageRange),
  /** The older name of `pages`. */
  page_range: optional(pageRange),
  pixel_density: optional(
    number({ min: 1, max: 2400, expected: 'a number of dots per inch, 1 to 2400' }),
  ),
  password: optional(z.string({ error: 'a text' })),
})

type PictureOptions = Partial<z.infer<z.ZodMiniObject<typeof PICTURE_OPTIONS>>>
type ConvertOptions = z.infer<typeof convertOptions>

/** Instructions of a picture, from CloudConvert's options. */
export function pictureInstructions(fmt: string, options: PictureOptions): Record<string, unknown> {
  const { width, height, quality, strip, auto_orient: autoOrient } = options
  return {
    fmt,
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(options.fit !== undefined && { fit: options.fit }),
    ...(quality !== undefined && { quality }),
    ...(strip === true && { strip }),
    ...(autoOrient === false && { autoOrient }),
    // As people expect it of one animation that becomes another.
    animated: true,
  }
}

/** A file under the name that says what the client says it is. */
export function asFormat(file: TaskFile, inputFormat: string | undefined): TaskFile {
  if (inputFormat === undefined) return file
  const id = formatOfExtension(inputFormat.toLowerCase())
  const contentType = id === undefined ? file.contentType : KNOWN_FORMATS[id].mediaType
  return { ...file, filename: `${splitName(file.filename).base}.${inputFormat}`, contentType }
}

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
    if (fmt === 'pdf') requireReadable(file, pagesOf(undefined, countPages(report)))
    const [name = ''] = outputNames(source, { filename, extension, count: 1 })
    return [{ action, source, instructions: { fmt, ...opening }, filename: name }]
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

/** Makes another format of each file; of what has several pages or frames, a file each, unless one file keeps all. */
export const CONVERT = making({
  name: 'convert',
  inputs: 'required',
  options: convertOptions,
  secrets: ['password'],
  plan(options, inputs, stage, reports) {
    const { input_format: inputFormat, output_format: fmt, password } = options
    const unknown = inputs.filter(
      (file) => isDivided(file, options) || (fmt === 'pdf' && isReadInPart(file)),
    )
    const first = unknown.length > 0 ? 1 : 0
    if (stage < first)
      return unknown.map((file) => inspecting(asFormat(file, inputFormat), password))
    if (stage > first) return { result: {} }
    return inputs.flatMap((file) => wishesFor(file, options, reports[unknown.indexOf(file)]))
  },
})

/** Makes a small picture of each file. */
export const THUMBNAIL = making({
  name: 'thumbnail',
  inputs: 'required',
  options: z.looseObject({
    ...COMMON_OPTIONS,
    ...PICTURE_OPTIONS,
    output_format: z._default(
      z.enum(['png', 'jpg', 'webp'], { error: '"png", "jpg" or "webp"' }),
      'png',
    ),
  }),
  plan(options, inputs, stage) {
    if (stage > 0) return { result: {} }
    const { output_format: extension, filename } = options
    return inputs.map((file) => {
      const source = asFormat(file, options.input_format)
      const [name = ''] = outputNames(source, { filename, extension, count: 1 })
      const { animated: _all, ...instructions } = pictureInstructions(extension, options)
      return { action: 'worker', source, instructions, filename: name }
    })
  },
})
