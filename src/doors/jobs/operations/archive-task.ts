import * as z from 'zod/mini'
import { toFileName } from '../../../base/file-name.ts'
import { flag } from '../../../contract/text-values.ts'
import type { TaskFile } from '../tasks/records.ts'
import { making, type Wish } from './operation.ts'
import { uniqueNames } from './output-names.ts'
import { COMMON_OPTIONS, optional } from './task-options.ts'

/** What has all files made into one ZIP. */
function zipOf(files: readonly TaskFile[], filename: string | undefined): Wish {
  const names = uniqueNames(files)
  return {
    action: 'archive',
    source: undefined,
    instructions: { fmt: 'zip', files: names.map((path) => ({ url: '', path })) },
    urls: files.map(({ object }, index) => ({ path: ['files', index, 'url'], object })),
    filename: toFileName(filename ?? '') ?? 'archive.zip',
  }
}

/** Puts all files into one archive. */
export const ARCHIVE = making({
  name: 'archive',
  inputs: 'required',
  options: z.looseObject({
    ...COMMON_OPTIONS,
    output_format: z._default(
      z.literal('zip', { error: '"zip", which is the archive that is made here' }),
      'zip',
    ),
  }),
  plan: ({ filename }, inputs, stage) => (stage > 0 ? { result: {} } : [zipOf(inputs, filename)]),
})

/** Makes files available by URLs. */
export const EXPORT_URL = making({
  name: 'export/url',
  inputs: 'required',
  options: z.looseObject({
    ...COMMON_OPTIONS,
    inline: optional(flag()),
    archive_multiple_files: optional(flag()),
  }),
  plan({ archive_multiple_files: archived, filename }, inputs, stage) {
    if (archived !== true || inputs.length < 2) return { result: {}, files: inputs }
    return stage > 0 ? { result: {} } : [zipOf(inputs, filename)]
  },
})
