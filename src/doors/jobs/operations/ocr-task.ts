import * as z from 'zod/mini'
import { flag } from '../../../contract/text-values.ts'
import { LANGUAGE_CODES, type Language, missingLanguages } from '../../../programs/tesseract.ts'
import { TaskError } from '../tasks/task-error.ts'
import { asFormat } from './as-format.ts'
import { making, type Wish } from './operation.ts'
import { outputNames } from './output-names.ts'
import { COMMON_OPTIONS, optional } from './task-options.ts'

const CODES = `codes of languages among ${LANGUAGE_CODES.join(', ')}`

/** A list, or a text as forms send it: "eng,deu" or, as Tesseract itself has it, "eng+deu". */
const languages: z.ZodMiniType<readonly Language[] | undefined> = optional(
  z.pipe(
    z.transform((value: unknown) =>
      typeof value === 'string' ? value.split(/[\s,+]+/).filter((each) => each !== '') : value,
    ),
    z.readonly(z.array(z.enum(LANGUAGE_CODES, { error: CODES }), { error: CODES })),
  ),
)

/** Lays the text that is recognised over the pages of scans, PDFs or pictures. */
export const OCR = making({
  name: 'pdf/ocr',
  inputs: 'required',
  options: z.looseObject({
    ...COMMON_OPTIONS,
    password: optional(z.string({ error: 'a text' })),
    auto_orient: optional(flag()),
    language: languages,
  }),
  secrets: ['password'],
  plan(options, inputs, stage, _reports, programs) {
    if (stage > 0) return { result: {} }
    const {
      filename,
      password,
      input_format: inputFormat,
      auto_orient: autoOrient = true,
    } = options
    const named = options.language ?? []
    const chosen: readonly Language[] = named.length === 0 ? ['eng'] : [...new Set(named)]
    const what = 'Recognising the text of scans'
    const missing = missingLanguages(chosen, programs.tesseract, what)
    if (missing !== undefined) throw new TaskError('ENGINE_NOT_AVAILABLE', missing.message)
    const opens = password === undefined ? {} : { password }
    const ocr = { languages: chosen, autoOrient }
    return inputs.map((file): Wish => {
      const source = asFormat(file, inputFormat)
      const [name = ''] = outputNames(file, { filename, extension: 'pdf', count: 1 })
      return { action: 'ocr', source, instructions: { fmt: 'pdf', ocr, ...opens }, filename: name }
    })
  },
  tell(inputs, made) {
    const same = inputs.filter(
      ({ contentType, size }, index) =>
        contentType === 'application/pdf' && made[index]?.size === size,
    )
    if (same.length === 0) return undefined
    const names = same.map(({ filename }) => filename).join(', ')
    return `Nothing was recognised in ${names}: all pages have text already, or none at all.`
  },
})
