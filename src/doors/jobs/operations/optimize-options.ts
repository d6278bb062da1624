import * as z from 'zod/mini'
import { COLORSPACE, COLORSPACES } from '../../../contract/instructions/picture-instructions.ts'
import { flag, wholeNumber } from '../../../contract/text-values.ts'
import type { InputFile } from '../tasks/input-file.ts'
import { tellIdleOptions } from './idle-options.ts'
import { PICTURE_OPTIONS } from './picture-options.ts'
import { COMMON_OPTIONS, optional } from './task-options.ts'

/** What `optimize` may be told. */
export const optimizeOptions = z.looseObject({
  ...COMMON_OPTIONS,
  profile: z._default(
    z.enum(['web', 'print', 'archive', 'mrc', 'max'], {
      error: 'web, print, archive, mrc or max',
    }),
    'web',
  ),
  quality: PICTURE_OPTIONS.quality,
  strip: PICTURE_OPTIONS.strip,
  flatten_signatures: optional(flag()),
  target_size: optional(wholeNumber({ min: 1, expected: 'a whole number of bytes, 1 or more' })),
  colorspace: optional(z.enum(COLORSPACES, { error: COLORSPACE })),
  password: optional(z.string({ error: 'a text' })),
})

/** What makes no difference, and surprises nobody. */
const USUAL = {
  profile: 'web',
  strip: false,
  flatten_signatures: false,
  colorspace: 'unchanged',
} as const

/** Which options say something to a file that becomes smaller. */
export function readOfOptimize(
  content: InputFile['content'],
  {
    profile,
    target_size: size,
    colorspace = 'unchanged',
  }: Pick<z.infer<typeof optimizeOptions>, 'profile' | 'target_size' | 'colorspace'>,
): readonly string[] {
  if (content === 'svg') return ['strip']
  const both = ['profile', 'target_size', 'colorspace']
  // What has to fit gets the best quality that does.
  if (content === 'pdf') {
    return [...both, 'flatten_signatures', 'password', ...(size === undefined ? ['quality'] : [])]
  }
  const keepsAll =
    profile === 'archive' &&
    (content === 'webp' || (content === 'jpeg' && colorspace === 'unchanged'))
  const hasQuality = (content === 'jpeg' || content === 'webp') && size === undefined && !keepsAll
  return [...both, 'strip', ...(hasQuality ? ['quality'] : [])]
}

/** Says which of its options make no difference to a task `optimize`, see {@link tellIdleOptions}. */
export function tellIdleOfOptimize(
  options: z.infer<typeof optimizeOptions>,
  inputs: readonly Pick<InputFile, 'content'>[],
): string[] {
  const read = inputs.flatMap(({ content }) => readOfOptimize(content, options))
  return tellIdleOptions(options, Object.keys(optimizeOptions.def.shape), read, USUAL)
}
