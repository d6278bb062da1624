import assert from 'node:assert/strict'
import { readMediaInfo } from '../../../src/engine/video/media-info.ts'

/** As FFmpeg 5 to 8 write it. */
const head = (lines: string) => `Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'file:/a':\n${lines}`

const VIDEO =
  '  Stream #0:0[0x1](und): Video: h264 (High) (avc1 / 0x31637661), yuv420p(progressive), 640x360 [SAR 1:1 DAR 16:9], 730 kb/s, 25 fps\n'
const AUDIO =
  '  Stream #0:1[0x2](und): Audio: aac (LC) (mp4a / 0x6134706D), 44100 Hz, mono, fltp, 69 kb/s\n'
const DURATION = '  Duration: 01:02:03.50, start: 0.000000, bitrate: 811 kb/s\n'

describe('what FFmpeg says of a source', () => {
  it('is how long it is, and what is in it', () => {
    assert.deepEqual(readMediaInfo(head(DURATION + VIDEO + AUDIO)), {
      duration: 3723.5,
      isGuessed: false,
      video: {
        codec: 'h264',
        width: 640,
        height: 360,
        isSquare: true,
        hasAlpha: false,
        isInterlaced: false,
        isHdr: false,
        isErratic: false,
        isTurned: false,
        rate: undefined,
      },
      audio: { index: 0, codec: 'aac', isFine: false, isSurround: false, isSlow: false },
      cover: undefined,
      isCoverUnread: false,
      textTrack: undefined,
    })
  })

  const sizes: [line: string, size: [number, number], isSquare: boolean][] = [
    [VIDEO.replace('640x360 [SAR 1:1 DAR 16:9]', '401x301'), [401, 301], true],
    [VIDEO.replace('SAR 1:1', 'SAR 4:3'), [853, 360], false],
    [`${VIDEO}    Side data:\n      displaymatrix: rotation of -90.00 degrees\n`, [360, 640], true],
    [`${VIDEO}    Side data:\n      displaymatrix: rotation of 180.00 degrees\n`, [640, 360], true],
    ['  Stream #0:0: Video: gif, bgra, 400x300 [SAR 64:64 DAR 4:3], 10 fps\n', [400, 300], true],
    ['  Stream #0:0: Video: vp8, yuv420p(progressive), 8x8\n', [8, 8], true],
  ]
  for (const [line, [width, height], isSquare] of sizes) {
    it(`is a size as it is shown: ${width} × ${height}, ${line.slice(13, 120).trim()}`, () => {
      const { video } = readMediaInfo(head(DURATION + line))
      assert.deepEqual(video && [video.width, video.height, video.isSquare], [
        width,
        height,
        isSquare,
      ])
    })
  }

  const turns: [degrees: string, isTurned: boolean][] = [
    ['0.00', false],
    ['-90.00', true],
    ['180.00', true],
    ['-360.00', false],
  ]
  for (const [degrees, isTurned] of turns) {
    it(`is ${isTurned ? 'turned' : 'upright'} when it is turned by ${degrees} degrees`, () => {
      const said = `${VIDEO}    Side data:\n      displaymatrix: rotation of ${degrees} degrees\n`
      assert.equal(readMediaInfo(head(DURATION + said)).video?.isTurned, isTurned)
    })
  }

  const starts: [format: string, start: string, duration: number | undefined][] = [
    ['matroska,webm', '4.977000', undefined],
    ['matroska,webm', '0.007000', 3723.5],
    ['mov,mp4,m4a,3gp,3g2,mj2', '4.977000', 3723.5],
  ]
  for (const [format, start, duration] of starts) {
    it(`is ${duration ?? 'of unknown length'} for ${format} that begins at ${start}`, () => {
      const said = DURATION.replace('0.000000', start)
      const log = `Input #0, ${format}, from 'file:/a':\n${said}${VIDEO}`
      assert.equal(readMediaInfo(log).duration, duration)
    })
  }

  it('is no cover when FFmpeg does not know how large that is', () => {
    const line =
      '  Stream #0:1: Video: mjpeg (Baseline), none(bt470bg/unknown/unknown), 90k tbr, 90k tbn (attached pic)\n'
    const { cover, isCoverUnread } = readMediaInfo(head(DURATION + AUDIO + line))
    assert.deepEqual([cover, isCoverUnread], [undefined, true])
  })

  const rates: [line: string, rate: number | undefined][] = [
    ['gif, bgra, 8x8, 5 fps, 5 tbr, 100 tbn', 5],
    ['h264 (High), yuv420p, 8x8, 29.97 fps, 29.97 tbr, 30k tbn', 29.97],
    ['vp8, yuv420p, 8x8, 1k tbr, 1k tbn', undefined],
  ]
  for (const [line, rate] of rates) {
    it(`is a rate of ${rate ?? 'nobody knows what'} for ${JSON.stringify(line)}`, () => {
      const { video } = readMediaInfo(head(`${DURATION}  Stream #0:0: Video: ${line}\n`))
      assert.equal(video?.rate, rate)
    })
  }

  const kinds: [
    line: string,
    kind: 'hasAlpha' | 'isInterlaced' | 'isHdr' | 'isErratic' | undefined,
  ][] = [
    ['h264 (High), yuv420p(progressive), 640x360, 25 fps, 25 tbr, 90k tbn', undefined],
    ['h264 (High), yuv420p, 640x360, 240 fps, 240 tbr, 90k tbn', undefined],
    ['vp8, yuv420p, 640x360, 1k tbr, 1k tbn', 'isErratic'],
    ['h264, yuv420p, 640x360, 29.97 fps, 90k tbr, 90k tbn', 'isErratic'],
    ['mpeg2video (Main), yuv420p(tv, top first), 720x576, 25 fps', 'isInterlaced'],
    ['h264 (High), yuv420p(tv, bt709, bottom coded first (swapped)), 8x8', 'isInterlaced'],
    ['hevc (Main 10), yuv420p10le(tv, bt2020nc/bt2020/arib-std-b67), 8x8', 'isHdr'],
    ['hevc (Main 10), yuv420p10le(tv, bt2020nc/bt2020/smpte2084), 8x8', 'isHdr'],
    ['prores (4444) (ap4h / 0x68347061), yuva444p12le(tv), 8x8', 'hasAlpha'],
    ['qtrle (rle  / 0x20656C72), argb(progressive), 8x8', 'hasAlpha'],
    ['gif, bgra, 8x8, 10 fps', 'hasAlpha'],
    ['qtrle (rle  / 0x20656C72), rgb24(progressive), 8x8', undefined],
    ['vp9 (Profile 0), yuv420p(tv), 8x8\n    Metadata:\n      alpha_mode      : 1', 'hasAlpha'],
  ]
  for (const [line, kind] of kinds) {
    it(`is ${kind ?? 'nothing particular'} for ${JSON.stringify(line)}`, () => {
      const { video } = readMediaInfo(head(`${DURATION}  Stream #0:0: Video: ${line}\n`))
      assert.ok(video)
      const { hasAlpha, isInterlaced, isHdr, isErratic } = video
      const found = Object.entries({ hasAlpha, isInterlaced, isHdr, isErratic })
      assert.deepEqual(
        found.filter(([, value]) => value).map(([name]) => name),
        kind === undefined ? [] : [kind],
      )
    })
  }

  const sounds: [line: string, isFine: boolean, isSurround: boolean][] = [
    ['pcm_s16le ([1][0][0][0] / 0x0001), 44100 Hz, 2 channels, s16', false, false],
    ['pcm_s24le ([1][0][0][0] / 0x0001), 96000 Hz, mono, s32 (24 bit)', true, false],
    ['flac, 96000 Hz, stereo, s32 (24 bit)', true, false],
    ['mp3, 44100 Hz, stereo, fltp, 192 kb/s', false, false],
    ['ac3, 48000 Hz, 5.1(side), fltp, 448 kb/s', false, true],
    ['pcm_f32le, 48000 Hz, 7.1, flt', true, true],
  ]
  for (const [line, isFine, isSurround] of sounds) {
    it(`is sound ${isFine ? 'of many' : 'of few'} bits and ${isSurround ? 'many' : 'few'} channels: ${line}`, () => {
      const { audio } = readMediaInfo(head(`${DURATION}  Stream #0:0: Audio: ${line}\n`))
      assert.deepEqual([audio?.isFine, audio?.isSurround], [isFine, isSurround])
    })
  }

  it('is which sound has a name, since some telephones have others', () => {
    const none = '  Stream #0:1: Audio: none (apac / 0x63617061), 48000 Hz, 4 channels\n'
    assert.equal(readMediaInfo(head(none + AUDIO)).audio?.index, 1)
  })

  it('is which pictures are a cover that other formats hold', () => {
    const cover = '  Stream #0:1: Video: mjpeg, yuvj420p, 100x100 (attached pic)\n'
    const odd = '  Stream #0:1: Video: bmp, bgr24, 100x100 (attached pic)\n'
    assert.equal(readMediaInfo(head(AUDIO + cover)).cover, 0)
    assert.equal(readMediaInfo(head(AUDIO + odd + cover)).cover, 1)
    assert.equal(readMediaInfo(head(AUDIO + odd)).cover, undefined)
    // Words of its own make no cover of a video.
    assert.equal(readMediaInfo(head(`${VIDEO}    title : (attached pic)\n`)).video?.width, 640)
  })

  it('is no video for a cover, and no length where it knows none', () => {
    const cover = '  Stream #0:1: Video: mjpeg, yuvj420p, 100x100 (attached pic)\n'
    const { video, duration } = readMediaInfo(head(`  Duration: N/A, start: 0\n${AUDIO}${cover}`))
    assert.deepEqual([video, duration], [undefined, undefined])
  })

  it('is which subtitles are a text, among all subtitles', () => {
    const pictures = '  Stream #0:2: Subtitle: dvd_subtitle\n'
    const text = '  Stream #0:3(eng): Subtitle: subrip (srt)\n'
    assert.equal(readMediaInfo(head(VIDEO + pictures + text)).textTrack, 1)
    assert.equal(readMediaInfo(head(VIDEO + pictures)).textTrack, undefined)
  })

  it('is nothing for what could not be opened, nor of what is to be made', () => {
    const made = `Stream mapping:\nOutput #0, mp4, to '/b':\n${VIDEO}`
    assert.equal(readMediaInfo(`[mov] moov atom not found\n${made}`).video, undefined)
    assert.equal(readMediaInfo(head(AUDIO + made)).video, undefined)
  })
})
