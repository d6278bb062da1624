import { type Input, inputArguments } from './arguments.ts'
import type { WaveformOptions } from './options.ts'
import { lightFilters } from './video-arguments.ts'
import type { VideoStream } from './video-stream.ts'

/** Whatever a source says of itself does not become part of a picture. */
const AS_PNG = ['-map_metadata', '-1', '-c:v', 'png', '-f', 'image2pipe'] as const

/**
 * What makes one picture of a source, at a number of seconds.
 *
 * @param inside - the sides of the box that it has to fit into; it stays as large as it is unless given
 */
export function frameArguments(
  input: Input,
  seconds: number,
  video: VideoStream,
  inside?: number,
): string[] {
  const filters = [
    ...lightFilters(video),
    // Square pixels, as they are shown.
    "scale=w='max(1,round(iw*sar))':h=ih",
    'setsar=1',
    ...(inside === undefined
      ? []
      : [`scale=w='min(iw,${inside})':h='min(ih,${inside})':force_original_aspect_ratio=decrease`]),
  ]
  return [
    ...inputArguments(input, { start: seconds, video }),
    '-map',
    '0:V:0',
    '-frames:v',
    '1',
    '-vf',
    filters.join(','),
    ...AS_PNG,
    input.made,
  ]
}

/** What makes a picture of how loud a source is, from its beginning to its end, on nothing. */
export function waveformArguments(
  input: Input,
  { width, height, colour }: WaveformOptions,
  audio: { readonly index: number },
): string[] {
  const drawn = `showwavespic=s=${width}x${height}:colors=0x${colour}:split_channels=0:filter=peak`
  return [
    ...inputArguments(input),
    '-filter_complex',
    `[0:a:${audio.index}]aformat=channel_layouts=mono,${drawn}[wave]`,
    '-map',
    '[wave]',
    '-frames:v',
    '1',
    ...AS_PNG,
    input.made,
  ]
}

/** What takes the cover of a record out of it, as a PNG. */
export function coverPictureArguments(input: Input, cover: number): string[] {
  return [...inputArguments(input), '-map', `0:v:${cover}`, '-frames:v', '1', ...AS_PNG, input.made]
}
