import * as z from 'zod/mini'
import { toFileName } from '../../../base/file-name.ts'
import { ARCHIVE_FORMATS, readFormat, UNWRITTEN_RAR } from '../../../contract/actions.ts'
import { flag } from '../../../contract/text-values.ts'
import type { TaskFile } from '../tasks/records.ts'
import { making, type Wish } from './operation.ts'
import { uniqueNames } from './output-names.ts'
import { COMMON_OPTIONS, optional } from './task-options.ts'

/** What `output_format` of `archive` may be. */
export const ARCHIVE_OUTPUTS = ARCHIVE_FORMATS

const MADE = `one of ${ARCHIVE_OUTPUTS.join(', ')}`

const outputFormat = z.pipe(
  z.transform((value) => (typeof value === 'string' ? readFormat(value) : value)),
  z.enum(ARCHIVE_OUTPUTS, {
    error: ({ input }) =>
      input === 'rar' ? `${MADE} (${UNWRITTEN_RAR.replace(/\.$/, '')})` : MADE,
  }),
)

/** What has all files made into one archive. */
function archiveOf(files: readonly TaskFile[], fmt: string, filename: string | undefined): Wish {
  const names = uniqueNames(files)
  return {
    action: 'archive',
    source: undefined,
    instructions: { fmt, files: names.map((path) => ({ url: '', path })) },
    urls: files.map(({ object }, index) => ({ path: ['files', index, 'url'], object })),
    filename: toFileName(filename ?? '') ?? `archive.${fmt}`,
  }
}

/** Puts all files into one archive. */
export const ARCHIVE = making({
  name: 'archive',
  inputs: 'required',
  options: z.looseObject({ ...COMMON_OPTIONS, output_format: z._default(outputFormat, 'zip') }),
  plan: ({ output_format: fmt, filename }, inputs, stage) =>
    stage > 0 ? { result: {} } : [archiveOf(inputs, fmt, filename)],
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
    return stage > 0 ? { result: {} } : [archiveOf(inputs, 'zip', filename)]
  },
})
