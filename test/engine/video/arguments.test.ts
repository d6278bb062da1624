import assert from 'node:assert/strict'
import { convertArguments } from '../../../src/engine/video/arguments.ts'
import type { Engine } from '../../../src/engine/video/codecs.ts'
import { decideCodecs } from '../../../src/engine/video/decide-codecs.ts'
import type { AudioStream, MediaInfo } from '../../../src/engine/video/media-info.ts'
import type { MediaOptions } from '../../../src/engine/video/options.ts'
import { frameArguments } from '../../../src/engine/video/still-arguments.ts'
import type { VideoStream } from '../../../src/engine/video/video-stream.ts'

const VIDEO: VideoStream = {
  codec: 'h264',
  width: 640,
  height: 360,
  isSquare: true,
  hasAlpha: false,
  isInterlaced: false,
  isHdr: false,
  isErratic: false,
  isTurned: false,
  rate: 25,
}
const AUDIO: AudioStream = {
  index: 0,
  codec: 'aac',
  isFine: false,
  isSurround: false,
  isSlow: false,
}
const INFO: MediaInfo = {
  duration: 10,
  isGuessed: false,
  isCoverUnread: false,
  video: VIDEO,
  audio: AUDIO,
  cover: undefined,
  textTrack: 1,
}
const FILES = { source: 'file:/a', made: 'file:/b', demuxer: 'mov' } as const

/** What comes behind the source. */
function argumentsFor(
  options: Omit<MediaOptions, 'kind'>,
  info = INFO,
  engine: Engine = 'program',
) {
  const wanted = { kind: 'media', ...options } as const
  const decided = decideCodecs(wanted, info, engine, 'MOV')
  const all = convertArguments({ ...FILES, engine }, wanted, info, decided)
  return all.slice(all.indexOf('file:/a') + 1).join(' ')
}

describe('the arguments of FFmpeg', () => {
  it('open the one file, as the one format that it is, and ask for nothing', () => {
    const line = frameArguments({ ...FILES, engine: 'program' }, 1.5, VIDEO).join(' ')
    assert.ok(
      line.startsWith(
        '-hide_banner -nostdin -y -nostats -progress pipe:1 -filter_threads 2 -protocol_whitelist file -format_whitelist mov -f mov -max_pixels 33177600 -threads 2 -ss 1.500 -i file:/a ',
      ),
      line,
    )
  })

  const RULES: [options: Omit<MediaOptions, 'kind'>, line: string][] = [
    [
      { format: 'mp4' },
      '-map 0:V:0 -c:v libx264 -pix_fmt yuv420p -crf 23 -preset medium -map 0:a:0 -c:a aac -b:a 128k -map 0:s:1 -c:s mov_text -dn -threads 2 -movflags +faststart -write_tmcd 0 -f mp4 file:/b',
    ],
    [
      {
        format: 'mp4',
        videoCodec: 'x265',
        crf: 30,
        preset: 'fast',
        tune: 'grain',
        profile: 'main',
        audioCodec: 'none',
        subtitles: 'none',
      },
      '-map 0:V:0 -c:v libx265 -pix_fmt yuv420p -crf 30 -preset fast -tune grain -profile:v main -x265-params log-level=error:pools=2 -tag:v hvc1 -an -sn -dn -threads 2 -movflags +faststart -write_tmcd 0 -f mp4 file:/b',
    ],
    [
      { format: 'mov', videoCodec: 'copy', audioCodec: 'copy', subtitles: 'none' },
      '-map 0:V:0 -c:v copy -map 0:a:0 -c:a copy -sn -dn -threads 2 -movflags +faststart -f mov file:/b',
    ],
    [
      { format: 'webm', crf: 40, videoBitrate: 900, fps: 12.5, width: 320, subtitles: 'none' },
      '-map 0:V:0 -c:v libvpx-vp9 -vf fps=12.5,scale=320:180,setsar=1 -pix_fmt yuv420p -crf 40 -b:v 900k -cpu-used 3 -deadline good -row-mt 1 -map 0:a:0 -c:a libopus -b:a 96k -sn -dn -threads 2 -f webm file:/b',
    ],
    [
      { format: 'mkv', crf: 20, videoBitrate: 900, level: '4.1', audioCodec: 'flac' },
      '-map 0:V:0 -c:v libx264 -pix_fmt yuv420p -crf 20 -maxrate 900k -bufsize 1800k -preset medium -level:v 4.1 -map 0:a:0 -c:a flac -map 0:s:1 -c:s srt -dn -threads 2 -f matroska file:/b',
    ],
    [
      { format: 'gif', width: 100, fps: 10 },
      '-map 0:V:0 -c:v gif -vf fps=10,scale=100:56,setsar=1,split[shown][counted];[counted]palettegen=stats_mode=single[colours];[shown][colours]paletteuse=new=1 -an -sn -dn -threads 2 -loop 0 -f gif file:/b',
    ],
    [
      { format: 'wav', channels: 1, sampleRate: 16_000, audioBitrate: 64 },
      '-vn -map 0:a:0 -c:a pcm_s16le -ac 1 -ar 16000 -sn -dn -threads 2 -f wav file:/b',
    ],
    [
      { format: 'mp3', audioBitrate: 64 },
      '-vn -map 0:a:0 -c:a libmp3lame -b:a 64k -sn -dn -threads 2 -id3v2_version 3 -f mp3 file:/b',
    ],
    [
      { format: 'mpg', width: 100, height: 100, fit: 'pad', audioCodec: 'none' },
      '-map 0:V:0 -c:v mpeg2video -vf scale=100:56,setsar=1,pad=100:100:(ow-iw)/2:(oh-ih)/2 -pix_fmt yuv420p -q:v 4 -an -sn -dn -threads 2 -f mpeg file:/b',
    ],
  ]
  for (const [options, line] of RULES) {
    it(`make ${JSON.stringify(options)}`, () => assert.equal(argumentsFor(options), line))
  }

  const SOURCES: [
    title: string,
    options: Omit<MediaOptions, 'kind'>,
    video: Partial<VideoStream>,
    part: RegExp,
  ][] = [
    [
      'interlaced',
      { format: 'mp4' },
      { isInterlaced: true },
      / -vf yadif=deint=interlaced -pix_fmt/,
    ],
    [
      'HDR, smaller',
      { format: 'mp4', width: 320 },
      { isHdr: true },
      / -vf zscale=t=linear:.*,tonemap=.*,format=yuv420p,scale=320:180,setsar=1 /,
    ],
    [
      'transparent, for what is not',
      { format: 'mp4' },
      { hasAlpha: true },
      / -vf format=rgba,split\[front\]\[back\];\[back\]lutrgb=.*\[white\];\[white\]\[front\]overlay=format=auto -pix_fmt yuv420p/,
    ],
    [
      'transparent, for what is so, too',
      { format: 'webm' },
      { hasAlpha: true },
      /libvpx-vp9 -pix_fmt yuva420p .*-auto-alt-ref 0/,
    ],
    [
      'transparent, for ProRes',
      { format: 'mov', videoCodec: 'prores' },
      { hasAlpha: true },
      / -pix_fmt yuva444p10le .*-profile:v 4444/,
    ],
    ['of no rate', { format: 'mp4' }, { isErratic: true }, / -pix_fmt yuv420p -fpsmax 60 /],
    ['of a rate that MPEG-2 has not', { format: 'mpg' }, { rate: 5 }, / -vf fps=25 -pix_fmt/],
    ['of a rate that it has', { format: 'mpg' }, { rate: 29.97 }, /mpeg2video -pix_fmt/],
    [
      'wanted at a rate that it has not',
      { format: 'mpg', fps: 12 },
      {},
      / -vf fps=12,fps=24 -pix_fmt/,
    ],
    [
      'of no rate, at one',
      { format: 'mp4', fps: 25 },
      { isErratic: true },
      / -vf fps=25 -pix_fmt yuv420p -crf/,
    ],
  ]
  for (const [title, options, video, part] of SOURCES) {
    it(`are those of a source that is ${title}`, () => {
      assert.match(argumentsFor(options, { ...INFO, video: { ...VIDEO, ...video } }), part)
    })
  }

  const SOUNDS: [
    title: string,
    options: Omit<MediaOptions, 'kind'>,
    info: Partial<MediaInfo>,
    part: RegExp,
  ][] = [
    ['24 bits', { format: 'wav' }, { audio: { ...AUDIO, isFine: true } }, /-c:a pcm_s24le /],
    [
      '24 bits, in an AIFF',
      { format: 'aiff' },
      { audio: { ...AUDIO, isFine: true } },
      /-c:a pcm_s24be /,
    ],
    [
      'six channels',
      { format: 'opus' },
      { audio: { ...AUDIO, isSurround: true } },
      / -af aformat=channel_layouts=7\.1\|/,
    ],
    [
      'six channels, of which there may be two',
      { format: 'wma' },
      { audio: { ...AUDIO, isSurround: true } },
      / -ac 2 /,
    ],
    [
      'a first track of no kind',
      { format: 'mp3' },
      { audio: { ...AUDIO, index: 1 } },
      /-map 0:a:1 /,
    ],
    [
      'a cover',
      { format: 'mp3' },
      { cover: 1 },
      /^-map 0:v:1 -c:v copy -disposition:v:0 attached_pic -map 0:a:0 /,
    ],
    [
      '8,000 Hz, which Vorbis does not take',
      { format: 'ogg' },
      { audio: { ...AUDIO, isSlow: true } },
      /-b:a 128k -ar 44100 /,
    ],
    ['a cover, without a place for it', { format: 'wav' }, { cover: 1 }, /^-vn /],
  ]
  for (const [title, options, info, part] of SOUNDS) {
    it(`are those of sound with ${title}`, () => {
      assert.match(argumentsFor(options, { ...INFO, ...info }), part)
    })
  }

  it('have what is transparent in a WebM read by who sees it, unless it is copied', () => {
    const info = { ...INFO, video: { ...VIDEO, codec: 'vp9', hasAlpha: true } }
    const line = (videoCodec?: 'copy'): string => {
      const wanted = { kind: 'media', format: 'webm', videoCodec } as const
      const decided = decideCodecs(wanted, info, 'program', 'WebM')
      return convertArguments({ ...FILES, engine: 'program' }, wanted, info, decided).join(' ')
    }
    assert.match(line(), / -c:v libvpx-vp9 -i file:\/a /)
    assert.match(line('copy'), / -threads 2 -i file:\/a /)
  })

  it('are those that the embedded one can do: a WebM in VP8, in one thread, and less thorough', () => {
    const webm = argumentsFor({ format: 'webm' }, INFO, 'embedded')
    assert.match(webm, /-c:v libvpx .* -crf 10 -b:v 4M .*-c:a libopus .*-threads 1/)
    assert.match(argumentsFor({ format: 'mp4' }, INFO, 'embedded'), /-preset veryfast /)
  })

  it('make subtitles a part of the pictures, and leave them out as such', () => {
    const wanted = { kind: 'media', format: 'mp4', subtitles: 'hard', width: 320 } as const
    const decided = decideCodecs(wanted, INFO, 'program', 'MOV')
    const input = { ...FILES, engine: 'program' } as const
    const path = "/tmp/it's [a], b:c;d/made"
    const line = convertArguments(input, wanted, INFO, decided, path).join(' ')
    assert.ok(
      line.includes(
        String.raw` -vf scale=320:180,setsar=1,ass=filename=/tmp/it\\\'s \[a\]\, b\\:c\;d/made -pix_fmt`,
      ),
      line,
    )
    assert.match(line, / -sn /)
  })

  it('read a part of the source', () => {
    const wanted = { kind: 'media', format: 'mp3', trimStart: 1, trimEnd: 3.5 } as const
    const decided = { videoCodec: 'none', audioCodec: 'mp3' } as const
    const line = convertArguments({ ...FILES, engine: 'program' }, wanted, INFO, decided).join(' ')
    assert.match(line, /-ss 1\.000 -t 2\.500 -i file:\/a /)
  })

  const REFUSED: [
    options: Omit<MediaOptions, 'kind'>,
    info: Partial<MediaInfo>,
    engine: Engine,
    code: string,
  ][] = [
    [{ format: 'webm', videoCodec: 'x264' }, {}, 'program', 'codec_unsupported'],
    [{ format: 'wav', audioCodec: 'mp3' }, {}, 'program', 'codec_unsupported'],
    [{ format: 'mp4', profile: 'main10' }, {}, 'program', 'codec_unsupported'],
    [{ format: 'mp4', crf: 52 }, {}, 'program', 'crf_outside'],
    [{ format: 'mp4', videoCodec: 'copy', width: 100 }, {}, 'program', 'codec_copies'],
    [{ format: 'mp4' }, { video: undefined }, 'program', 'stream_missing'],
    [{ format: 'mp3' }, { audio: undefined }, 'program', 'stream_missing'],
    [{ format: 'gif' }, { video: undefined }, 'program', 'stream_missing'],
    [{ format: 'mp4', videoCodec: 'none', audioCodec: 'none' }, {}, 'program', 'stream_missing'],
    [{ format: 'mp4', videoCodec: 'x265' }, {}, 'embedded', 'program_missing'],
    [{ format: 'webm', videoCodec: 'av1' }, {}, 'embedded', 'program_missing'],
    [{ format: 'mp4' }, { video: { ...VIDEO, codec: 'av1' } }, 'embedded', 'program_missing'],
    [{ format: 'mkv', videoCodec: 'av1' }, {}, 'embedded', 'program_missing'],
  ]
  for (const [options, info, engine, code] of REFUSED) {
    it(`are none (${code}) for ${JSON.stringify(options)} of ${JSON.stringify(info)}, ${engine}`, () => {
      assert.throws(() => argumentsFor(options, { ...INFO, ...info }, engine), { code })
    })
  }
})
