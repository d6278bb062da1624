import * as z from 'zod/mini'
import type { Instruction } from './instruction.ts'

/** The programs that the action `command` runs. */
export const COMMANDS = ['ffmpeg', 'ffprobe', 'convert', 'identify', 'gm'] as const

const ARGUMENTS = 'an array of texts'

const FILES = 'an array of files, each an object with a url and a path'

/** What the action `command` reads. They are the jobs API's, and no part of what is asked for by `fmt`. */
export const COMMAND_INSTRUCTIONS = {
  command: {
    description: 'The program to run in the sandbox.',
    required: true,
    schema: z.enum(COMMANDS, { error: `one of ${COMMANDS.join(', ')}` }),
  },
  arguments: {
    description: 'What the program is given, each argument by itself; no shell sees them.',
    schema: z.array(z.string({ error: 'a text' }), { error: ARGUMENTS }),
  },
  files: {
    description: 'What the program finds below /input, each by its path.',
    schema: z.array(
      z.object({ url: z.string({ error: 'a text' }), path: z.string({ error: 'a text' }) }, FILES),
      { error: FILES },
    ),
  },
} as const satisfies Record<string, Instruction>
