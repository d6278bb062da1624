import type { SourceKind } from '../sources/kinds.ts'
import { codecName } from './codec-names.ts'

/** What a video or a sound is; what nobody can tell is undefined. */
export interface MediaFacts {
  /** In seconds. */
  readonly duration: number | undefined
  /** In pixels, as a player shows it before it is turned. */
  readonly width: number | undefined
  readonly height: number | undefined
  /** By how much a player turns the pictures clockwise, in degrees. */
  readonly rotation: number | undefined
  /** In pictures a second. */
  readonly frameRate: number | undefined
  readonly videoCodec: string | undefined
  readonly audioCodec: string | undefined
  /** In samples a second. */
  readonly sampleRate: number | undefined
  readonly channels: number | undefined
  /** Of the whole file, in bits a second. */
  readonly bitrate: number | undefined
}

/** What ExifTool says of a source, by group and name; see `media-tags.ts`. */
type Tags = Readonly<Record<string, unknown>>

/** Where ExifTool has each fact, by the name of the tag, in the order in which they count. */
const TAG_NAMES = {
  videoCodec: ['CompressorID', 'VideoCodec', 'VideoEncoding', 'VideoCodecName', 'VideoStreamType'],
  // What AVI calls AudioCodec is the number of a handler, and its rate that of packets.
  audioCodec: ['AudioFormat', 'Encoding', 'AudioEncoding', 'AudioCodecName', 'AudioStreamType'],
  sampleRate: ['SampleRate', 'AudioSampleRate'],
  channels: ['NumChannels', 'Channels', 'AudioChannels'],
  frameRate: ['VideoFrameRate', 'FrameRate'],
} as const

/** Sounds whose format is their codec. */
const CODEC_OF_FORMAT: Partial<Readonly<Record<SourceKind['id'], string>>> = {
  aac: 'AAC',
  flac: 'FLAC',
  opus: 'Opus',
}

/** Streams of an Ogg file, by the group that ExifTool has their tags in. */
const OGG_AUDIO = ['Vorbis', 'Opus', 'Speex', 'FLAC'] as const

/** How many channels there are, in the words of ExifTool for MPEG audio. */
const CHANNEL_MODES: Readonly<Record<string, number>> = {
  'Single Channel': 1,
  Stereo: 2,
  'Joint Stereo': 2,
  'Dual Channel': 2,
}

/** Kinds of which ExifTool guesses how long they are, by the bitrate that they claim. */
const GUESSED: readonly SourceKind['id'][] = ['mp3', 'ogg', 'opus']

/** What is below or above is a counter of time, and no rate of pictures. */
const ORDINARY_RATES = { least: 1, most: 1000 } as const

/** What `tags` say of a video or a sound of this kind. */
export function readMediaFacts(
  { id }: SourceKind,
  tags: Tags,
  measured: { readonly duration: number | undefined; readonly bytes: number },
): MediaFacts {
  const duration = measured.duration ?? readDuration(id, tags)
  const frameRate = find(tags, TAG_NAMES.frameRate, isPositive)
  return {
    duration,
    width: find(tags, ['ImageWidth'], isCount),
    height: find(tags, ['ImageHeight'], isCount),
    rotation: find(tags, ['Rotation'], isTurn),
    frameRate:
      frameRate !== undefined &&
      frameRate >= ORDINARY_RATES.least &&
      frameRate <= ORDINARY_RATES.most
        ? Math.round(frameRate * 1000) / 1000
        : undefined,
    videoCodec: readVideoCodec(tags),
    audioCodec: readAudioCodec(id, tags),
    sampleRate: find(tags, TAG_NAMES.sampleRate, isCount),
    channels: isAlwaysStereo(id, tags) ? undefined : readChannels(tags),
    bitrate: duration === undefined ? undefined : Math.round((measured.bytes * 8) / duration),
  }
}

function readDuration(id: SourceKind['id'], tags: Tags): number | undefined {
  if (GUESSED.includes(id)) return undefined
  const seconds = find(tags, ['Duration'], isPositive)
  // What a player waits for at first is a part of it, in milliseconds (ASF specification, 3.2).
  const wait = id === 'wmv' || id === 'wma' ? (find(tags, ['Preroll'], isPositive) ?? 0) / 1000 : 0
  return seconds !== undefined && seconds > wait ? seconds - wait : undefined
}

function readVideoCodec(tags: Tags): string | undefined {
  if (hasGroup(tags, 'Theora')) return 'Theora'
  return codecName(findText(tags, TAG_NAMES.videoCodec) ?? findTrack(tags, 'V_'))
}

function readAudioCodec(id: SourceKind['id'], tags: Tags): string | undefined {
  if (id === 'ogg') {
    return OGG_AUDIO.find((group) => hasGroup(tags, group))
  }
  const ofFormat = CODEC_OF_FORMAT[id]
  if (ofFormat !== undefined) return ofFormat
  const layer = find(tags, ['AudioLayer'], isCount)
  if (layer !== undefined) return `MP${layer}`
  if (id === 'aiff') return codecName(findText(tags, ['CompressionType'])) ?? 'PCM'
  return codecName(findText(tags, TAG_NAMES.audioCodec) ?? findTrack(tags, 'A_'))
}

/**
 * Containers that say two channels of whatever is AAC (ISO 14496-14, 5.6.1; Flash Video File Format, 10.1, E.4.2.1), since
 * its own header counts, which ExifTool does not read.
 */
const STEREO_AAC: readonly SourceKind['id'][] = ['mp4', 'mov', 'm4v', 'm4a', '3gp', 'flv']

/** Whether what a file says of its channels is the same for all such files. */
function isAlwaysStereo(id: SourceKind['id'], tags: Tags): boolean {
  return STEREO_AAC.includes(id) && readAudioCodec(id, tags) === 'AAC'
}

function readChannels(tags: Tags): number | undefined {
  const mode = findText(tags, ['ChannelMode'])
  return (
    (mode === undefined ? undefined : CHANNEL_MODES[mode]) ??
    find(tags, TAG_NAMES.channels, isCount)
  )
}

/** The first track of Matroska whose codec begins with `V_` or `A_` (RFC 9559, 5.1.4.1.21). */
function findTrack(tags: Tags, prefix: string): string | undefined {
  return entries(tags)
    .filter(({ name, value }) => name === 'CodecID' && String(value).startsWith(prefix))
    .map(({ value }) => String(value))[0]
}

function hasGroup(tags: Tags, wanted: string): boolean {
  // Comments are in a group of this name in any of these formats.
  return entries(tags).some(({ group }) => group === wanted)
}

function findText(tags: Tags, names: readonly string[]): string | undefined {
  const value = find(tags, names, (each) => typeof each === 'string')
  return value
}

/** The first value of the first of `names` that is a value for it, whatever its group is. */
function find<Value>(
  tags: Tags,
  names: readonly string[],
  isValue: (value: unknown) => value is Value,
): Value | undefined {
  for (const wanted of names) {
    for (const { name, value } of entries(tags)) {
      if (name === wanted && isValue(value)) return value
    }
  }
  return undefined
}

function entries(tags: Tags): { group: string; name: string; value: unknown }[] {
  return Object.entries(tags).map(([key, value]) => {
    const [group = '', name = ''] = key.split(':')
    return { group, name, value }
  })
}

function isPositive(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0
}

function isCount(value: unknown): value is number {
  return isPositive(value) && Number.isInteger(value)
}

function isTurn(value: unknown): value is number {
  return typeof value === 'number' && [0, 90, 180, 270].includes(value)
}
