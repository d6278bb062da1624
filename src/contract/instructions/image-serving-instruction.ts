import * as z from 'zod/mini'
import { PICTURE_FORMATS } from '../actions.ts'
import type { Instruction } from './instruction.ts'

const COMMANDS =
  'commands of Image Serving such as "wid=300&hei=300&fit=crop", at most 8192 letters'

/** A picture by the commands of Dynamic Media's Image Serving. */
export const IMAGE_SERVING_INSTRUCTIONS = {
  is: {
    description:
      'Commands of Image Serving by which the picture is made, such as "wid=300&hei=300&fit=crop&op_sharpen=1"; its format is that of fmt, and other instructions for pictures cannot be given as well.',
    formats: PICTURE_FORMATS,
    verbatim: true,
    schema: z.string({ error: COMMANDS }).check(z.maxLength(8192, { error: COMMANDS })),
  },
} as const satisfies Readonly<Record<string, Instruction>>
