import * as z from 'zod/mini'
import { readFormat } from '../contract/actions.ts'
import { toFilmstrip } from '../contract/filmstrip.ts'
import { toColour } from '../contract/instructions/colour.ts'
import type { Instructions } from '../contract/instructions/instruction.ts'
import { MOVIE_INSTRUCTIONS } from '../contract/instructions/table.ts'
import { VIDEO_INSTRUCTIONS } from '../contract/instructions/video-instructions.ts'
import { toMoment, toSeconds } from '../contract/play-time.ts'
import type { MediaOptions, StillOptions } from '../engine/video/options.ts'
import { MEDIA_FORMATS, type MediaFormat } from '../engine/video/output-formats.ts'
import { readInstruction } from './parameters.ts'
import { RenditionError } from './rendition-error.ts'

/** What some formats are called as well. */
const FORMAT_NAMES: Readonly<Record<string, MediaFormat>> = { mpeg: 'mpg', aif: 'aiff' }

/** What the engine calls codecs that have several names. */
const CODEC_NAMES = { h264: 'x264', h265: 'x265', hevc: 'x265' } as const

/**
 * Reads what a rendition that plays shall be like from its instructions.
 *
 * @throws {@link RenditionError} naming the first bad field, its value and what was expected
 */
export function readMediaOptions(instructions: Instructions): MediaOptions {
  const read = MOVIE_INSTRUCTIONS
  const codec = readInstruction('videoCodec', read.videoCodec, instructions)
  const start = readInstruction('trimStart', read.trimStart, instructions)
  const end = readInstruction('trimEnd', read.trimEnd, instructions)
  const subtitles = readInstruction('subtitles', read.subtitles, instructions)
  return {
    kind: 'media',
    format: formatOf(instructions['fmt']),
    videoCodec:
      codec === 'h264' || codec === 'h265' || codec === 'hevc' ? CODEC_NAMES[codec] : codec,
    crf: readInstruction('crf', read.crf, instructions),
    preset: readInstruction('preset', read.preset, instructions),
    tune: readInstruction('tune', read.tune, instructions),
    profile: readInstruction('profile', read.profile, instructions),
    level: readInstruction('level', read.level, instructions),
    videoBitrate: readInstruction('videoBitrate', read.videoBitrate, instructions),
    width: readInstruction('width', read.width, instructions),
    height: readInstruction('height', read.height, instructions),
    fit: readInstruction('fit', read.fit, instructions),
    fps: readInstruction('fps', read.fps, instructions),
    trimStart: start === undefined ? undefined : toSeconds(start),
    trimEnd: end === undefined ? undefined : toSeconds(end),
    audioCodec: readInstruction('audioCodec', read.audioCodec, instructions),
    audioBitrate: readInstruction('audioBitrate', read.audioBitrate, instructions),
    channels: readInstruction('channels', read.channels, instructions),
    sampleRate: readInstruction('sampleRate', read.sampleRate, instructions),
    subtitles: subtitles === 'soft' ? 'copy' : subtitles,
  }
}

/** A waveform of which nothing is said. */
const WAVEFORM = { width: 1280, height: 320, colour: '#1473e6' } as const

/** Reads which picture of what plays is wanted. */
export function readStillOptions(instructions: Instructions): StillOptions {
  const { timestamp, filmstrip, waveform } = VIDEO_INSTRUCTIONS
  const moment = readInstruction('timestamp', timestamp, instructions) ?? timestamp.default
  const pictures = readInstruction('filmstrip', filmstrip, instructions)
  const colour = readInstruction('waveform', waveform, instructions)
  if (pictures !== undefined) return { kind: 'filmstrip', ...toFilmstrip(pictures) }
  const wave = {
    width: readInstruction('width', MOVIE_INSTRUCTIONS.width, instructions) ?? WAVEFORM.width,
    height: readInstruction('height', MOVIE_INSTRUCTIONS.height, instructions) ?? WAVEFORM.height,
    colour: toHexadecimal(colour ?? WAVEFORM.colour),
  }
  if (colour !== undefined) return { kind: 'waveform', ...wave }
  return { kind: 'poster', at: toMoment(moment), waveform: wave }
}

function toHexadecimal(colour: string | number): string {
  const { r, g, b } = toColour(colour)
  return [r, g, b].map((value) => value.toString(16).padStart(2, '0')).join('')
}

function formatOf(fmt: unknown): MediaFormat {
  const name = readFormat(fmt)
  const { data } = z.safeParse(z.enum(MEDIA_FORMATS), FORMAT_NAMES[name] ?? name)
  if (data !== undefined) return data
  throw new RenditionError(
    'RenditionFormatUnsupported',
    fmt === undefined
      ? `fmt is missing; it must be one of ${MEDIA_FORMATS.join(', ')}.`
      : `fmt must be one of ${MEDIA_FORMATS.join(', ')}, but it is ${JSON.stringify(fmt)}.`,
  )
}
