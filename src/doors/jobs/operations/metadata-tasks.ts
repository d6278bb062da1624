import * as z from 'zod/mini'
import { splitName } from '../../../base/file-name.ts'
import { isRecord } from '../../../base/json.ts'
import { TaskError } from '../tasks/task-error.ts'
import { asFormat } from './as-format.ts'
import { making } from './operation.ts'
import { outputNames } from './output-names.ts'
import { COMMON_OPTIONS } from './task-options.ts'

/** Tells what a file says of itself. */
export const METADATA = making({
  name: 'metadata',
  inputs: 'required',
  options: z.looseObject(COMMON_OPTIONS),
  plan(_options, inputs, stage, reports) {
    if (inputs.length !== 1) {
      const message = `input must be one file, since there is one result, but there are ${inputs.length}.`
      throw new TaskError('INVALID_INPUT', message)
    }
    if (stage > 0) return { result: { metadata: toFlat(reports[0]) } }
    return inputs.map((source) => ({
      action: 'metadata',
      source,
      instructions: { fmt: 'json' },
      filename: { report: true },
    }))
  },
})

/** Clients read names and scalars, and nothing deeper. */
function toFlat(report: unknown): Record<string, string | number | boolean> {
  if (!isRecord(report)) return {}
  return Object.fromEntries(
    Object.entries(report).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? [[name, value]]
        : [],
    ),
  )
}

const METADATA_MEMBERS = 'an object of names such as Title and their texts'

/** Makes copies of files that say something else of themselves. */
export const METADATA_WRITE = making({
  name: 'metadata/write',
  inputs: 'required',
  options: z.looseObject({
    ...COMMON_OPTIONS,
    metadata: z.record(z.string(), z.string({ error: 'a text' }), { error: METADATA_MEMBERS }),
  }),
  plan({ metadata, filename, input_format: inputFormat }, inputs, stage) {
    if (stage > 0) return { result: {} }
    return inputs.map((file) => {
      const source = asFormat(file, inputFormat)
      const fmt = splitName(source.filename).extension.slice(1).toLowerCase()
      const [name = ''] = outputNames(file, {
        filename: filename ?? file.filename,
        extension: fmt,
        count: 1,
      })
      return { action: 'metadata', source, instructions: { fmt, metadata }, filename: name }
    })
  },
})
