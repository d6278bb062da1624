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
      video: { codec: 'h264', width: 640, height: 360, isSquare: true },
      audio: { codec: 'aac' },
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
