import { audioArguments } from './audio-arguments.ts'
import type { AudioCodec, Engine, VideoCodec } from './codecs.ts'
import type { MediaInfo } from './media-info.ts'
import type { MediaOptions } from './options.ts'
import { OUTPUTS, type OutputFormat } from './output-formats.ts'
import { videoArguments } from './video-arguments.ts'
import type { VideoStream } from './video-stream.ts'

/** What the files are called for FFmpeg. */
export interface FileNames {
  readonly source: string
  readonly made: string
}

/** How much FFmpeg may do at a time: a machine has other work, and the embedded one has no threads. */
const THREADS = { program: '2', embedded: '1' } as const

/** The pixels of a picture of 8K (7680 × 4320), and the most that a picture of a source or a rendition may have. */
export const MOST_PIXELS = 7680 * 4320

/**
 * Arguments that every run begins with: nothing is asked, nothing is guessed, nothing is opened but the one file, and no
 * picture is larger than {@link MOST_PIXELS}.
 */
export function inputArguments(
  { demuxer, source, engine }: Input,
  part: {
    readonly start?: number
    readonly length?: number | undefined
    readonly video?: VideoStream | undefined
  } = {},
): string[] {
  const { start = 0, length, video } = part
  return [
    ['-hide_banner', '-nostdin', '-y', '-nostats', '-progress', 'pipe:1'],
    ['-filter_threads', THREADS[engine]],
    ['-protocol_whitelist', 'file', '-format_whitelist', demuxer, '-f', demuxer],
    ['-max_pixels', String(MOST_PIXELS), '-threads', THREADS[engine]],
    ...decoderArguments(video),
    ...(start > 0 ? ['-ss', toSeconds(start)] : []),
    ...(length === undefined ? [] : ['-t', toSeconds(length)]),
    ['-i', source],
  ].flat()
}

/** What is read. */
export interface Input extends FileNames {
  /** What FFmpeg calls the reader. */
  readonly demuxer: string
  readonly engine: Engine
}

/** FFmpeg's own readers of these see nothing of what is transparent. */
const ALPHA_DECODERS: Readonly<Record<string, string>> = { vp8: 'libvpx', vp9: 'libvpx-vp9' }

function decoderArguments(video: VideoStream | undefined): string[] {
  const decoder = video?.hasAlpha ? ALPHA_DECODERS[video.codec] : undefined
  return decoder === undefined ? [] : ['-c:v', decoder]
}

/** What has a source described, and fails after that. */
export function describeArguments(input: Input): string[] {
  return inputArguments(input)
}

/** What reads all of a source and decodes nothing, which tells how long it lasts. */
export function measureArguments(input: Input): string[] {
  return [...inputArguments(input), '-map', '0', '-c', 'copy', '-f', 'null', '-']
}

/** What takes the texts out of a source, for the same part of it. */
export function subtitleFileArguments(
  input: Input,
  { trimStart: start = 0, trimEnd: end }: MediaOptions,
  textTrack: number,
): string[] {
  const length = end === undefined ? undefined : end - start
  return [
    ...inputArguments(input, { start, length }),
    '-map',
    `0:s:${textTrack}`,
    '-c:s',
    'ass',
    '-f',
    'ass',
    input.made,
  ]
}

/** What has been decided before: see {@link decideCodecs}. */
export interface Decided {
  readonly videoCodec: VideoCodec
  readonly audioCodec: AudioCodec
}

/**
 * What converts a source.
 *
 * @param options - checked against {@link Decided} codecs
 * @param burnt - the path of subtitles that become a part of the pictures
 */
export function convertArguments(
  input: Input,
  options: MediaOptions,
  info: MediaInfo,
  decided: Decided,
  burnt?: string,
): string[] {
  const { trimStart: start = 0, trimEnd: end } = options
  const output: OutputFormat = OUTPUTS[options.format]
  const length = end === undefined ? undefined : end - start
  return [
    ...inputArguments(input, { start, length, video: decodedVideo(info, decided) }),
    ...(decided.videoCodec === 'none'
      ? coverArguments(info, output)
      : videoArguments(options, info, decided.videoCodec, input.engine, burnt)),
    ...audioArguments(options, info, decided.audioCodec),
    ...subtitleArguments(options, info, output),
    // Data streams of cameras fit into few formats.
    ['-dn', '-threads', THREADS[input.engine]],
    ...(output.extra ?? []),
    ['-f', output.muxer, input.made],
  ].flat()
}

function decodedVideo({ video }: MediaInfo, { videoCodec }: Decided): VideoStream | undefined {
  return videoCodec === 'none' || videoCodec === 'copy' ? undefined : video
}

/** The cover of a record stays one, as it is. */
function coverArguments({ cover }: MediaInfo, { hasCover }: OutputFormat): string[] {
  if (cover === undefined || !hasCover) return ['-vn']
  return ['-map', `0:v:${cover}`, '-c:v', 'copy', '-disposition:v:0', 'attached_pic']
}

function subtitleArguments(
  { subtitles }: MediaOptions,
  info: MediaInfo,
  { subtitles: codec }: OutputFormat,
): string[] {
  const { textTrack, video } = info
  const isKept =
    subtitles !== 'none' && subtitles !== 'hard' && textTrack !== undefined && video !== undefined
  return isKept && codec !== undefined ? ['-map', `0:s:${textTrack}`, '-c:s', codec] : ['-sn']
}

/** Seconds as FFmpeg reads them; never in the notation of very small numbers. */
function toSeconds(seconds: number): string {
  return seconds.toFixed(3)
}
