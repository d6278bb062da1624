import type { ShownSize } from './frame-size.ts'

/** A stream of pictures, as they are shown: upright, with square pixels. */
export interface VideoStream extends ShownSize {
  readonly codec: string
}

/** What FFmpeg says of a source. */
export interface MediaInfo {
  /** In seconds; undefined when the source does not say. */
  readonly duration: number | undefined
  /** Whether {@link duration} is no more than a guess by the size of the file. */
  readonly isGuessed: boolean
  /** Nothing of the kind, or the first of it; a cover is no video. */
  readonly video: VideoStream | undefined
  readonly audio: { readonly codec: string } | undefined
  /** Which of the subtitles are texts, counted from 0 among all of them; the first such. */
  readonly textTrack: number | undefined
}

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
  const videos = streams.filter(
    (each) => /^[^\n]*: Video: /.test(each) && !each.includes('(attached pic)'),
  )
  const [video] = videos.map(readVideo).filter((each) => each !== undefined)
  const audio = codecOf(streams, 'Audio')
  return {
    duration: readDuration(input),
    isGuessed: log.includes('Estimating duration from bitrate'),
    video,
    audio: audio === undefined ? undefined : { codec: audio },
    textTrack: findText(streams),
  }
}

function findText(streams: readonly string[]): number | undefined {
  const tracks = streams
    .map((each) => codecOf([each], 'Subtitle'))
    .filter((each) => each !== undefined)
  const found = tracks.findIndex((codec) => TEXTS.has(codec))
  return found === -1 ? undefined : found
}

function codecOf(streams: readonly string[], type: string): string | undefined {
  return streams
    .map((each) => new RegExp(`^[^\\n]*?: ${type}: (\\w+)`).exec(each)?.[1])
    .find((codec) => codec !== undefined && codec !== 'none')
}

function readDuration(input: string): number | undefined {
  const found = /^ {2}Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)/m.exec(input)
  if (found === null) return undefined
  const [, hours, minutes, seconds] = found
  const duration = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  return duration > 0 ? duration : undefined
}

function readVideo(stream: string): VideoStream | undefined {
  const [line = ''] = stream.split('\n')
  const codec = /: Video: (\w+)/.exec(line)?.[1]
  // The first pair of numbers that is no hexadecimal tag.
  const size = /[ ,](\d+)x(\d+)(?= ?[[,\n]| ?$)/.exec(line)
  if (codec === undefined || size === null) return undefined
  const [width, height] = [Number(size[1]), Number(size[2])]
  if (width === 0 || height === 0) return undefined
  const [, across = '1', down = '1'] = /\bSAR (\d+):(\d+)\b/.exec(line) ?? []
  const aspect = Number(across) > 0 && Number(down) > 0 ? Number(across) / Number(down) : 1
  const isSquare = aspect === 1
  const shown = { codec, isSquare, width: Math.max(1, Math.round(width * aspect)), height }
  const turned = Number(/rotation of (-?[\d.]+) degrees/.exec(stream)?.[1] ?? 0)
  // As FFmpeg turns them: the quarter turns, and whatever is nearest to one.
  return Math.round(turned / 90) % 2 === 0
    ? shown
    : { ...shown, width: shown.height, height: shown.width }
}
