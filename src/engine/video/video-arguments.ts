import { PRESETS } from '../../sources/codecs.ts'
import { type Engine, VIDEO_ENCODERS, type VideoCodec } from './codecs.ts'
import { mpeg2Rate } from './frame-rate.ts'
import { type Framing, planFrame } from './frame-size.ts'
import type { MediaInfo } from './media-info.ts'
import type { MediaOptions } from './options.ts'
import type { VideoStream } from './video-stream.ts'

/** Pictures a second of what does not say how many it has, such as what browsers record; at most so many. */
const USUAL_MOST_RATE = 60

/**
 * How the pictures of a source are written.
 *
 * @param subtitles - the path of a file in ASS that becomes a part of them
 */
export function videoArguments(
  options: MediaOptions,
  { video }: MediaInfo,
  codec: VideoCodec,
  engine: Engine,
  subtitles?: string,
): string[] {
  if (codec === 'none' || video === undefined) return ['-vn']
  if (codec === 'copy') {
    return ['-map', '0:V:0', '-c:v', 'copy', ...tagOf(options, video.codec)]
  }
  const facts = VIDEO_ENCODERS[codec]
  const alpha = video.hasAlpha && 'alphaPixels' in facts ? facts : undefined
  return [
    ['-map', '0:V:0', '-c:v', facts.encoder],
    ...filterArguments(options, video, codec, subtitles),
    ...(codec === 'gif' ? [] : ['-pix_fmt', alpha?.alphaPixels ?? facts.pixels]),
    ...(video.isErratic && options.fps === undefined ? ['-fpsmax', String(USUAL_MOST_RATE)] : []),
    ...qualityArguments(options, codec),
    ...speedArguments(options, codec, engine),
    ...styleArguments(options, codec),
    ...('extra' in facts ? facts.extra : []),
    ...(alpha !== undefined && 'alphaExtra' in alpha ? alpha.alphaExtra : []),
    ...(codec === 'x265' ? tagOf(options, 'hevc') : []),
  ].flat()
}

/** Apple's players look for this name of H.265. */
function tagOf({ format }: MediaOptions, codec: string): string[] {
  return codec === 'hevc' && ['mp4', 'mov', 'm4v'].includes(format) ? ['-tag:v', 'hvc1'] : []
}

/** What comes of two halves of a picture, and of more light than a screen without HDR has. */
export function lightFilters({ isInterlaced, isHdr }: VideoStream): string[] {
  return [
    ...(isInterlaced ? ['yadif=deint=interlaced'] : []),
    ...(isHdr
      ? [
          'zscale=t=linear:npl=100',
          'format=gbrpf32le',
          'zscale=p=bt709',
          'tonemap=hable:desat=0',
          'zscale=t=bt709:m=bt709:r=limited',
          'format=yuv420p',
        ]
      : []),
  ]
}

/** Puts pictures on white, as far as they are transparent. */
const ON_WHITE = [
  'format=rgba',
  'split[front][back]',
  '[back]lutrgb=r=255:g=255:b=255:a=255[white]',
  '[white][front]overlay=format=auto',
]

function filterArguments(
  options: MediaOptions,
  video: VideoStream,
  codec: Encoded,
  subtitles: string | undefined,
): string[] {
  const { fps } = options
  const facts = VIDEO_ENCODERS[codec]
  const { scale, crop, pad }: Framing = planFrame(video, options, facts.even)
  const repeated = codec === 'mpeg2' ? mpeg2Rate(video, fps) : undefined
  const filters = [
    ...lightFilters(video),
    ...(fps === undefined ? [] : [`fps=${fps}`]),
    ...(repeated === undefined ? [] : [`fps=${repeated}`]),
    ...(video.hasAlpha && !('alphaPixels' in facts) ? ON_WHITE : []),
    ...(scale === undefined ? [] : [`scale=${scale.width}:${scale.height}`, 'setsar=1']),
    ...(crop === undefined ? [] : [`crop=${crop.width}:${crop.height}`]),
    ...(pad === undefined ? [] : [`pad=${pad.width}:${pad.height}:(ow-iw)/2:(oh-ih)/2`]),
    // Which reads no other format, so that nothing is guessed.
    ...(subtitles === undefined ? [] : [`ass=filename=${toFilterValue(subtitles)}`]),
    // A GIF has 256 colours. With those of each picture nothing has to be kept until the last one is there.
    ...(codec === 'gif'
      ? [
          'split[shown][counted]',
          '[counted]palettegen=stats_mode=single[colours]',
          '[shown][colours]paletteuse=new=1',
        ]
      : []),
  ]
  return filters.length === 0 ? [] : ['-vf', filters.join(',').replaceAll('],[', '];[')]
}

/** A text as a value in a chain of filters, where it is read twice: once as an option, once as a part of the chain. */
function toFilterValue(text: string): string {
  return text.replaceAll(/[\\':]/g, '\\$&').replaceAll(/[\\'[\],;]/g, '\\$&')
}

type Encoded = Exclude<VideoCodec, 'copy' | 'none'>

function qualityArguments({ crf, videoBitrate }: MediaOptions, codec: Encoded): string[] {
  const facts = VIDEO_ENCODERS[codec]
  if (codec === 'gif' || codec === 'webp' || codec === 'prores') return [...facts.quality]
  const hasCrf = 'highestCrf' in facts
  if (crf !== undefined && hasCrf) {
    const value = String(crf)
    // A quality, and what it may take at most. The encoders of WebM have it in -b:v, where 0 is no limit.
    if (facts.encoder.startsWith('libvpx')) {
      const most = videoBitrate === undefined ? (codec === 'vp9' ? '0' : '10M') : `${videoBitrate}k`
      return ['-crf', value, '-b:v', most]
    }
    const cap =
      videoBitrate === undefined
        ? []
        : ['-maxrate', `${videoBitrate}k`, '-bufsize', `${2 * videoBitrate}k`]
    return ['-crf', value, ...cap]
  }
  return videoBitrate === undefined ? [...facts.quality] : ['-b:v', `${videoBitrate}k`]
}

/** As fast as with the FFmpeg of a machine the embedded one is with less thorough encoding only. */
const USUAL_PRESET = { program: 'medium', embedded: 'veryfast' } as const

function speedArguments({ preset }: MediaOptions, codec: Encoded, engine: Engine): string[] {
  const speed = PRESETS.indexOf(preset ?? USUAL_PRESET[engine])
  if (codec === 'x264' || codec === 'x265') return ['-preset', preset ?? USUAL_PRESET[engine]]
  // These have numbers for it, from slow to fast.
  if (codec === 'av1') return ['-preset', String(13 - speed)]
  return codec === 'vp8' || codec === 'vp9' ? ['-cpu-used', String(Math.max(0, 8 - speed))] : []
}

function styleArguments({ tune, profile, level }: MediaOptions, codec: Encoded): string[] {
  if (codec !== 'x264' && codec !== 'x265') return []
  // x265 knows fewer kinds of pictures.
  const isKnown = codec === 'x264' || (tune !== 'film' && tune !== 'stillimage')
  return [
    ...(tune === undefined || !isKnown ? [] : ['-tune', tune]),
    ...(profile === undefined ? [] : ['-profile:v', profile]),
    ...(level === undefined ? [] : codec === 'x264' ? ['-level:v', level] : []),
  ]
}
