import type { AudioCodec, VideoCodec } from './codecs.ts'

/** What is known of a format as something to be made. */
export interface OutputFormat {
  /** As people call it, for sentences. */
  readonly title: string
  readonly mediaType: string
  /** What FFmpeg calls the writer of it. */
  readonly muxer: string
  /** The codecs of video that it holds, the usual one first; none for what is sound alone. */
  readonly video: readonly Exclude<VideoCodec, 'copy' | 'none'>[]
  /** Likewise of sound. */
  readonly audio: readonly Exclude<AudioCodec, 'copy' | 'none'>[]
  /** The codec of FFmpeg that texts are kept in; nothing where there is no place for them. */
  readonly subtitles?: string
  /** Whether the cover of a record has a place in it. */
  readonly hasCover?: true
  /** Whether it can say that pictures are stored turned. */
  readonly holdsTurn?: true
  /** Whether FFmpeg does not say up to which second it has been made. */
  readonly untimed?: true
  /** Arguments for the writer. */
  readonly extra?: readonly string[]
}

/** So that a player can begin before it has all of a file. */
const FAST_START = ['-movflags', '+faststart'] as const

/** Likewise, and without the stream of times that cameras write, which few players know in an MP4. */
const MP4_EXTRA = [...FAST_START, '-write_tmcd', '0'] as const

/** Everything that is made of video and audio. */
export const OUTPUTS = {
  mp4: {
    title: 'MP4',
    mediaType: 'video/mp4',
    muxer: 'mp4',
    video: ['x264', 'x265', 'av1', 'vp9', 'mpeg4'],
    audio: ['aac', 'mp3', 'alac', 'opus', 'ac3'],
    holdsTurn: true,
    subtitles: 'mov_text',
    extra: MP4_EXTRA,
  },
  m4v: {
    title: 'M4V',
    mediaType: 'video/x-m4v',
    muxer: 'mp4',
    video: ['x264', 'x265', 'mpeg4'],
    audio: ['aac', 'mp3', 'alac', 'ac3'],
    holdsTurn: true,
    subtitles: 'mov_text',
    extra: MP4_EXTRA,
  },
  mov: {
    title: 'MOV',
    mediaType: 'video/quicktime',
    muxer: 'mov',
    video: ['x264', 'x265', 'prores', 'mpeg4'],
    audio: ['aac', 'pcm', 'alac', 'mp3', 'ac3'],
    holdsTurn: true,
    subtitles: 'mov_text',
    extra: FAST_START,
  },
  webm: {
    title: 'WebM',
    mediaType: 'video/webm',
    muxer: 'webm',
    video: ['vp9', 'vp8', 'av1'],
    audio: ['opus', 'vorbis'],
    subtitles: 'webvtt',
  },
  mkv: {
    title: 'MKV',
    mediaType: 'video/x-matroska',
    muxer: 'matroska',
    video: ['x264', 'x265', 'vp9', 'vp8', 'av1', 'mpeg4', 'mpeg2', 'prores'],
    audio: ['aac', 'opus', 'vorbis', 'mp3', 'flac', 'pcm', 'ac3'],
    subtitles: 'srt',
  },
  avi: {
    title: 'AVI',
    mediaType: 'video/x-msvideo',
    muxer: 'avi',
    video: ['mpeg4', 'x264'],
    audio: ['mp3', 'pcm', 'ac3'],
  },
  mpg: {
    title: 'MPEG',
    mediaType: 'video/mpeg',
    muxer: 'mpeg',
    video: ['mpeg2'],
    audio: ['mp2', 'ac3'],
  },
  wmv: {
    title: 'WMV',
    mediaType: 'video/x-ms-wmv',
    muxer: 'asf',
    video: ['wmv'],
    audio: ['wma'],
  },
  '3gp': {
    title: '3GP',
    mediaType: 'video/3gpp',
    muxer: '3gp',
    video: ['x264', 'mpeg4'],
    audio: ['aac'],
    holdsTurn: true,
  },
  gif: {
    title: 'GIF',
    mediaType: 'image/gif',
    muxer: 'gif',
    video: ['gif'],
    audio: [],
    extra: ['-loop', '0'],
  },
  webp: {
    title: 'WebP',
    mediaType: 'image/webp',
    muxer: 'webp',
    video: ['webp'],
    audio: [],
    untimed: true,
    extra: ['-loop', '0'],
  },
  mp3: {
    title: 'MP3',
    mediaType: 'audio/mpeg',
    muxer: 'mp3',
    video: [],
    audio: ['mp3'],
    hasCover: true,
    // Other versions not all players read.
    extra: ['-id3v2_version', '3'],
  },
  wav: {
    title: 'WAV',
    mediaType: 'audio/x-wav',
    muxer: 'wav',
    video: [],
    audio: ['pcm'],
  },
  m4a: {
    title: 'M4A',
    mediaType: 'audio/mp4',
    muxer: 'ipod',
    video: [],
    audio: ['aac', 'alac'],
    hasCover: true,
    extra: FAST_START,
  },
  aac: {
    title: 'AAC',
    mediaType: 'audio/aac',
    muxer: 'adts',
    video: [],
    audio: ['aac'],
  },
  ogg: {
    title: 'Ogg',
    mediaType: 'audio/ogg',
    muxer: 'ogg',
    video: [],
    audio: ['vorbis', 'opus', 'flac'],
  },
  opus: {
    title: 'Opus',
    mediaType: 'audio/opus',
    muxer: 'opus',
    video: [],
    audio: ['opus'],
  },
  flac: {
    title: 'FLAC',
    mediaType: 'audio/flac',
    muxer: 'flac',
    video: [],
    audio: ['flac'],
    hasCover: true,
  },
  aiff: {
    title: 'AIFF',
    mediaType: 'audio/aiff',
    muxer: 'aiff',
    video: [],
    audio: ['pcm'],
    hasCover: true,
    extra: ['-write_id3v2', '1'],
  },
  wma: {
    title: 'WMA',
    mediaType: 'audio/x-ms-wma',
    muxer: 'asf',
    video: [],
    audio: ['wma'],
  },
} as const satisfies Readonly<Record<string, OutputFormat>>

/** A format of {@link OUTPUTS}. */
export type MediaFormat = keyof typeof OUTPUTS

/** All formats of {@link OUTPUTS}. */
export const MEDIA_FORMATS = [
  'mp4',
  'm4v',
  'mov',
  'webm',
  'mkv',
  'avi',
  'mpg',
  'wmv',
  '3gp',
  'gif',
  'webp',
  'mp3',
  'wav',
  'm4a',
  'aac',
  'ogg',
  'opus',
  'flac',
  'aiff',
  'wma',
] as const satisfies readonly MediaFormat[]
