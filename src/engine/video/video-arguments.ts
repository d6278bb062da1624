import { PRESETS } from '../../sources/codecs.ts'
import { type Engine, VIDEO_ENCODERS, type VideoCodec } from './codecs.ts'
import { type Framing, planFrame } from './frame-size.ts'
import type { MediaInfo } from './media-info.ts'
import type { MediaOptions } from './options.ts'

/** How the pictures of a source are written. */
export function videoArguments(
  options: MediaOptions,
  { video }: MediaInfo,
  codec: VideoCodec,
  engine: Engine,
): string[] {
  if (codec === 'none' || video === undefined) return ['-vn']
  if (codec === 'copy') {
    return ['-map', '0:V:0', '-c:v', 'copy', ...tagOf(options, video.codec)]
  }
  const facts = VIDEO_ENCODERS[codec]
  return [
    ['-map', '0:V:0', '-c:v', facts.encoder],
    ...filterArguments(options, planFrame(video, options, facts.even), codec),
    ...(codec === 'gif' ? [] : ['-pix_fmt', facts.pixels]),
    ...qualityArguments(options, codec),
    ...speedArguments(options, codec, engine),
    ...styleArguments(options, codec),
    ...('extra' in facts ? facts.extra : []),
    ...(codec === 'x265' ? tagOf(options, 'hevc') : []),
  ].flat()
}

/** Apple's players look for this name of H.265. */
function tagOf({ format }: MediaOptions, codec: string): string[] {
  return codec === 'hevc' && ['mp4', 'mov', 'm4v'].includes(format) ? ['-tag:v', 'hvc1'] : []
}

function filterArguments(
  { fps }: MediaOptions,
  { scale, crop, pad }: Framing,
  codec: VideoCodec,
): string[] {
  const filters = [
    ...(fps === undefined ? [] : [`fps=${fps}`]),
    ...(scale === undefined ? [] : [`scale=${scale.width}:${scale.height}`, 'setsar=1']),
    ...(crop === undefined ? [] : [`crop=${crop.width}:${crop.height}`]),
    ...(pad === undefined ? [] : [`pad=${pad.width}:${pad.height}:(ow-iw)/2:(oh-ih)/2`]),
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

type Encoded = Exclude<VideoCodec, 'copy' | 'none'>

function qualityArguments({ crf, videoBitrate }: MediaOptions, codec: Encoded): string[] {
  const facts = VIDEO_ENCODERS[codec]
  if (codec === 'gif' || codec === 'webp' || codec === 'prores') return [...facts.quality]
  const hasCrf = 'highestCrf' in facts
  if (crf !== undefined && hasCrf) {
    const value = String(Math.min(crf, facts.highestCrf))
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
