import type { Packet } from '../packet/packet.ts'
import { writeProperties } from '../packet/write-properties.ts'
import type { MediaFacts } from './media-facts.ts'

/** The values of `xmpDM:audioChannelType` (XMP specification, part 2, 1.2.6.1); whatever else there is, is `Other`. */
const CHANNEL_TYPES: Readonly<Record<number, string>> = {
  1: 'Mono',
  2: 'Stereo',
  6: '5.1',
  8: '7.1',
  16: '16 Channel',
}

/** The values of `tiff:Orientation` for a picture that is turned clockwise to be upright. */
const ORIENTATIONS: Readonly<Record<number, number>> = { 0: 1, 90: 6, 180: 3, 270: 8 }

/** Writes what a video or a sound is as properties of XMP. */
export function describeMedia({
  duration,
  width,
  height,
  rotation,
  frameRate,
  videoCodec,
  audioCodec,
  sampleRate,
  channels,
  bitrate,
}: MediaFacts): Packet {
  const hasSize = width !== undefined && height !== undefined
  return writeProperties({
    'tiff:ImageWidth': { text: hasSize ? width : undefined },
    'tiff:ImageLength': { text: hasSize ? height : undefined },
    'tiff:Orientation': {
      text: hasSize && rotation !== undefined ? ORIENTATIONS[rotation] : undefined,
    },
    'xmpDM:videoFrameSize': {
      fields: hasSize ? { 'stDim:w': width, 'stDim:h': height, 'stDim:unit': 'pixel' } : undefined,
    },
    'xmpDM:videoFrameRate': { text: frameRate },
    'xmpDM:videoCompressor': { text: videoCodec },
    'xmpDM:audioCompressor': { text: audioCodec },
    'xmpDM:audioSampleRate': { text: sampleRate },
    'xmpDM:audioChannelType': {
      text: channels === undefined ? undefined : (CHANNEL_TYPES[channels] ?? 'Other'),
    },
    // A fraction of megabytes a second.
    'xmpDM:fileDataRate': {
      text: bitrate === undefined ? undefined : `${Math.round(bitrate / 8)}/1000000`,
    },
    'xmpDM:duration': {
      fields:
        duration === undefined
          ? undefined
          : { 'xmpDM:value': Math.round(duration * 1000), 'xmpDM:scale': '1/1000' },
    },
  })
}
