import { splitName } from '../../../base/file-name.ts'
import { COLORSPACES } from '../../../contract/instructions/picture-instructions.ts'
import { missingProgram } from '../../../programs/missing-program.ts'
import type { FoundPrograms } from '../../../programs/programs.ts'
import { formatOfExtension } from '../../../sources/format-lookup.ts'
import { type FormatId, KNOWN_FORMATS } from '../../../sources/formats.ts'
import type { InputFile } from '../tasks/input-file.ts'
import { TaskError } from '../tasks/task-error.ts'
import { asFormat } from './as-format.ts'
import { countPages, inspecting, isReadInPart, requireReadable } from './input-pages.ts'
import { making, type Wish } from './operation.ts'
import { optimizeOptions, readOfOptimize, tellIdleOfOptimize } from './optimize-options.ts'
import { outputNames } from './output-names.ts'
import { pictureInstructions } from './picture-options.ts'
import { pagesOf } from './task-options.ts'
import { MARK_OPTIONS, tellIdleOfWatermark, watermarkOptions } from './watermark-options.ts'

/** CloudConvert's profiles of `optimize`, and the instruction `optimize` that comes nearest. */
const PROFILES = {
  web: 'web',
  print: 'print',
  archive: 'lossless',
  mrc: 'web',
  max: 'max',
} as const

/** The extension of a file that stays what it is: that of its name, in small letters, unless it is of another format. */
function extensionOf(
  { filename, content }: InputFile,
  what: string,
  possible: readonly FormatId[],
): string {
  const kind = possible.find((each) => each === content)
  if (kind === undefined) {
    const message = `${what} takes ${possible.join(', ')} files, but ${filename} is none of them.`
    throw new TaskError('INVALID_INPUT', message)
  }
  const extension = splitName(filename).extension.slice(1).toLowerCase()
  return formatOfExtension(extension) === kind ? extension : KNOWN_FORMATS[kind].extensions[0]
}

/** @throws {TaskError} INVALID_OPTIONS when a file cannot have colours, ENGINE_NOT_AVAILABLE when nothing here gives them */
function requireColours(
  { filename, content }: InputFile,
  colorspace: string | undefined,
  programs: FoundPrograms,
): void {
  if (colorspace === undefined || colorspace === 'unchanged') return
  if (content === 'svg') {
    const message = `colorspace is for pictures of pixels and PDFs, but ${filename} is a drawing; use unchanged.`
    throw new TaskError('INVALID_OPTIONS', message)
  }
  if (colorspace === 'cmyk' && content !== 'jpeg' && content !== 'pdf') {
    const message = `colorspace cmyk is for JPEG and PDF files, but ${filename} is neither; use rgb or grayscale.`
    throw new TaskError('INVALID_OPTIONS', message)
  }
  if (content === 'pdf' && programs.gs === undefined) {
    const { message } = missingProgram('gs', 'Changing the colours of a PDF')
    throw new TaskError('ENGINE_NOT_AVAILABLE', message)
  }
}

/** What gives a file other colours. */
const COLOURED = COLORSPACES.filter((each) => each !== 'unchanged')

/** Makes PNG, JPEG, WebP, GIF, SVG and PDF files smaller, and never larger. */
export const OPTIMIZE = making({
  name: 'optimize',
  inputs: 'required',
  options: optimizeOptions,
  secrets: ['password'],
  plan(options, inputs, stage, _reports, programs) {
    if (stage > 0) {
      return { result: {}, remarks: tellIdleOfOptimize(options, inputs) }
    }
    const { profile, quality, filename, password, colorspace, strip = false } = options
    return inputs.map((file): Wish => {
      const source = asFormat(file, options.input_format)
      const fmt = extensionOf(file, 'optimize', ['png', 'jpeg', 'webp', 'gif', 'svg', 'pdf'])
      const [name = ''] = outputNames(file, { filename, extension: fmt, count: 1 })
      const isPdf = file.content === 'pdf'
      const isRead = (option: string) => readOfOptimize(file.content, options).includes(option)
      const { flatten_signatures: flattenSignatures, target_size: targetSize } = options
      requireColours(file, colorspace, programs)
      if (targetSize !== undefined && file.content === 'svg') {
        const message = `target_size is for pictures of pixels and PDFs, but ${file.filename} is a drawing; use profile.`
        throw new TaskError('INVALID_OPTIONS', message)
      }
      if (file.content === 'svg') {
        const instructions = { fmt: 'svg', from: 'svg', ...(strip && { strip }) }
        return { action: 'data', source, instructions, filename: name }
      }
      return {
        action: isPdf ? 'pdf' : 'worker',
        source,
        instructions: {
          fmt,
          optimize: isPdf ? profile : PROFILES[profile],
          ...((file.content === 'webp' || file.content === 'gif') && { animated: true }),
          ...(quality !== undefined && isRead('quality') && { quality }),
          ...(!isPdf && strip && { strip }),
          ...(targetSize !== undefined && { targetSize }),
          ...(colorspace !== undefined && { colorspace }),
          ...(isPdf && flattenSignatures !== undefined && { flattenSignatures }),
          ...(isPdf && password !== undefined && { password }),
        },
        filename: name,
      }
    })
  },
  tell(inputs, made, { colorspace }) {
    // In other colours a file may have as many bytes, and is another one all the same.
    if (COLOURED.some((each) => each === colorspace)) return undefined
    const same = inputs.filter(({ size }, index) => made[index]?.size === size)
    if (same.length === 0) return undefined
    const names = same.map(({ filename }) => filename).join(', ')
    return `Could not be made smaller, and so stays as it is: ${names}.`
  },
})

/** What a watermark is put on; each stays what it is. */
const MARKED_FORMATS = ['png', 'jpeg', 'webp', 'tiff', 'gif', 'avif', 'pdf'] as const

/** Puts a text or a picture on pictures and on pages of PDFs. */
export const WATERMARK = making({
  name: 'watermark',
  // Java's client has none, and wants it to end well.
  inputs: 'optional',
  options: watermarkOptions,
  secrets: ['password'],
  plan(options, inputs, stage, reports) {
    const { image, filename, input_format: inputFormat, password } = options
    // The task of the picture comes last among the inputs.
    const files = image === undefined ? inputs : inputs.slice(0, -1)
    const picture = image === undefined ? undefined : inputs.at(-1)
    const unknown = files.filter(isReadInPart)
    const first = unknown.length > 0 ? 1 : 0
    if (stage > first || files.length === 0) {
      const isPicture = picture !== undefined
      return { result: {}, remarks: tellIdleOfWatermark(options, files, isPicture) }
    }
    const members: Readonly<Record<string, unknown>> = options
    const watermark = Object.fromEntries(
      Object.entries(MARK_OPTIONS).flatMap(([name, [called]]) =>
        members[name] === undefined ? [] : [[called, members[name]]],
      ),
    )
    if (picture === undefined && watermark['text'] === undefined) {
      throw new TaskError(
        'INVALID_OPTIONS',
        'text is missing; it must be a text, unless image names a task.',
      )
    }
    if (stage < first) return unknown.map((file) => inspecting(asFormat(file, inputFormat)))
    for (const [index, file] of unknown.entries()) {
      requireReadable(file, pagesOf(undefined, countPages(reports[index])))
    }
    return files.map((file): Wish => {
      const source = asFormat(file, inputFormat)
      const extension = extensionOf(file, 'watermark', MARKED_FORMATS)
      const [name = ''] = outputNames(file, { filename, extension, count: 1 })
      const isPdf = file.content === 'pdf'
      return {
        action: isPdf ? 'pdf' : 'worker',
        source,
        instructions: {
          ...(isPdf ? { fmt: 'pdf' } : pictureInstructions(extension, {})),
          ...(isPdf && password !== undefined && { password }),
          watermark: {
            ...watermark,
            ...(picture && {
              image: '',
              positionVertical: watermark['positionVertical'] ?? 'center',
            }),
          },
        },
        ...(picture && { urls: [{ path: ['watermark', 'image'], object: picture.object }] }),
        filename: name,
      }
    })
  },
})
