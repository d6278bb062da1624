import { rm } from 'node:fs/promises'
import { corruptSource, OperationError } from '../../base/operation-error.ts'
import { missingProgram } from '../../programs/missing-program.ts'
import type { ProgramLimits } from '../../programs/program-limits.ts'
import type { OutputFile } from '../operation.ts'
import {
  convertArguments,
  type Decided,
  describeArguments,
  type Input,
  MOST_PIXELS,
  measureArguments,
  subtitleFileArguments,
} from './arguments.ts'
import { VIDEO_ENCODERS } from './codecs.ts'
import { decideCodecs } from './decide-codecs.ts'
import { endsEarly, explainEnd } from './explain-end.ts'
import type { FFmpeg, FFmpegEnd } from './ffmpeg.ts'
import { planFrame } from './frame-size.ts'
import { makeStill, sizeOf } from './make-stills.ts'
import { type MediaInfo, readMediaInfo } from './media-info.ts'
import type { MediaOptions, StillOptions, VideoOptions } from './options.ts'
import { OUTPUTS, type OutputFormat } from './output-formats.ts'
import type { PlayedSource } from './source-formats.ts'
import { tellLosses } from './tell-losses.ts'

/** Makes files of one source. */
export interface Maker {
  /**
   * @param made - the path of the file
   * @param onProgress - is told how much is done, from 0 to 1
   */
  readonly make: (
    options: VideoOptions,
    made: string,
    onProgress: (done: number) => void,
  ) => Promise<OutputFile>
}

/** What a maker works with. */
interface Tools {
  readonly ffmpeg: FFmpeg
  readonly limits: ProgramLimits
  readonly signal: AbortSignal
}

/** How long it may take to find out what is in a source, in milliseconds; one of hours takes less than a second. */
const LONGEST_LOOK_MS = 60_000

/** What FFmpeg says at the end when it has written sound, but no picture. */
const NO_PICTURE = /^(?:\[[^\]]*\] )?video:0kB/m

/**
 * Looks at a source once, and makes files of it.
 *
 * @throws {@link OperationError} when it cannot be read or its pictures are too large
 */
export async function createMaker(source: PlayedSource, tools: Tools): Promise<Maker> {
  const { ffmpeg, limits, signal } = tools
  const { title, demuxer, path } = source

  const run = (
    made: string,
    toArguments: (input: Input) => string[],
    onProgress: (seconds: number) => void = () => undefined,
    longestMs = limits.longestMs,
  ): Promise<FFmpegEnd> =>
    ffmpeg.run(
      { source: path, made, signal, limits: { ...limits, longestMs }, onProgress },
      (names) => toArguments({ ...names, demuxer, engine: ffmpeg.engine }),
    )

  async function describe(made: string): Promise<MediaInfo> {
    const longestMs = Math.min(limits.longestMs, LONGEST_LOOK_MS)
    const end = await run(made, describeArguments, undefined, longestMs)
    const info = readMediaInfo(end.log)
    const { video, audio } = info
    if (end.excess !== undefined) {
      throw explainEnd(end, { title, format: title }, { ...limits, longestMs })
    }
    if (video === undefined && audio === undefined) {
      throw corruptSource(title, { cause: end.log.slice(-2000) })
    }
    if (video !== undefined && video.width * video.height > MOST_PIXELS) {
      const { width, height } = video
      throw new OperationError('source_too_many_pixels', { width, height, most: MOST_PIXELS })
    }
    return info
  }

  let described: Promise<MediaInfo> | undefined
  const infoOf = (made: string): Promise<MediaInfo> => (described ??= describe(made))

  let measured: Promise<number> | undefined
  /** How long a source is that does not say so. */
  const measure = (made: string): Promise<number> =>
    (measured ??= run(made, measureArguments).then(({ reached }) => reached))

  /**
   * Writes the texts that become a part of the pictures; the embedded FFmpeg has no letters to draw them with.
   *
   * @returns the path
   */
  async function writeTexts(
    options: MediaOptions,
    info: MediaInfo,
    texts: string,
  ): Promise<string> {
    const { textTrack } = info
    if (ffmpeg.engine === 'embedded') throw missingProgram('ffmpeg', 'Subtitles in pictures')
    if (textTrack === undefined) {
      throw new OperationError('stream_missing', {
        title,
        stream: 'text subtitles',
        format: 'a part of the pictures',
      })
    }
    const end = await run(texts, (input) => subtitleFileArguments(input, options, textTrack))
    if (end.code === 0 && (await sizeOf(texts)) > 0) return texts
    await rm(texts, { force: true })
    throw explainEnd(end, { title, format: 'subtitles' }, limits)
  }

  async function makeMedia(
    options: MediaOptions,
    made: string,
    onProgress: (done: number) => void,
  ): Promise<OutputFile> {
    const info = await infoOf(made)
    const output: OutputFormat = OUTPUTS[options.format]
    const { title: format, mediaType, untimed } = output
    const decided = decideCodecs(options, info, ffmpeg.engine, title)
    const length = lengthOf(options, info)
    checkSize(options, info, decided)
    const texts = `${made}-subtitles`
    const burnt = options.subtitles === 'hard' ? await writeTexts(options, info, texts) : undefined
    const running = run(
      made,
      (input) => convertArguments(input, options, info, decided, burnt),
      (seconds) => onProgress(length === undefined ? 0 : Math.min(1, seconds / length)),
    )
    await Promise.allSettled([running])
    if (burnt !== undefined) await rm(burnt, { force: true })
    const end = await running
    const bytes = await sizeOf(made)
    if (end.code !== 0 || bytes === 0 || end.excess !== undefined) {
      throw explainEnd(end, { title, format }, limits)
    }
    if (isTrimmed(options) && decided.videoCodec !== 'none' && NO_PICTURE.test(end.log)) {
      const { trimStart: start = 0, trimEnd = start + (length ?? 0) } = options
      throw new OperationError('trim_empty', { start, end: trimEnd, duration: info.duration })
    }
    const isWhole =
      (decided.videoCodec !== 'none' || info.video === undefined) &&
      (decided.audioCodec !== 'none' || info.audio === undefined)
    // The last picture of a GIF may be shown for any time, which a video does not have it for.
    const isSure = isWhole && !info.isGuessed && demuxer !== 'gif'
    const expected = untimed ? undefined : length
    if (expected !== undefined && endsEarly(end, { expected, isSure })) {
      throw corruptSource(title, { cause: end.log.slice(-2000) })
    }
    const remarks = tellLosses(info, decided, output)
    return { path: made, mediaType, ...(remarks.length > 0 && { remarks }) }
  }

  async function makePicture(
    options: StillOptions,
    made: string,
    onProgress: (done: number) => void,
  ): Promise<OutputFile> {
    const info = await infoOf(made)
    const length = (): Promise<number> => measure(made)
    return makeStill({ title, limits, info, length, run, onProgress }, options, made)
  }

  return {
    make: (options, made, onProgress) =>
      options.kind === 'media'
        ? makeMedia(options, made, onProgress)
        : makePicture(options, made, onProgress),
  }
}

/**
 * How many seconds are to be made; undefined when the source does not say how long it is.
 *
 * @throws {@link OperationError} trim_empty when it is none
 */
function lengthOf(
  { trimStart: start = 0, trimEnd: end }: MediaOptions,
  { duration }: MediaInfo,
): number | undefined {
  const last = end === undefined ? duration : Math.min(end, duration ?? end)
  if (last !== undefined && start >= last) {
    throw new OperationError('trim_empty', { start, end: end ?? last, duration })
  }
  return last === undefined ? undefined : last - start
}

/** @throws {@link OperationError} rendition_too_large */
function checkSize(options: MediaOptions, { video }: MediaInfo, { videoCodec }: Decided): void {
  if (video === undefined || videoCodec === 'none' || videoCodec === 'copy') return
  const { width, height } = planFrame(video, options, VIDEO_ENCODERS[videoCodec].even).size
  if (width * height <= MOST_PIXELS) return
  throw new OperationError('rendition_too_large', { width, height, most: MOST_PIXELS })
}

function isTrimmed({ trimStart, trimEnd }: MediaOptions): boolean {
  return trimStart !== undefined || trimEnd !== undefined
}
