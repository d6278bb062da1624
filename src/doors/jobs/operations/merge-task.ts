import * as z from 'zod/mini'
import { making } from './operation.ts'
import { outputNames, uniqueNames } from './output-names.ts'
import { COMMON_OPTIONS } from './task-options.ts'

/** Makes one PDF of all files, in their order. */
export const MERGE = making({
  name: 'merge',
  inputs: 'required',
  options: z.looseObject({
    ...COMMON_OPTIONS,
    output_format: z._default(
      z.literal('pdf', { error: '"pdf", which is what files are merged into' }),
      'pdf',
    ),
  }),
  plan({ filename }, inputs, stage) {
    if (stage > 0) return { result: {} }
    const names = uniqueNames(inputs)
    const [name = ''] = outputNames(
      { filename: 'merged' },
      { filename, extension: 'pdf', count: 1 },
    )
    return [
      {
        action: 'pdf',
        source: undefined,
        instructions: { fmt: 'pdf', files: names.map((path) => ({ url: '', path })) },
        urls: inputs.map(({ object }, index) => ({ path: ['files', index, 'url'], object })),
        filename: name,
      },
    ]
  },
})
