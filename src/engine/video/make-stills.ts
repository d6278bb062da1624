import { rename, rm, stat } from 'node:fs/promises'
import sharp from 'sharp'
import { corruptSource, OperationError } from '../../base/operation-error.ts'
import type { ProgramLimits } from '../../programs/program-limits.ts'
import type { OutputFile } from '../operation.ts'
import type { Input } from './arguments.ts'
import { explainEnd } from './explain-end.ts'
import type { FFmpegEnd } from './ffmpeg.ts'
import type { MediaInfo } from './media-info.ts'
import type { FilmstripOptions, Moment, StillOptions, WaveformOptions } from './options.ts'
import { coverPictureArguments, frameArguments, waveformArguments } from './still-arguments.ts'

/** What is known of a source that pictures are made of. */
export interface StillSource {
  /** What people call it. */
  readonly title: string
  readonly limits: ProgramLimits
  readonly info: MediaInfo
  /** How long it is, in seconds. */
  readonly length: () => Promise<number>
  readonly run: (made: string, toArguments: (input: Input) => string[]) => Promise<FFmpegEnd>
  readonly onProgress: (done: number) => void
}

const PNG = 'image/png'
const PICTURE = { format: 'a picture' } as const

/** This long before the end of a source its last picture is looked for, in seconds. */
const BEFORE_END = 0.1

/** The longer side of the pictures of a filmstrip, in pixels: a hundred of them are 8,192,000. */
const TILE = 320

/** Makes a picture of a source: see {@link StillOptions}. */
export function makeStill(
  source: StillSource,
  options: StillOptions,
  made: string,
): Promise<OutputFile> {
  if (options.kind === 'filmstrip') return makeFilmstrip(source, options, made)
  if (options.kind === 'waveform') return makeWaveform(source, options, made)
  return makePoster(source, options, made)
}

/** A picture of a video, the cover of a record, or how loud it is. */
async function makePoster(
  source: StillSource,
  { at, waveform }: Extract<StillOptions, { kind: 'poster' }>,
  made: string,
): Promise<OutputFile> {
  const { video, cover } = source.info
  if (video !== undefined) return makeFrame(source, at, made)
  if (cover === undefined) return makeWaveform(source, waveform, made)
  await finish(source, made, (input) => coverPictureArguments(input, cover))
  return { path: made, mediaType: PNG }
}

async function makeFrame(
  source: StillSource,
  at: Moment,
  made: string,
  inside?: number,
): Promise<OutputFile> {
  const { title, info, length } = source
  const { video } = info
  if (video === undefined) {
    throw new OperationError('stream_missing', { title, stream: 'video', ...PICTURE })
  }
  const duration = info.duration ?? (await length())
  const seconds = 'seconds' in at ? at.seconds : at.share * duration
  if (seconds > duration) throw new OperationError('moment_outside', { seconds, duration })
  // The last picture may begin before what is asked for, and the first one after it.
  for (const moment of [seconds, Math.max(0, duration - BEFORE_END), 0]) {
    const toArguments = (input: Input): string[] => frameArguments(input, moment, video, inside)
    if (await attempt(source, made, toArguments)) return { path: made, mediaType: PNG }
  }
  throw corruptSource(title)
}

/** Moments that part a source evenly, one beside the other and then below. */
async function makeFilmstrip(
  source: StillSource,
  { columns, rows }: FilmstripOptions,
  made: string,
): Promise<OutputFile> {
  const count = columns * rows
  const tiles: string[] = []
  try {
    for (let index = 0; index < count; index += 1) {
      const tile = `${made}-${index}`
      tiles.push(tile)
      await makeFrame(source, { share: (index + 0.5) / count }, tile, TILE)
      source.onProgress((index + 1) / (count + 1))
    }
    // All pictures of a video have one size, but for those whose size changes.
    const { width, height } = await sharp(tiles[0]).metadata()
    const placed = await Promise.all(
      tiles.map(async (tile, index) => ({
        input: await sharp(tile).resize({ width, height, fit: 'contain' }).png().toBuffer(),
        left: (index % columns) * width,
        top: Math.floor(index / columns) * height,
      })),
    )
    const background = { r: 0, g: 0, b: 0, alpha: 0 }
    await sharp({
      create: { width: columns * width, height: rows * height, channels: 4, background },
    })
      .composite(placed)
      .png()
      .toFile(`${made}-all`)
    await rename(`${made}-all`, made)
    return { path: made, mediaType: PNG }
  } finally {
    await Promise.all([...tiles, `${made}-all`].map((path) => rm(path, { force: true })))
  }
}

async function makeWaveform(
  source: StillSource,
  options: WaveformOptions,
  made: string,
): Promise<OutputFile> {
  const { title, info } = source
  const { audio } = info
  if (audio === undefined) {
    throw new OperationError('stream_missing', { title, stream: 'audio', format: 'a waveform' })
  }
  await finish(source, made, (input) => waveformArguments(input, options, audio))
  return { path: made, mediaType: PNG }
}

async function finish(
  source: StillSource,
  made: string,
  toArguments: (input: Input) => string[],
): Promise<void> {
  if (!(await attempt(source, made, toArguments))) throw corruptSource(source.title)
}

/** @returns whether something has been made */
async function attempt(
  { title, limits, run }: StillSource,
  made: string,
  toArguments: (input: Input) => string[],
): Promise<boolean> {
  const end = await run(made, toArguments)
  if (end.excess !== undefined || end.code !== 0)
    throw explainEnd(end, { title, ...PICTURE }, limits)
  return (await sizeOf(made)) > 0
}

/** The size of what FFmpeg has made, in bytes; it makes no file when it makes nothing. */
export async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  )
}
