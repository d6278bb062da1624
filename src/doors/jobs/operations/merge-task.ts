import * as z from 'zod/mini'
import type { FoundPrograms } from '../../../programs/programs.ts'
import type { InputFile } from '../tasks/input-file.ts'
import type { TaskFile } from '../tasks/records.ts'
import { asFormat } from './as-format.ts'
import { officeIdOf, officeMissing, pdfBetween } from './office-converter.ts'
import { making, type Wish } from './operation.ts'
import { outputNames, uniqueNames } from './output-names.ts'
import { COMMON_OPTIONS, optional } from './task-options.ts'

/** Makes one PDF of all files, in their order; those of offices and texts become PDFs first. */
export const MERGE = making({
  name: 'merge',
  inputs: 'required',
  options: z.looseObject({
    ...COMMON_OPTIONS,
    output_format: z._default(
      z.literal('pdf', { error: '"pdf", which is what files are merged into' }),
      'pdf',
    ),
    password: optional(z.string({ error: 'a text' })),
  }),
  secrets: ['password'],
  plan(options, inputs, stage, _reports, programs, intermediates) {
    const { filename, input_format: inputFormat, password } = options
    const opens = password === undefined ? {} : { password }
    const given = inputs.map((file) => ({ ...file, ...asFormat(file, inputFormat) }))
    const offices = given.filter((file) => officeIdOf(file) !== undefined)
    const first = offices.length > 0 ? 1 : 0
    if (stage < first) return offices.map((file) => pdfOf(file, programs, opens))
    if (stage > first) return { result: {} }
    const files = given.map((file) => intermediates[offices.indexOf(file)] ?? file)
    return [mergeOf(files, filename, opens)]
  },
})

type Opening = Readonly<Record<string, unknown>>

function pdfOf(file: InputFile, programs: FoundPrograms, opens: Opening): Wish {
  if (programs.soffice === undefined) throw officeMissing(file, 'pdf')
  return pdfBetween(file, opens)
}

function mergeOf(files: readonly TaskFile[], filename: string | undefined, opens: Opening): Wish {
  const names = uniqueNames(files)
  const [name = ''] = outputNames({ filename: 'merged' }, { filename, extension: 'pdf', count: 1 })
  return {
    action: 'pdf',
    source: undefined,
    instructions: { fmt: 'pdf', ...opens, files: names.map((path) => ({ url: '', path })) },
    urls: files.map(({ object }, index) => ({ path: ['files', index, 'url'], object })),
    filename: name,
  }
}
