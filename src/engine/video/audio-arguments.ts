import { AUDIO_ENCODERS, type AudioCodec } from './codecs.ts'
import type { AudioStream, MediaInfo } from './media-info.ts'
import type { MediaOptions } from './options.ts'

type Encoded = Exclude<AudioCodec, 'copy' | 'none'>

/** How the sound of a source is written: the first of several. */
export function audioArguments(
  options: MediaOptions,
  { audio }: Pick<MediaInfo, 'audio'>,
  codec: AudioCodec,
): string[] {
  if (codec === 'none' || audio === undefined) return ['-an']
  const map = ['-map', `0:a:${audio.index}`]
  if (codec === 'copy') return [...map, '-c:a', 'copy']
  const facts = AUDIO_ENCODERS[codec]
  const { audioBitrate, sampleRate } = options
  const bitrate = 'bitrate' in facts ? (audioBitrate ?? facts.bitrate) : undefined
  return [
    ...map,
    '-c:a',
    encoderOf(codec, audio, options),
    ...(bitrate === undefined ? [] : ['-b:a', `${bitrate}k`]),
    ...channelArguments(codec, audio, options),
    ...rateArguments(codec, audio, sampleRate),
  ]
}

/** The encoders of MP2 and Vorbis do not take what telephones record. */
function rateArguments(
  codec: Encoded,
  { isSlow }: AudioStream,
  sampleRate: number | undefined,
): string[] {
  if (sampleRate !== undefined) return ['-ar', String(sampleRate)]
  return isSlow && (codec === 'mp2' || codec === 'vorbis') ? ['-ar', '44100'] : []
}

/** Plain numbers have as many bits as those of the source, and come the other way round in an AIFF. */
function encoderOf(codec: Encoded, { isFine }: AudioStream, { format }: MediaOptions): string {
  if (codec !== 'pcm') return AUDIO_ENCODERS[codec].encoder
  return `pcm_s${isFine ? 24 : 16}${format === 'aiff' ? 'be' : 'le'}`
}

/** The encoder of Opus knows one place for each of its loudspeakers, and not those beside instead of behind. */
const OPUS_LAYOUTS = 'aformat=channel_layouts=7.1|6.1|5.1|5.0|quad|3.0|stereo|mono'

function channelArguments(
  codec: Encoded,
  { isSurround }: AudioStream,
  { channels }: MediaOptions,
): string[] {
  if (channels !== undefined) return ['-ac', String(channels)]
  if (!isSurround) return []
  if (codec === 'opus') return ['-af', OPUS_LAYOUTS]
  return codec === 'wma' ? ['-ac', '2'] : []
}
