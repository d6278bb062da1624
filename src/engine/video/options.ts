import * as z from 'zod/mini'
import { AUDIO_CODECS, PRESETS, TUNES } from '../../sources/codecs.ts'
import { WRITTEN_VIDEO_CODECS } from './codecs.ts'
import { MEDIA_FORMATS } from './output-formats.ts'

/**
 * How width and height are meant: inside of them and never larger than the source, inside of them with black around it,
 * cut to them, or exactly they.
 */
export const FITS = ['max', 'pad', 'crop', 'scale'] as const

const seconds = z.number().check(z.gte(0))
const count = z.int().check(z.gte(1))

/** What is to be made of a source that plays. What is left out follows from the format and from the source. */
export const mediaOptions = z.object({
  kind: z.literal('media'),
  format: z.enum(MEDIA_FORMATS),
  videoCodec: z.optional(z.enum(WRITTEN_VIDEO_CODECS)),
  /** The lower, the better; of codecs that have it. */
  crf: z.optional(z.int().check(z.gte(0), z.lte(63))),
  preset: z.optional(z.enum(PRESETS)),
  tune: z.optional(z.enum(TUNES)),
  profile: z.optional(z.string()),
  level: z.optional(z.string()),
  /** Kilobits a second, as {@link audioBitrate}. */
  videoBitrate: z.optional(count),
  width: z.optional(count),
  height: z.optional(count),
  fit: z.optional(z.enum(FITS)),
  /** Pictures a second. */
  fps: z.optional(z.number().check(z.gt(0), z.lte(240))),
  /** Seconds from the beginning of the source, as {@link trimEnd}. */
  trimStart: z.optional(seconds),
  trimEnd: z.optional(seconds),
  audioCodec: z.optional(z.enum(AUDIO_CODECS)),
  audioBitrate: z.optional(count),
  channels: z.optional(z.int().check(z.gte(1), z.lte(8))),
  /** Hertz. */
  sampleRate: z.optional(z.int().check(z.gte(8000), z.lte(192_000))),
  /** Hard ones become a part of the pictures. */
  subtitles: z.optional(z.enum(['none', 'copy', 'hard'])),
})

/** See {@link mediaOptions}. */
export type MediaOptions = z.infer<typeof mediaOptions>

/** A moment of a source: in seconds from its beginning, or as a share of how long it lasts, from 0 to 1. */
const moment = z.union([
  z.object({ seconds }),
  z.object({ share: z.number().check(z.gte(0), z.lte(1)) }),
])

/** Pictures of moments that part a video evenly, side by side: so many of them, in so many rows. */
export const filmstripOptions = z.object({
  kind: z.literal('filmstrip'),
  columns: count,
  rows: count,
})

/** See {@link filmstripOptions}. */
export type FilmstripOptions = z.infer<typeof filmstripOptions>

const waveform = z.object({
  /** In pixels. */
  width: count,
  height: count,
  /** Six hexadecimal digits. */
  colour: z.string().check(z.regex(/^[0-9a-f]{6}$/)),
})

/** How loud a source is, drawn over its length on nothing. */
export type WaveformOptions = z.infer<typeof waveform>

const waveformOptions = z.extend(waveform, { kind: z.literal('waveform') })

/** What stands for a source: a picture of a video, the cover of a record, or else how loud it is. */
const posterOptions = z.object({ kind: z.literal('poster'), at: moment, waveform })

/** A moment of a source. */
export type Moment = z.infer<typeof moment>

/** What the operation makes. */
export const videoOptions = z.discriminatedUnion('kind', [
  mediaOptions,
  filmstripOptions,
  waveformOptions,
  posterOptions,
])

/** See {@link videoOptions}. */
export type VideoOptions = z.infer<typeof videoOptions>

/** Single pictures, as PNG, which is what the operation makes besides what plays. */
export type StillOptions = Exclude<VideoOptions, MediaOptions>
