import assert from 'node:assert/strict'
import { readFile, stat, truncate, writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import type { MediaOptions } from '../../../src/engine/video/options.ts'
import { MEDIA_FORMATS } from '../../../src/engine/video/output-formats.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { skipWithout } from '../../support/tools.ts'
import { draw, FFMPEG, film, make, probe, WAVEFORM } from './video-fixture.ts'

/** The codecs and the format of each file that is made where nothing else is asked for, as ffprobe names them. */
const USUAL: Readonly<Record<string, readonly [format: RegExp, ...codecs: string[]]>> = {
  mp4: [/mp4/, 'h264', 'aac'],
  m4v: [/mp4/, 'h264', 'aac'],
  mov: [/mov/, 'h264', 'aac'],
  webm: [/webm/, 'vp9', 'opus'],
  mkv: [/matroska/, 'h264', 'aac'],
  avi: [/avi/, 'mpeg4', 'mp3'],
  mpg: [/^mpeg$/, 'mpeg2video', 'mp2'],
  wmv: [/asf/, 'wmv2', 'wmav2'],
  '3gp': [/3gp/, 'h264', 'aac'],
  gif: [/gif/, 'gif'],
  mp3: [/mp3/, 'mp3'],
  wav: [/wav/, 'pcm_s16le'],
  m4a: [/m4a/, 'aac'],
  aac: [/aac/, 'aac'],
  ogg: [/ogg/, 'vorbis'],
  opus: [/ogg/, 'opus'],
  flac: [/flac/, 'flac'],
  aiff: [/aiff/, 'pcm_s16be'],
  wma: [/asf/, 'wmav2'],
}

const media = (format: MediaOptions['format'], options: Partial<MediaOptions> = {}) =>
  ({ kind: 'media', format, ...options }) as const

for (const [engine, program] of [
  ['the FFmpeg of the machine', FFMPEG],
  ['the embedded FFmpeg', undefined],
] as const) {
  const isEmbedded = program === undefined

  describe(`video and audio, by ${engine}`, () => {
    const folder = useTemporaryFolder()
    const path = (name: string) => folder.pathTo(name)

    before(function () {
      skipWithout(this, 'FFmpeg')
      draw(...film('160x120'), path('film.mov'))
      draw('-i', path('film.mov'), path('tone.mp3'))
    })

    // Three of them are enough to see that the embedded one writes what the other does; the table is for both.
    const formats = isEmbedded
      ? (['mp4', 'webm', 'gif', 'mp3', 'opus'] as const)
      : MEDIA_FORMATS.filter((format) => format !== 'webp')
    it(`are made as ${formats.join(', ')}`, async () => {
      const files = await make(
        path('film.mov'),
        formats.map((format) => media(format)),
        { program },
      )
      for (const [index, format] of formats.entries()) {
        const { format: name, codecs, seconds } = probe(files[index]?.path ?? '')
        const [title = /^$/, ...expected] = USUAL[format] ?? []
        const usual = isEmbedded && format === 'webm' ? ['vp8', 'opus'] : expected
        assert.deepEqual(codecs, usual, format)
        assert.match(name, title)
        assert.ok(seconds > 0.9 && seconds < 1.2, `${format}: ${seconds}`)
      }
    })

    it('are as they are asked for, and told as they come', async () => {
      const told: number[] = []
      const [file] = await make(
        path('film.mov'),
        [
          media('mp4', {
            videoCodec: 'x264',
            crf: 30,
            preset: 'ultrafast',
            profile: 'baseline',
            width: 100,
            height: 100,
            fit: 'pad',
            fps: 5,
            trimStart: 0.2,
            trimEnd: 0.8,
            channels: 2,
            sampleRate: 22_050,
          }),
        ],
        { program, progress: (done) => told.push(done) },
      )
      const { streams, seconds } = probe(file?.path ?? '')
      const [pictures, sound] = streams
      assert.deepEqual(
        [pictures?.profile, pictures?.width, pictures?.height, pictures?.pix_fmt],
        ['Constrained Baseline', 100, 100, 'yuv420p'],
      )
      assert.deepEqual([sound?.channels, sound?.sample_rate], [2, '22050'])
      assert.ok(Math.abs(seconds - 0.6) < 0.25, String(seconds))
      assert.ok(told.every((done) => done >= 0 && done <= 1) && told.at(-1) === 1, told.join())
    })

    it('are a WebP that moves, and a picture of any moment, upright', async () => {
      draw('-i', path('film.mov'), '-c', 'copy', '-metadata:s:v:0', 'rotate=90', path('turned.mp4'))
      const [clip, first, last] = await make(
        path('turned.mp4'),
        [
          media('webp', { width: 60, fps: 5 }),
          { kind: 'poster', at: { seconds: 0 }, waveform: WAVEFORM },
          { kind: 'poster', at: { share: 1 }, waveform: WAVEFORM },
        ],
        { program },
      )
      const { pages, width } = await sharp(clip?.path, { animated: true }).metadata()
      assert.deepEqual([pages, width], [5, 60])
      for (const picture of [first, last]) {
        const { format, width: across, height } = await sharp(picture?.path).metadata()
        assert.deepEqual([format, across, height], ['png', 120, 160])
      }
    })

    it('are made of a GIF whose size is odd', async () => {
      // Pixels that are drawn, since the source of patterns is even.
      const gif = await sharp({
        create: { width: 401, height: 301, channels: 3, background: 'red' },
      })
        .gif()
        .toBuffer()
      await writeFile(path('odd.gif'), gif)
      const [file] = await make(path('odd.gif'), [media('mp4')], { program })
      const [pictures] = probe(file?.path ?? '').streams
      assert.deepEqual(
        [pictures?.codec_name, pictures?.width, pictures?.height, pictures?.pix_fmt],
        ['h264', 400, 300, 'yuv420p'],
      )
    })

    it('come of a name in any letters', async () => {
      const name = path('Straße 中文 %d -y.mov')
      await writeFile(name, await readFile(path('film.mov')))
      const [file] = await make(name, [media('mkv', { videoCodec: 'copy', audioCodec: 'copy' })], {
        program,
      })
      assert.deepEqual(probe(file?.path ?? '').codecs, ['h264', 'aac'])
    })

    it('are not made of a source that is damaged, and leave nothing', async () => {
      await writeFile(path('noise.mp3'), Buffer.alloc(3000, 'no sound '))
      // The source that a page of Workfront Fusion warns of: "Failed to read frame size: Could not seek to 1508".
      await writeFile(path('short.mp3'), (await readFile(path('tone.mp3'))).subarray(0, 300))
      const whole = await readFile(path('film.mov'))
      await writeFile(path('headless.mov'), whole.subarray(0, whole.length / 2))
      draw('-i', path('film.mov'), '-c', 'copy', '-movflags', '+faststart', path('cut.mp4'))
      await truncate(path('cut.mp4'), Math.floor((await stat(path('cut.mp4'))).size / 3))
      const damaged: [string, MediaOptions['format'], string][] = [
        ['short.mp3', 'wav', 'MP3'],
        ['headless.mov', 'mp4', 'MOV'],
        ['cut.mp4', 'mkv', 'MP4'],
      ]
      for (const [name, format, title] of damaged) {
        await assert.rejects(make(path(name), [media(format)], { program }), {
          code: 'source_corrupt',
          message: `The source is a damaged or incomplete ${title} file.`,
        })
      }
      await assert.rejects(make(path('noise.mp3'), [media('wav')], { program }), {
        code: 'source_no_media',
      })
    })

    it('open nothing but their source: a list of files is none', async () => {
      const target = path('film.mov')
      const lists = [
        `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile://${target}\n#EXT-X-ENDLIST\n`,
        `ffconcat version 1.0\nfile '${target}'\n`,
      ]
      for (const list of lists) {
        await writeFile(path('evil.mp4'), list)
        await assert.rejects(make(path('evil.mp4'), [media('mkv')], { program }), {
          code: 'source_no_media',
        })
        // And not when what tells formats apart is taken in.
        const start = Buffer.from('0000001866747970697336d0000000000000000000000000', 'hex')
        await writeFile(path('evil.mp4'), Buffer.concat([start, Buffer.from(list)]))
        await assert.rejects(make(path('evil.mp4'), [media('mkv')], { program }))
      }
    })

    it('are given up within a second, and when they take too much', async () => {
      draw(...film('640x480', { rate: 30, seconds: 40 }), '-c:v', 'mpeg4', path('long.avi'))
      const slow = media('mp4', { preset: 'veryslow' })
      const giveUp = new AbortController()
      let given = 0
      await assert.rejects(
        make(path('long.avi'), [slow], {
          program,
          signal: giveUp.signal,
          progress() {
            given ||= performance.now()
            giveUp.abort()
          },
        }),
        { name: 'AbortError' },
      )
      assert.ok(performance.now() - given < 1000)
      await assert.rejects(
        make(path('long.avi'), [slow], { program, limits: { longestMs: 1000 } }),
        {
          code: 'source_too_slow',
        },
      )
      const heavy = media('wav', { channels: 8, sampleRate: 192_000 })
      await assert.rejects(
        make(path('long.avi'), [heavy], { program, limits: { mostWrittenBytes: 100_000 } }),
        {
          code: 'rendition_too_heavy',
        },
      )
    })
  })
}
