/** What codecs of video are called; `copy` leaves the pictures as they are, and `none` leaves them out. */
export const VIDEO_CODECS = [
  'x264',
  'x265',
  'vp8',
  'vp9',
  'av1',
  'mpeg4',
  'mpeg2',
  'wmv',
  'prores',
  'copy',
  'none',
] as const

/** Likewise of sound. */
export const AUDIO_CODECS = [
  'aac',
  'mp3',
  'opus',
  'vorbis',
  'flac',
  'pcm',
  'alac',
  'ac3',
  'mp2',
  'wma',
  'copy',
  'none',
] as const

/** How thoroughly an encoder looks for what it can save: the fastest first. */
export const PRESETS = [
  'ultrafast',
  'superfast',
  'veryfast',
  'faster',
  'fast',
  'medium',
  'slow',
  'slower',
  'veryslow',
] as const

/** What kind of pictures x264 and x265 are told to expect. */
export const TUNES = [
  'film',
  'animation',
  'grain',
  'stillimage',
  'fastdecode',
  'zerolatency',
] as const
