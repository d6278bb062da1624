import * as z from 'zod/mini'
import type { FoundPrograms } from '../../../programs/programs.ts'
import type { InputFile } from '../tasks/input-file.ts'
import type { TaskFile } from '../tasks/records.ts'
import { asFormat } from './as-format.ts'
import { type ConvertOptions, convertOptions } from './convert-options.ts'
import { converterOf } from './converters.ts'
import { tellIdleOptions } from './idle-options.ts'
import { officeIdOf, pdfBetween } from './office-converter.ts'
import { making, type Wish } from './operation.ts'
import { outputNames } from './output-names.ts'
import { PICTURE_OPTIONS, pictureInstructions } from './picture-options.ts'
import { COMMON_OPTIONS, optional } from './task-options.ts'
import { isSound, isVideo } from './video-converter.ts'
import { COUNT_OF_PICTURES, STILL_OPTIONS, TIMESTAMP } from './video-options.ts'

/** A file to be converted, and what is said of it. */
interface Given {
  readonly file: InputFile
  readonly given: ConvertOptions
}

/**
 * What has to be made of some files before they are converted, and what is to be converted once it is made.
 *
 * @param intermediates - what has been made already
 */
function prepare(
  inputs: readonly InputFile[],
  options: ConvertOptions,
  programs: FoundPrograms,
  intermediates: readonly InputFile[],
): { wishes: Wish[]; files: Given[] } {
  const { input_format: inputFormat, output_format: fmt } = options
  const wishes: Wish[] = []
  const files = inputs.map((input): Given => {
    const file = { ...input, ...asFormat(input, inputFormat) }
    const wish = converterOf(file, fmt, programs).preparation?.(file, options)
    if (wish === undefined) return { file: input, given: options }
    const made = intermediates[wishes.push(wish) - 1]
    // What was said of the input is not true of what was made of it.
    return { file: made ?? input, given: { ...options, input_format: undefined } }
  })
  return { wishes, files }
}

const CONVERT_NAMES = Object.keys(convertOptions.def.shape)

/** Makes another format of each file, by whatever converter does so. */
export const CONVERT = making({
  name: 'convert',
  inputs: 'required',
  options: convertOptions,
  secrets: ['password'],
  plan(options, inputs, stage, reports, programs, intermediates) {
    const preparing = prepare(inputs, options, programs, intermediates)
    const before = preparing.wishes.length > 0 ? 1 : 0
    if (stage < before) return preparing.wishes
    const chosen = preparing.files.map(({ file, given }) => {
      const named = { ...file, ...asFormat(file, given.input_format) }
      const converter = converterOf(named, given.output_format, programs)
      return { file, given, converter, inspection: converter.inspection?.(file, given) }
    })
    const inspected = chosen.filter(({ inspection }) => inspection !== undefined)
    const first = before + (inspected.length > 0 ? 1 : 0)
    if (stage < first) return inspected.flatMap(({ inspection }) => inspection ?? [])
    if (stage > first) {
      const { output_format: fmt } = options
      const asGiven = inputs.map((file) => {
        const named = { ...file, ...asFormat(file, options.input_format) }
        return { file, converter: converterOf(named, fmt, programs) }
      })
      const read = [...asGiven, ...chosen].flatMap(({ file, converter }) =>
        converter.reads(fmt, file),
      )
      return { result: {}, remarks: tellIdleOptions(options, CONVERT_NAMES, read) }
    }
    return chosen.flatMap((each) => {
      const report = reports[inspected.indexOf(each)]
      return each.converter.wishes(each.file, each.given, report, programs)
    })
  },
})

const thumbnailOptions = z.looseObject({
  ...COMMON_OPTIONS,
  ...PICTURE_OPTIONS,
  output_format: z._default(
    z.enum(['png', 'jpg', 'webp'], { error: '"png", "jpg" or "webp"' }),
    'png',
  ),
  count: COUNT_OF_PICTURES,
  timestamp: TIMESTAMP,
  ...STILL_OPTIONS,
  password: optional(z.string({ error: 'a text' })),
})

const THUMBNAIL_NAMES = Object.keys(thumbnailOptions.def.shape)

/** Which options say something to the small pictures of a file. */
function readOfThumbnail(
  file: InputFile,
  { count = 1, filmstrip, waveform }: z.infer<typeof thumbnailOptions>,
): string[] {
  const picture = Object.keys(PICTURE_OPTIONS)
  if (!isVideo(file) && !isSound(file)) {
    const isLocked = file.content === 'pdf' || officeIdOf(file) !== undefined
    return [...picture, ...(isLocked ? ['password'] : [])]
  }
  if (filmstrip !== undefined || waveform !== undefined || isSound(file)) {
    return [...picture, 'filmstrip', 'waveform']
  }
  return [...picture, 'count', ...(count === 1 ? ['timestamp'] : [])]
}

/** Makes a small picture of each file; of a video as many as are wanted. */
export const THUMBNAIL = making({
  name: 'thumbnail',
  inputs: 'required',
  options: thumbnailOptions,
  secrets: ['password'],
  plan(options, inputs, stage, _reports, { soffice }, intermediates) {
    const { password } = options
    const opens = password === undefined ? {} : { password }
    const given = inputs.map((file) => ({ ...file, ...asFormat(file, options.input_format) }))
    const offices =
      soffice === undefined ? [] : given.filter((file) => officeIdOf(file) !== undefined)
    const first = offices.length > 0 ? 1 : 0
    if (stage < first) return offices.map((file) => pdfBetween(file, { pages: '1', ...opens }))
    if (stage > first) {
      const read = given.flatMap((file) => readOfThumbnail(file, options))
      return { result: {}, remarks: tellIdleOptions(options, THUMBNAIL_NAMES, read) }
    }
    const { output_format: extension, filename, filmstrip, waveform } = options
    const isOne = filmstrip !== undefined || waveform !== undefined
    return given.flatMap((file): Wish[] => {
      const source: TaskFile = intermediates[offices.indexOf(file)] ?? file
      const moments = isVideo(file) && !isOne ? momentsOf(options) : [undefined]
      const names = outputNames(source, { filename, extension, count: moments.length })
      const { animated: _all, ...instructions } = pictureInstructions(extension, options)
      const isPlayed = isVideo(file) || isSound(file)
      return moments.map((timestamp, index) => ({
        action: isPlayed ? 'video' : 'worker',
        source,
        instructions: {
          ...instructions,
          ...(timestamp !== undefined && { timestamp }),
          ...(isPlayed && filmstrip !== undefined && { filmstrip }),
          ...(isPlayed && waveform !== undefined && { waveform }),
          ...(source === file && file.content === 'pdf' && opens),
        },
        filename: names[index] ?? '',
      }))
    })
  },
})

/** The moments of a video that are shown: one, or several that part it evenly. */
function momentsOf({
  count = 1,
  timestamp,
}: {
  readonly count?: number | undefined
  readonly timestamp?: number | string | undefined
}): (number | string | undefined)[] {
  if (count === 1) return [timestamp]
  return Array.from({ length: count }, (_, index) => `${((index + 0.5) / count) * 100}%`)
}
