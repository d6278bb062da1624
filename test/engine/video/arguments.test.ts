import assert from 'node:assert/strict'
import { convertArguments, frameArguments } from '../../../src/engine/video/arguments.ts'
import type { Engine } from '../../../src/engine/video/codecs.ts'
import { decideCodecs } from '../../../src/engine/video/decide-codecs.ts'
import type { MediaInfo } from '../../../src/engine/video/media-info.ts'
import type { MediaOptions } from '../../../src/engine/video/options.ts'

const INFO: MediaInfo = {
  duration: 10,
  isGuessed: false,
  video: { codec: 'h264', width: 640, height: 360, isSquare: true },
  audio: { codec: 'aac' },
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
    const line = frameArguments({ ...FILES, engine: 'program' }, 1.5).join(' ')
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
      '-map 0:V:0 -c:v libx264 -pix_fmt yuv420p -crf 23 -preset medium -map 0:a:0 -c:a aac -b:a 128k -map 0:s:1 -c:s mov_text -dn -threads 2 -movflags +faststart -f mp4 file:/b',
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
      '-map 0:V:0 -c:v libx265 -pix_fmt yuv420p -crf 30 -preset fast -tune grain -profile:v main -x265-params log-level=error:pools=2 -tag:v hvc1 -an -sn -dn -threads 2 -movflags +faststart -f mp4 file:/b',
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
      '-vn -map 0:a:0 -c:a libmp3lame -b:a 64k -sn -dn -threads 2 -f mp3 file:/b',
    ],
    [
      { format: 'mpg', width: 100, height: 100, fit: 'pad', audioCodec: 'none' },
      '-map 0:V:0 -c:v mpeg2video -vf scale=100:56,setsar=1,pad=100:100:(ow-iw)/2:(oh-ih)/2 -pix_fmt yuv420p -q:v 4 -an -sn -dn -threads 2 -f mpeg file:/b',
    ],
  ]
  for (const [options, line] of RULES) {
    it(`make ${JSON.stringify(options)}`, () => assert.equal(argumentsFor(options), line))
  }

  it('are those that the embedded one can do: a WebM in VP8, in one thread, and less thorough', () => {
    const webm = argumentsFor({ format: 'webm' }, INFO, 'embedded')
    assert.match(webm, /-c:v libvpx .* -crf 10 -b:v 4M .*-c:a libopus .*-threads 1/)
    assert.match(argumentsFor({ format: 'mp4' }, INFO, 'embedded'), /-preset veryfast /)
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
    [{ format: 'mp4', videoCodec: 'copy', width: 100 }, {}, 'program', 'codec_copies'],
    [{ format: 'mp4' }, { video: undefined }, 'program', 'stream_missing'],
    [{ format: 'mp3' }, { audio: undefined }, 'program', 'stream_missing'],
    [{ format: 'gif' }, { video: undefined }, 'program', 'stream_missing'],
    [{ format: 'mp4', videoCodec: 'none', audioCodec: 'none' }, {}, 'program', 'stream_missing'],
    [{ format: 'mp4', videoCodec: 'x265' }, {}, 'embedded', 'program_missing'],
    [{ format: 'webm', videoCodec: 'vp9' }, {}, 'embedded', 'program_missing'],
    [{ format: 'mkv', videoCodec: 'av1' }, {}, 'embedded', 'program_missing'],
  ]
  for (const [options, info, engine, code] of REFUSED) {
    it(`are none (${code}) for ${JSON.stringify(options)} of ${JSON.stringify(info)}, ${engine}`, () => {
      assert.throws(() => argumentsFor(options, { ...INFO, ...info }, engine), { code })
    })
  }
})
