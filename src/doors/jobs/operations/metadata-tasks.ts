import * as z from 'zod/mini'
import { isRecord } from '../../../base/json.ts'
import { TaskError } from '../tasks/task-error.ts'
import { making } from './operation.ts'
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
