import * as z from 'zod/mini'
import { PICTURE_INSTRUCTIONS } from '../../../contract/instructions/picture-instructions.ts'
import { flag, wholeNumber } from '../../../contract/text-values.ts'
import { fit, optional, pixels } from './task-options.ts'

/** What a picture may be told, by CloudConvert's names. */
export const PICTURE_OPTIONS = {
  width: optional(pixels),
  height: optional(pixels),
  fit: optional(fit),
  quality: optional(wholeNumber({ min: 1, max: 100, expected: 'a whole number, 1 to 100' })),
  strip: optional(flag()),
  auto_orient: optional(flag()),
}

/** Formats that have all frames or pages in one file. */
const SEVERAL: readonly string[] = PICTURE_INSTRUCTIONS.animated.formats

/** A video may be fitted in a way more, which no picture is. */
type PictureOptions = Partial<
  Omit<z.infer<z.ZodMiniObject<typeof PICTURE_OPTIONS>>, 'fit'> & { fit: string | undefined }
>

/** Instructions of a picture, from CloudConvert's options. */
export function pictureInstructions(fmt: string, options: PictureOptions): Record<string, unknown> {
  const { width, height, quality, strip, auto_orient: autoOrient } = options
  return {
    fmt,
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(options.fit !== undefined && { fit: options.fit }),
    ...(quality !== undefined && { quality }),
    ...(strip === true && { strip }),
    ...(autoOrient === false && { autoOrient }),
    // As people expect it of one animation that becomes another.
    ...(SEVERAL.includes(fmt) && { animated: true }),
  }
}
