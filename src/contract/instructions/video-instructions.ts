import * as z from 'zod/mini'
import { AUDIO_CODECS, PRESETS, TUNES, VIDEO_CODECS } from '../../sources/codecs.ts'
import { AUDIO_FORMATS, PICTURE_FORMATS, VIDEO_FORMATS } from '../actions.ts'
import { filmstripSchema } from '../filmstrip.ts'
import { momentSchema, playTimeSchema } from '../play-time.ts'
import { number, wholeNumber } from '../text-values.ts'
import { colourSchema } from './colour.ts'
import type { Instruction } from './instruction.ts'

const MOVING = [...VIDEO_FORMATS, 'gif', 'webp'] as const
const PLAYED = [...MOVING, ...AUDIO_FORMATS] as const
const HEARD = [...VIDEO_FORMATS, ...AUDIO_FORMATS] as const

const KILOBITS = 'a whole number of kilobits a second, 1 or more'

/** A word in small letters, as people write names of codecs in either. */
const word = <const Words extends readonly string[]>(words: Words) =>
  z.pipe(
    z.transform((value) => (typeof value === 'string' ? value.trim().toLowerCase() : value)),
    z.enum(words, { error: `one of ${words.join(', ')}` }),
  )

/** What a video is told with its size, which a picture is told as well but for `pad`. */
export const videoFit = z.enum(['max', 'pad', 'crop', 'scale'], {
  error: 'max, pad, crop or scale',
})

/** Instructions of our own for video and audio; the words are those of CloudConvert and of FFmpeg. */
export const VIDEO_INSTRUCTIONS = {
  videoCodec: {
    description:
      'How pictures are written; copy leaves them as they are, and none leaves them out. Otherwise the usual codec of the format.',
    formats: VIDEO_FORMATS,
    schema: word([...VIDEO_CODECS, 'h264', 'h265', 'hevc']),
  },
  crf: {
    description:
      'The quality of x264, x265, vp8, vp9 and av1: the lower, the better and the larger.',
    formats: VIDEO_FORMATS,
    schema: wholeNumber({ min: 0, max: 63, expected: 'a whole number, 0 to 63' }),
  },
  preset: {
    description: 'How long x264, x265, vp8, vp9 and av1 look for what they can save.',
    formats: VIDEO_FORMATS,
    schema: word(PRESETS),
  },
  tune: {
    description: 'What kind of pictures x264 and x265 expect.',
    formats: VIDEO_FORMATS,
    schema: word(TUNES),
  },
  profile: {
    description:
      'What players of x264 and x265 have to understand, such as baseline, main or high.',
    formats: VIDEO_FORMATS,
    schema: z.string({ error: 'a text such as "main"' }),
  },
  level: {
    description: 'How much players of x264 have to take, such as 4.1.',
    formats: VIDEO_FORMATS,
    schema: z.pipe(
      z.transform((value) => (typeof value === 'number' ? String(value) : value)),
      z
        .string({ error: 'a level such as "4.1"' })
        .check(z.regex(/^[1-9](?:\.\d|b)?$/, { error: 'a level such as "4.1"' })),
    ),
  },
  videoBitrate: {
    description: 'Kilobits a second of pictures: in place of a quality, or with crf the most.',
    formats: VIDEO_FORMATS,
    schema: wholeNumber({ min: 1, max: 500_000, expected: KILOBITS }),
  },
  fps: {
    description: 'Pictures a second; as many as in the source unless given.',
    formats: MOVING,
    schema: number({ min: 0.1, max: 240, expected: 'a number of pictures a second, 0.1 to 240' }),
  },
  trimStart: {
    description: 'Where in the source it begins: seconds, or such as 00:01:30.',
    formats: PLAYED,
    schema: playTimeSchema,
  },
  trimEnd: {
    description: 'Where in the source it ends.',
    formats: PLAYED,
    schema: playTimeSchema,
  },
  audioCodec: {
    description:
      'How sound is written; copy leaves it as it is, and none leaves it out. Otherwise the usual codec of the format.',
    formats: HEARD,
    schema: word(AUDIO_CODECS),
  },
  audioBitrate: {
    description: 'Kilobits a second of sound.',
    formats: HEARD,
    schema: wholeNumber({ min: 1, max: 5000, expected: KILOBITS }),
  },
  channels: {
    description: 'How many channels the sound has, such as 1 or 2.',
    formats: HEARD,
    schema: wholeNumber({ min: 1, max: 8, expected: 'a whole number, 1 to 8' }),
  },
  sampleRate: {
    description: 'How often a second sound is measured, in hertz.',
    formats: HEARD,
    schema: wholeNumber({
      min: 8000,
      max: 192_000,
      expected: 'a whole number of hertz, 8000 to 192000',
    }),
  },
  subtitles: {
    description:
      'Whether subtitles that are texts come along: copy (or soft), hard for a part of the pictures, or none.',
    formats: VIDEO_FORMATS,
    default: 'copy',
    schema: word(['copy', 'soft', 'hard', 'none']),
  },
  filmstrip: {
    description:
      'Pictures of moments that part a video evenly, side by side: how many, such as 8, or columns and rows such as 4x3.',
    formats: PICTURE_FORMATS,
    schema: filmstripSchema,
  },
  waveform: {
    description:
      'How loud the source is, drawn over its length, in this colour; width and height are its size, 1280 × 320 unless given.',
    formats: PICTURE_FORMATS,
    schema: colourSchema,
  },
  timestamp: {
    description:
      'Which picture of a video is shown: seconds, such as 00:01:30, or a share such as 50%.',
    formats: PICTURE_FORMATS,
    default: '10%',
    schema: momentSchema,
  },
} as const satisfies Record<string, Instruction>
