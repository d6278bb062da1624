import * as z from 'zod/mini'
import { VIDEO_INSTRUCTIONS, videoFit } from '../../../contract/instructions/video-instructions.ts'
import { wholeNumber } from '../../../contract/text-values.ts'
import { optional } from './task-options.ts'

/** CloudConvert's names, and the instructions that say the same. */
const INSTRUCTION_OF = {
  video_codec: 'videoCodec',
  crf: 'crf',
  preset: 'preset',
  tune: 'tune',
  profile: 'profile',
  level: 'level',
  video_bitrate: 'videoBitrate',
  fps: 'fps',
  trim_start: 'trimStart',
  trim_end: 'trimEnd',
  audio_codec: 'audioCodec',
  audio_bitrate: 'audioBitrate',
  channels: 'channels',
  sample_rate: 'sampleRate',
  subtitles_mode: 'subtitles',
  timestamp: 'timestamp',
  filmstrip: 'filmstrip',
  waveform: 'waveform',
} as const

const {
  videoCodec,
  crf,
  preset,
  tune,
  profile,
  level,
  videoBitrate,
  fps,
  trimStart,
  trimEnd,
  audioCodec,
  audioBitrate,
  channels,
  sampleRate,
  subtitles,
  timestamp,
  filmstrip,
  waveform,
} = VIDEO_INSTRUCTIONS

/** Which picture of a video is shown. */
export const TIMESTAMP = optional(timestamp.schema)

/** Several pictures of a video in one, or how loud it is. */
export const STILL_OPTIONS = {
  filmstrip: optional(filmstrip.schema),
  waveform: optional(waveform.schema),
}

/** The most pictures of one video that a task makes. */
const MOST_PICTURES = 100
const COUNT = `a whole number of pictures, 1 to ${MOST_PICTURES}`

/** How many pictures of a video are made, each of a moment of its own. */
export const COUNT_OF_PICTURES = optional(
  wholeNumber({ min: 1, max: MOST_PICTURES, expected: COUNT }),
)

/** What video and audio may be told, by CloudConvert's names. */
export const VIDEO_OPTIONS = {
  fit: optional(videoFit),
  video_codec: optional(videoCodec.schema),
  crf: optional(crf.schema),
  preset: optional(preset.schema),
  tune: optional(tune.schema),
  profile: optional(profile.schema),
  level: optional(level.schema),
  video_bitrate: optional(videoBitrate.schema),
  fps: optional(fps.schema),
  trim_start: optional(trimStart.schema),
  trim_end: optional(trimEnd.schema),
  audio_codec: optional(audioCodec.schema),
  audio_bitrate: optional(audioBitrate.schema),
  channels: optional(channels.schema),
  sample_rate: optional(sampleRate.schema),
  subtitles_mode: optional(subtitles.schema),
  timestamp: TIMESTAMP,
  ...STILL_OPTIONS,
}

type VideoOptions = Partial<z.infer<z.ZodMiniObject<typeof VIDEO_OPTIONS>>> & {
  readonly width?: number | undefined
  readonly height?: number | undefined
}

/** Instructions of what plays, from CloudConvert's options. */
export function videoInstructions(fmt: string, options: VideoOptions): Record<string, unknown> {
  const { width, height, fit } = options
  const given: Readonly<Record<string, unknown>> = options
  return {
    fmt,
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(fit !== undefined && { fit }),
    ...Object.fromEntries(
      Object.entries(INSTRUCTION_OF).flatMap(([name, instruction]) =>
        given[name] === undefined ? [] : [[instruction, given[name]]],
      ),
    ),
  }
}
