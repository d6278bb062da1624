import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { JOB, SOURCE } from '../exiftool/run-exiftool.ts'

const FILE = 'media.json'

/**
 * What ExifTool is asked of videos and sounds, with its groups since tracks have tags of the same names: codecs in its
 * words, and whatever is calculated with as a number.
 */
const TAGS = [
  'CompressorID',
  'AudioFormat',
  'CodecID',
  'VideoCodec',
  'Encoding',
  'VideoCodecName',
  'AudioCodecName',
  'VideoEncoding',
  'AudioEncoding',
  'VideoStreamType',
  'AudioStreamType',
  'CompressionType',
  'AudioLayer',
  'ChannelMode',
  'NumChannels#',
  'Channels#',
  'AudioChannels#',
  'SampleRate',
  'AudioSampleRate#',
  'VideoFrameRate#',
  'FrameRate#',
  'ImageWidth#',
  'ImageHeight#',
  'Duration#',
  'Preroll#',
  'Rotation#',
] as const

/** A command for ExifTool that writes what a video or a sound says of its streams; see {@link mediaTagsIn}. */
export const WRITE_MEDIA_TAGS: readonly string[] = [
  '-m',
  '-j',
  '-G1',
  '-q',
  ...TAGS.map((tag) => `-${tag}`),
  '-w',
  `${JOB}/media%0f.json`,
  SOURCE,
]

/** The text that {@link WRITE_MEDIA_TAGS} has written into the folder of a job; an empty one when there is nothing. */
export function mediaTagsIn(folder: string): string {
  try {
    return readFileSync(join(folder, FILE), 'utf8')
  } catch {
    // ExifTool writes no file when a source has none of the tags.
    return ''
  }
}
