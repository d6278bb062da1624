import * as z from 'zod/mini'
import {
  AUDIO_FORMATS,
  PICTURE_FORMATS,
  TEXT_FORMATS,
  VIDEO_FORMATS,
} from '../../../contract/actions.ts'
import { number } from '../../../contract/text-values.ts'
import { DATA_FORMATS } from './data-formats.ts'
import { LAYOUT_OPTIONS } from './layout-options.ts'
import { OFFICE_OPTIONS } from './office-options.ts'
import { PICTURE_OPTIONS } from './picture-options.ts'
import { COMMON_OPTIONS, optional, pageRange } from './task-options.ts'
import { VIDEO_OPTIONS } from './video-options.ts'

/** What `output_format` of `convert` may be. */
export const OUTPUT_FORMATS = [
  ...PICTURE_FORMATS,
  'pdf',
  ...TEXT_FORMATS,
  ...VIDEO_FORMATS,
  ...AUDIO_FORMATS,
  ...DATA_FORMATS,
  'docx',
  'doc',
  'odt',
  'rtf',
  'epub',
  'xls',
  'pptx',
  'ppt',
  'odp',
] as const

const outputFormat = z.pipe(
  z.transform((value) => (typeof value === 'string' ? value.trim().toLowerCase() : value)),
  z.enum(OUTPUT_FORMATS, { error: `one of ${OUTPUT_FORMATS.join(', ')}` }),
)

/** What `convert` may be told, of whatever formats; those that mean nothing for a pair of formats do nothing there. */
export const convertOptions = z.looseObject({
  ...COMMON_OPTIONS,
  ...PICTURE_OPTIONS,
  ...VIDEO_OPTIONS,
  ...OFFICE_OPTIONS,
  ...LAYOUT_OPTIONS,
  output_format: outputFormat,
  pages: optional(pageRange),
  /** The older name of `pages`. */
  page_range: optional(pageRange),
  pixel_density: optional(
    number({ min: 1, max: 2400, expected: 'a number of dots per inch, 1 to 2400' }),
  ),
  password: optional(z.string({ error: 'a text' })),
})

/** See {@link convertOptions}. */
export type ConvertOptions = z.infer<typeof convertOptions>
