import { readVideo, type VideoStream } from './video-stream.ts'

/** A stream of sound. */
export interface AudioStream {
  /** Among those of sound, counted from 0. */
  readonly index: number
  readonly codec: string
  /** Whether its numbers have more than 16 bits, and nothing of them is lost. */
  readonly isFine: boolean
  /** Whether there is more than left and right. */
  readonly isSurround: boolean
  /** Whether it is measured less than 16,000 times a second, as that of telephones is. */
  readonly isSlow: boolean
}

/** What FFmpeg says of a source. */
export interface MediaInfo {
  /** In seconds; undefined when the source does not say. */
  readonly duration: number | undefined
  /** Whether {@link duration} is no more than a guess by the size of the file. */
  readonly isGuessed: boolean
  /** Nothing of the kind, or the first of it; a cover is no video. */
  readonly video: VideoStream | undefined
  readonly audio: AudioStream | undefined
  /** Which of the streams of pictures is the cover of a record, counted from 0 among them; one that other formats hold, too. */
  readonly cover: number | undefined
  /** Whether there is one that FFmpeg cannot read, or has too many pixels for what it is told. */
  readonly isCoverUnread: boolean
  /** Which of the subtitles are texts, counted from 0 among all of them; the first such. */
  readonly textTrack: number | undefined
}

/** The least that every encoder of sound takes, in hertz. */
const LEAST_RATE = 16_000

const TEXTS: ReadonlySet<string> = new Set([
  'mov_text',
  'subrip',
  'srt',
  'ass',
  'ssa',
  'webvtt',
  'text',
])

/**
 * Reads what FFmpeg says of its input before it does anything. It says so in the same words since its version 0.9, and
 * ffprobe, which says it in JSON, is not there wherever ffmpeg is.
 */
export function readMediaInfo(log: string): MediaInfo {
  const [input = ''] = log
    .slice(Math.max(0, log.indexOf('Input #0')))
    .split(/^(?:Output #0|Stream mapping)/m)
  const streams = input.split(/^ {2}Stream #/m).slice(1)
  const pictures = streams.filter((each) => /^[^\n]*: Video: /.test(each))
  const [video] = pictures
    .filter((each) => !isCover(each))
    .map(readVideo)
    .filter((each) => each !== undefined)
  const cover = pictures.findIndex((each) => isCover(each) && isReadCover(each))
  return {
    duration: countsFromZero(input) ? undefined : readDuration(input),
    isGuessed: log.includes('Estimating duration from bitrate'),
    video,
    audio: readAudio(streams),
    cover: cover === -1 ? undefined : cover,
    isCoverUnread: cover === -1 && pictures.some(isCover),
    textTrack: findText(streams),
  }
}

function isCover(stream: string): boolean {
  return /^[^\n]*\(attached pic\)/.test(stream)
}

function isReadCover(stream: string): boolean {
  return /: Video: (?:mjpeg|png)\b[^\n]* \d+x\d+[ ,\n]/.test(stream)
}

function findText(streams: readonly string[]): number | undefined {
  const tracks = streams
    .map((each) => codecOf([each], 'Subtitle'))
    .filter((each) => each !== undefined)
  const found = tracks.findIndex((codec) => TEXTS.has(codec))
  return found === -1 ? undefined : found
}

function readAudio(streams: readonly string[]): AudioStream | undefined {
  const sounds = streams.filter((each) => /^[^\n]*?: Audio: /.test(each))
  // What only some telephone knows has no name.
  const index = sounds.findIndex((each) => codecOf([each], 'Audio') !== undefined)
  const [line = ''] = sounds[index]?.split('\n') ?? []
  const codec = codecOf([line], 'Audio')
  if (codec === undefined) return undefined
  return {
    index,
    codec,
    isFine: /\bpcm_[sf](?:24|32|64)|\(24 bit\)|: (?:flac|alac|wavpack|tta)\b.*, s32p?\b/.test(line),
    isSlow: Number(/, (\d+) Hz\b/.exec(line)?.[1] ?? LEAST_RATE) < LEAST_RATE,
    isSurround: !/ Hz, (?:mono|stereo|[12] channels?)\b/.test(line),
  }
}

function codecOf(streams: readonly string[], type: string): string | undefined {
  return streams
    .map((each) => new RegExp(`^[^\\n]*?: ${type}: (\\w+)`).exec(each)?.[1])
    .find((codec) => codec !== undefined && codec !== 'none')
}

/** The least of a second at which a source begins that was cut out of a longer one, or recorded from one. */
const LEAST_START = 1

/**
 * Whether a duration may count from before the source begins: in Matroska some programs write how long it is, and others when it
 * ends.
 */
function countsFromZero(input: string): boolean {
  const start = /^ {2}Duration: [^\n]*, start: (\d+\.\d+)/m.exec(input)?.[1]
  return input.startsWith('Input #0, matroska') && Number(start ?? 0) >= LEAST_START
}

function readDuration(input: string): number | undefined {
  const found = /^ {2}Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)/m.exec(input)
  if (found === null) return undefined
  const [, hours, minutes, seconds] = found
  const duration = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  return duration > 0 ? duration : undefined
}
