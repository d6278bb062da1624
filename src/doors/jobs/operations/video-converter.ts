import { AUDIO_FORMATS, PICTURE_FORMATS, VIDEO_FORMATS } from '../../../contract/actions.ts'
import { formatIds, isFormatId } from '../../../sources/format-lookup.ts'
import { KNOWN_FORMATS } from '../../../sources/formats.ts'
import type { InputFile } from '../tasks/input-file.ts'
import { asFormat } from './as-format.ts'
import type { Converter } from './converter.ts'
import { pairs, spellings } from './format-pairs.ts'
import { outputNames } from './output-names.ts'
import { PICTURE_OPTIONS, pictureInstructions } from './picture-options.ts'
import { VIDEO_OPTIONS, videoInstructions } from './video-options.ts'

const PLAYED: ReadonlySet<string> = new Set([...VIDEO_FORMATS, ...AUDIO_FORMATS])
const PICTURES: ReadonlySet<string> = new Set(PICTURE_FORMATS)

/** Every spelling of formats of video. */
export const VIDEOS = spellings(formatIds().filter((id) => KNOWN_FORMATS[id].group === 'video'))

/** Likewise of audio. */
export const SOUNDS = spellings(formatIds().filter((id) => KNOWN_FORMATS[id].group === 'audio'))

/** Whether a file is a video by its content. */
export function isVideo({ content }: Pick<InputFile, 'content'>): boolean {
  return content !== undefined && isFormatId(content) && KNOWN_FORMATS[content].group === 'video'
}

/** Whether a file is sound alone by its content. */
export function isSound({ content }: Pick<InputFile, 'content'>): boolean {
  return content !== undefined && isFormatId(content) && KNOWN_FORMATS[content].group === 'audio'
}

/**
 * Makes video of video and of animations, sound of both and of sound, and of a video one picture: an animation of all its
 * pictures as GIF and WebP.
 */
export const VIDEO_CONVERTER: Converter = {
  pairs: () => [
    ...pairs(VIDEOS, [...VIDEO_FORMATS, ...AUDIO_FORMATS, ...PICTURE_FORMATS]),
    ...pairs(SOUNDS, AUDIO_FORMATS),
    ...pairs(spellings(['gif', 'webp']), VIDEO_FORMATS),
  ],
  makes: (file, fmt) => PLAYED.has(fmt) || (PICTURES.has(fmt) && isVideo(file)),
  reads: (fmt) => [
    'width',
    'height',
    ...Object.keys(VIDEO_OPTIONS),
    ...(PICTURES.has(fmt) ? Object.keys(PICTURE_OPTIONS) : []),
  ],
  wishes(file, options) {
    const { output_format: fmt, input_format: inputFormat, filename } = options
    const source = asFormat(file, inputFormat)
    const [name = ''] = outputNames(source, { filename, extension: fmt, count: 1 })
    const isClip = fmt === 'gif' || fmt === 'webp'
    const instructions = PICTURES.has(fmt)
      ? {
          ...pictureInstructions(fmt, options),
          ...videoInstructions(fmt, options),
          animated: isClip,
        }
      : videoInstructions(fmt, options)
    return [{ action: 'video', source, instructions, filename: name }]
  },
}
