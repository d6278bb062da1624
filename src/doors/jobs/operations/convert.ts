import * as z from 'zod/mini'
import { asFormat } from './as-format.ts'
import { convertOptions } from './convert-options.ts'
import { converterOf } from './converters.ts'
import { making, type Wish } from './operation.ts'
import { outputNames } from './output-names.ts'
import { PICTURE_OPTIONS, pictureInstructions } from './picture-options.ts'
import { COMMON_OPTIONS } from './task-options.ts'

/** Makes another format of each file, by whatever converter does so. */
export const CONVERT = making({
  name: 'convert',
  inputs: 'required',
  options: convertOptions,
  secrets: ['password'],
  plan(options, inputs, stage, reports, programs) {
    const chosen = inputs.map((file) => {
      const converter = converterOf(file, options.output_format)
      return { file, converter, inspection: converter.inspection?.(file, options) }
    })
    const inspected = chosen.filter(({ inspection }) => inspection !== undefined)
    const first = inspected.length > 0 ? 1 : 0
    if (stage < first) return inspected.flatMap(({ inspection }) => inspection ?? [])
    if (stage > first) return { result: {} }
    return chosen.flatMap((each) => {
      const report = reports[inspected.indexOf(each)]
      return each.converter.wishes(each.file, options, report, programs)
    })
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
    return inputs.map((file): Wish => {
      const source = asFormat(file, options.input_format)
      const [name = ''] = outputNames(source, { filename, extension, count: 1 })
      const { animated: _all, ...instructions } = pictureInstructions(extension, options)
      return { action: 'worker', source, instructions, filename: name }
    })
  },
})
