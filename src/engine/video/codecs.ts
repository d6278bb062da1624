import { type AUDIO_CODECS, VIDEO_CODECS } from '../../sources/codecs.ts'

/** Which FFmpeg works: that of the machine, or the one inside of the package @ffmpeg/core. */
export type Engine = 'program' | 'embedded'

/** What is known of a codec of video. */
interface VideoCodecFacts {
  /** What FFmpeg calls the encoder. */
  readonly encoder: string
  /**
   * Whether the embedded FFmpeg can write it: with x265 it does not end, AV1 it does not have, and VP9 takes it more than twice as
   * long as VP8.
   */
  readonly embedded: boolean | 'if asked'
  /** How quality is told where nothing is said. */
  readonly quality: readonly string[]
  /** Whether it takes `crf`, with the highest. */
  readonly highestCrf?: number
  /** What it understands of `profile`. */
  readonly profiles?: readonly string[]
  readonly pixels: string
  /** Pixels for what may be transparent; what has none is put on white. */
  readonly alphaPixels?: string
  /** What else the encoder has to be told then. */
  readonly alphaExtra?: readonly string[]
  /** Whether colours have half the resolution, so that both sides have to be even. */
  readonly even: boolean
  readonly extra?: readonly string[]
}

/** All codecs that video is written with, by the names that people have for them. */
export const VIDEO_ENCODERS = {
  x264: {
    encoder: 'libx264',
    embedded: true,
    quality: ['-crf', '23'],
    highestCrf: 51,
    profiles: ['baseline', 'main', 'high'],
    pixels: 'yuv420p',
    even: true,
  },
  x265: {
    encoder: 'libx265',
    embedded: false,
    quality: ['-crf', '28'],
    highestCrf: 51,
    profiles: ['main'],
    pixels: 'yuv420p',
    even: true,
    // What Apple's players look for. The encoder has a log and threads of its own.
    extra: ['-x265-params', 'log-level=error:pools=2'],
  },
  vp8: {
    encoder: 'libvpx',
    embedded: true,
    // A quality within a bitrate: without one it makes 200 kbit/s of whatever it gets.
    quality: ['-crf', '10', '-b:v', '4M'],
    highestCrf: 63,
    pixels: 'yuv420p',
    alphaPixels: 'yuva420p',
    alphaExtra: ['-auto-alt-ref', '0'],
    even: true,
    extra: ['-deadline', 'good'],
  },
  vp9: {
    encoder: 'libvpx-vp9',
    embedded: 'if asked',
    quality: ['-crf', '32', '-b:v', '0'],
    highestCrf: 63,
    pixels: 'yuv420p',
    alphaPixels: 'yuva420p',
    alphaExtra: ['-auto-alt-ref', '0'],
    even: true,
    extra: ['-deadline', 'good', '-row-mt', '1'],
  },
  av1: {
    encoder: 'libsvtav1',
    embedded: false,
    quality: ['-crf', '35'],
    highestCrf: 63,
    pixels: 'yuv420p',
    even: true,
  },
  mpeg4: {
    encoder: 'mpeg4',
    embedded: true,
    quality: ['-q:v', '4'],
    pixels: 'yuv420p',
    even: true,
  },
  mpeg2: {
    encoder: 'mpeg2video',
    embedded: true,
    quality: ['-q:v', '4'],
    pixels: 'yuv420p',
    even: true,
  },
  wmv: { encoder: 'wmv2', embedded: true, quality: ['-q:v', '4'], pixels: 'yuv420p', even: true },
  prores: {
    encoder: 'prores_ks',
    embedded: true,
    quality: ['-profile:v', 'standard'],
    pixels: 'yuv422p10le',
    alphaPixels: 'yuva444p10le',
    alphaExtra: ['-profile:v', '4444'],
    even: true,
  },
  gif: {
    encoder: 'gif',
    embedded: true,
    quality: [],
    pixels: 'pal8',
    alphaPixels: 'pal8',
    even: false,
  },
  webp: {
    encoder: 'libwebp_anim',
    embedded: true,
    quality: ['-quality', '75'],
    pixels: 'yuva420p',
    alphaPixels: 'yuva420p',
    even: false,
  },
} as const satisfies Readonly<Record<string, VideoCodecFacts>>

/** What `videoCodec` may be: `copy` leaves what there is as it is, and `none` leaves it out. */
export type VideoCodec = keyof typeof VIDEO_ENCODERS | 'copy' | 'none'

/** All that `videoCodec` may be here: what people ask for, and what moving pictures are. */
export const WRITTEN_VIDEO_CODECS = [
  ...VIDEO_CODECS,
  'gif',
  'webp',
] as const satisfies readonly VideoCodec[]

interface AudioCodecFacts {
  readonly encoder: string
  /** Kilobits a second where nothing is said; nothing for what loses nothing. */
  readonly bitrate?: number
}

/** All codecs that sound is written with. */
export const AUDIO_ENCODERS = {
  aac: { encoder: 'aac', bitrate: 128 },
  mp3: { encoder: 'libmp3lame', bitrate: 192 },
  opus: { encoder: 'libopus', bitrate: 96 },
  vorbis: { encoder: 'libvorbis', bitrate: 128 },
  flac: { encoder: 'flac' },
  /** With 24 bits for what has more than 16. */
  pcm: { encoder: 'pcm_s16le' },
  alac: { encoder: 'alac' },
  ac3: { encoder: 'ac3', bitrate: 192 },
  mp2: { encoder: 'mp2', bitrate: 192 },
  wma: { encoder: 'wmav2', bitrate: 128 },
} as const satisfies Readonly<Record<string, AudioCodecFacts>>

/** What `audioCodec` may be, see {@link VideoCodec}. */
export type AudioCodec = (typeof AUDIO_CODECS)[number]
