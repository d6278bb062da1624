import { OperationError } from '../../base/operation-error.ts'
import { formatIds } from '../../sources/format-lookup.ts'
import { type FormatId, KNOWN_FORMATS } from '../../sources/formats.ts'
import type { IdentifiedSource } from '../../sources/identify.ts'

/**
 * The reader of FFmpeg for each format, which is the only one that it may use: left to guess it takes a list of files that
 * calls itself a movie, and opens what that names.
 */
const DEMUXERS = {
  mp4: 'mov',
  mov: 'mov',
  m4v: 'mov',
  m4a: 'mov',
  '3gp': 'mov',
  webm: 'matroska',
  mkv: 'matroska',
  avi: 'avi',
  mpg: 'mpeg',
  mts: 'mpegts',
  wmv: 'asf',
  wma: 'asf',
  flv: 'flv',
  mp3: 'mp3',
  aac: 'aac',
  wav: 'wav',
  aiff: 'aiff',
  ogg: 'ogg',
  opus: 'ogg',
  flac: 'flac',
  gif: 'gif',
} as const satisfies Partial<Readonly<Record<FormatId, string>>>

/** A format that FFmpeg is given to read. */
export type PlayedFormat = keyof typeof DEMUXERS

/** All of them. */
export const PLAYED_FORMATS: readonly PlayedFormat[] = formatIds().filter(isPlayed)

/** What is known of a source before FFmpeg sees it. */
export interface PlayedSource {
  readonly path: string
  /** What people call the kind of it. */
  readonly title: string
  readonly demuxer: string
}

/** Whether a format is one of video or audio, or an animation that plays as one. */
export function isPlayed(id: string): id is PlayedFormat {
  return Object.hasOwn(DEMUXERS, id)
}

/**
 * What FFmpeg is to read of a source, by its content.
 *
 * @param called - the format that the name of the source says, for the sentence about one that is nothing
 * @throws {@link OperationError} when it is empty, damaged or of another kind
 */
export function playedSource(
  { path, content, start }: IdentifiedSource,
  called: FormatId | undefined,
): PlayedSource {
  if (start.length === 0) throw new OperationError('source_empty', {})
  if (content !== undefined && isPlayed(content)) {
    return { path, title: KNOWN_FORMATS[content].title, demuxer: DEMUXERS[content] }
  }
  // Bytes that are nothing are a damaged file of what they are called; any other content is that.
  if (content === undefined && called !== undefined && isPlayed(called)) {
    throw new OperationError('source_corrupt', { title: KNOWN_FORMATS[called].title })
  }
  throw new OperationError('source_no_media', {
    taken: PLAYED_FORMATS.map((id) => KNOWN_FORMATS[id].title),
  })
}
