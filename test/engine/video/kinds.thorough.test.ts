import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import type { MediaOptions, VideoOptions } from '../../../src/engine/video/options.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { skipWithout } from '../../support/tools.ts'
import { draw, FFMPEG, film, make, probe, WAVEFORM } from './video-fixture.ts'

const MOVING = ['-f', 'lavfi', '-i', 'testsrc2=size=160x120:rate=10:duration=1']
const TONE = ['-f', 'lavfi', '-i', 'sine=440:duration=1']
/** Blue on the left, and nothing on the right. */
const HALF = [
  '-f',
  'lavfi',
  '-i',
  "color=blue:size=160x120:rate=10:duration=1,format=rgba,geq=r=0:g=0:b=255:a='if(lt(X,80),255,0)'",
]
const SIX = ['-f', 'lavfi', '-i', 'sine=440:duration=1,aformat=channel_layouts=5.1(side)']

const hdr = (transfer: string, number: string) => [
  ...MOVING,
  '-vf',
  'format=yuv420p10le',
  '-c:v',
  'libx265',
  '-x265-params',
  `log-level=none:colorprim=bt2020:transfer=${number}:colormatrix=bt2020nc`,
  '-color_primaries',
  'bt2020',
  '-color_trc',
  transfer,
  '-colorspace',
  'bt2020nc',
]

/** Sources as people have them, by their names, and what FFmpeg makes them of. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  'pq.mp4': hdr('smpte2084', 'smpte2084'),
  'hlg.mov': hdr('arib-std-b67', 'arib-std-b67'),
  'interlaced.mpg': [
    '-f',
    'lavfi',
    '-i',
    'testsrc2=size=352x288:rate=50:duration=1',
    '-vf',
    'interlace=scan=tff,setsar=16/11',
    '-flags',
    '+ilme+ildct',
    '-c:v',
    'mpeg2video',
  ],
  'alpha.webm': [...HALF, '-c:v', 'libvpx-vp9', '-pix_fmt', 'yuva420p'],
  'alpha8.webm': [...HALF, '-c:v', 'libvpx', '-auto-alt-ref', '0', '-pix_fmt', 'yuva420p'],
  'alpha.mov': [...HALF, '-c:v', 'prores_ks', '-profile:v', '4444', '-pix_fmt', 'yuva444p10le'],
  'animation.mov': [...HALF, '-c:v', 'qtrle'],
  'odd.mkv': [
    '-f',
    'lavfi',
    '-i',
    'testsrc2=size=160x120:rate=10:duration=1',
    '-vf',
    'crop=161:121,pad=161:121',
    '-pix_fmt',
    'yuv444p',
    '-c:v',
    'libx264',
  ],
  'silent.mp4': [...MOVING],
  'one.mp4': [...MOVING, '-frames:v', '1'],
  'six.mkv': [...MOVING, ...SIX, '-c:a', 'ac3'],
  'two.mkv': [...MOVING, ...TONE, ...TONE, '-map', '0', '-map', '1', '-map', '2'],
  'fine.wav': [...TONE, '-ar', '96000', '-c:a', 'pcm_s24le'],
  'short.wav': ['-f', 'lavfi', '-i', 'sine=440:duration=0.01'],
  'late.mkv': [...film('160x120', { seconds: 2 }), '-output_ts_offset', '5'],
  'camera.mov': [...film('160x120'), '-timecode', '00:00:00:00'],
}

type Streams = readonly string[]
type Wanted = Partial<MediaOptions> & Pick<MediaOptions, 'format'>

/** What becomes of them: the codec and what matters of each stream. */
const MADE: readonly [source: string, wanted: Wanted, streams: Streams, embedded?: Streams][] = [
  ['pq.mp4', { format: 'mp4' }, ['h264 160×120 yuv420p bt709']],
  ['hlg.mov', { format: 'mp4' }, ['h264 160×120 yuv420p bt709']],
  ['interlaced.mpg', { format: 'mp4' }, ['h264 512×288 yuv420p']],
  ['alpha.mov', { format: 'mov', videoCodec: 'prores' }, ['prores 160×120 yuva444p12le']],
  ['odd.mkv', { format: 'mp4' }, ['h264 160×120 yuv420p']],
  ['silent.mp4', { format: 'webm' }, ['vp9 160×120 yuv420p'], ['vp8 160×120 yuv420p']],
  ['silent.mp4', { format: 'webm', videoCodec: 'vp9' }, ['vp9 160×120 yuv420p']],
  ['one.mp4', { format: 'gif' }, ['gif 160×120 bgra']],
  ['six.mkv', { format: 'opus' }, ['opus 6']],
  ['six.mkv', { format: 'opus', channels: 2 }, ['opus 2']],
  ['six.mkv', { format: 'wma' }, ['wmav2 2']],
  ['six.mkv', { format: 'mp3' }, ['mp3 2']],
  ['two.mkv', { format: 'mp4' }, ['h264 160×120 yuv420p', 'aac 1']],
  ['fine.wav', { format: 'wav' }, ['pcm_s24le 1']],
  ['fine.wav', { format: 'aiff' }, ['pcm_s24be 1']],
  ['short.wav', { format: 'mp3' }, ['mp3 1']],
  ['late.mkv', { format: 'mp4' }, ['h264 160×120 yuv420p', 'aac 1']],
  ['camera.mov', { format: 'mp4' }, ['h264 160×120 yuv420p', 'aac 1']],
  ['cover.mp3', { format: 'm4a' }, ['aac 1', 'mjpeg 64×64 yuvj420p']],
  ['cover.mp3', { format: 'flac' }, ['flac 1', 'mjpeg 64×64 yuvj420p']],
  ['cover.mp3', { format: 'mp3', trimStart: 0.3 }, ['mp3 1', 'mjpeg 64×64 yuvj420p']],
  ['cover.mp3', { format: 'wav' }, ['pcm_s16le 1']],
]

const still = (seconds: number): VideoOptions => ({
  kind: 'poster',
  at: { seconds },
  waveform: WAVEFORM,
})

/** A pixel on the right of the first picture of a video, as red, green, blue and how opaque it is. */
async function rightOf(path: string, program: string | undefined): Promise<number[]> {
  const [picture] = await make(path, [still(0)], { program })
  const data = await sharp(picture?.path)
    .ensureAlpha()
    .extract({ left: 140, top: 60, width: 1, height: 1 })
    .raw()
    .toBuffer()
  return [...data]
}

for (const [engine, program] of [
  ['the FFmpeg of the machine', FFMPEG],
  ['the embedded FFmpeg', undefined],
] as const) {
  describe(`sources as people have them, by ${engine}`, () => {
    const folder = useTemporaryFolder()
    const path = (name: string) => folder.pathTo(name)

    before(async function () {
      skipWithout(this, 'FFmpeg')
      for (const [name, args] of Object.entries(SOURCES)) draw(...args, path(name))
      const cover = sharp({ create: { width: 64, height: 64, channels: 3, background: 'red' } })
      await writeFile(path('cover.jpg'), await cover.jpeg().toBuffer())
      const attached = ['-map', '0', '-map', '1', '-c:v', 'copy', '-disposition:v', 'attached_pic']
      draw(...TONE, '-i', path('cover.jpg'), ...attached, path('cover.mp3'))
    })

    /** Has one file made; its path. */
    async function one(name: string, wanted: VideoOptions): Promise<string> {
      const [file] = await make(path(name), [wanted], { program })
      return file?.path ?? assert.fail('nothing was made')
    }

    for (const [name, wanted, streams, embedded] of MADE) {
      it(`become ${JSON.stringify(wanted)} of ${name}`, async () => {
        const made = await one(name, { kind: 'media', ...wanted })
        const found = probe(made).streams.map((each) =>
          [
            each.codec_name,
            each.width === undefined ? each.channels : `${each.width}×${each.height}`,
            each.pix_fmt,
            each.color_transfer,
          ]
            .filter((fact) => fact !== undefined)
            .join(' '),
        )
        const expected = program === undefined ? (embedded ?? streams) : streams
        assert.deepEqual(found, expected)
      })
    }

    for (const name of ['alpha.webm', 'alpha8.webm', 'alpha.mov', 'animation.mov']) {
      it(`are white in an MP4 where ${name} is transparent, and stay so in a WebM and a picture`, async () => {
        const mp4 = await one(name, { kind: 'media', format: 'mp4' })
        const webm = await one(name, { kind: 'media', format: 'webm' })
        const [red = 0, green = 0, blue = 0, alpha = 0] = await rightOf(mp4, program)
        assert.ok(Math.min(red, green, blue) > 240 && alpha === 255, [red, green, blue].join())
        assert.equal((await rightOf(path(name), program))[3], 0)
        assert.ok(((await rightOf(webm, program))[3] ?? 255) < 10)
      })
    }

    it('are pictures of a record: its cover, or how loud it is', async () => {
      const cover = await sharp(await one('cover.mp3', still(0))).metadata()
      assert.deepEqual([cover.width, cover.height], [64, 64])
      const wave = sharp(await one('fine.wav', still(0)))
      const { width, height } = await wave.metadata()
      assert.deepEqual([width, height], [WAVEFORM.width, WAVEFORM.height])
      const { dominant } = await wave.stats()
      assert.ok(dominant.r > 200 || dominant.r < 16, 'the colour that was asked for, or none')
    })

    it('are a filmstrip, of which each picture is of another moment', async () => {
      const strip = await one('two.mkv', { kind: 'filmstrip', columns: 2, rows: 2 })
      const { width, height } = await sharp(strip).metadata()
      assert.deepEqual([width, height], [320, 240])
      const tiles = await Promise.all(
        [0, 160].flatMap((left) =>
          [0, 120].map(async (top) =>
            (
              await sharp(strip).extract({ left, top, width: 160, height: 120 }).raw().toBuffer()
            ).toString('base64'),
          ),
        ),
      )
      assert.equal(new Set(tiles).size, 4)
    })

    it('are refused where a part has no picture, or a codec not what was asked for', async () => {
      const refused: [Partial<MediaOptions>, string][] = [
        [{ trimStart: 5 }, 'trim_empty'],
        [{ trimStart: 0.95, trimEnd: 0.99 }, 'trim_empty'],
        [{ crf: 60 }, 'crf_outside'],
        [{ level: '9.9' }, 'conversion_failed'],
        [{ width: 9000, height: 9000, fit: 'pad' }, 'rendition_too_large'],
      ]
      for (const [options, code] of refused) {
        const wanted = { kind: 'media', format: 'mp4', ...options } as const
        await assert.rejects(one('two.mkv', wanted), { code }, JSON.stringify(options))
      }
      await assert.rejects(
        one('alpha.webm', { kind: 'media', format: 'mov', videoCodec: 'copy' }),
        {
          code: 'conversion_failed',
          message:
            'The WebM source could not be made MOV with these options: vp9 only supported in MP4.',
        },
      )
    })
  })
}
