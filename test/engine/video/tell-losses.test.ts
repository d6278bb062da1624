import assert from 'node:assert/strict'
import { OUTPUTS, type OutputFormat } from '../../../src/engine/video/output-formats.ts'
import { tellLosses } from '../../../src/engine/video/tell-losses.ts'
import { readVideo } from '../../../src/engine/video/video-stream.ts'

const UPRIGHT = readVideo('  Stream #0:0: Video: h264, yuv420p, 640x360, 25 fps')
const TURNED = readVideo(
  '  Stream #0:0: Video: h264, yuv420p, 640x360, 25 fps\n      displaymatrix: rotation of 90.00 degrees\n',
)

/** What is told of a record with a cover that cannot be read. */
const ofRecord = (output: OutputFormat): string[] =>
  tellLosses(
    { video: undefined, isCoverUnread: true },
    { videoCodec: 'none', audioCodec: 'aac' },
    output,
  )

describe('what is lost of a video', () => {
  const cases: [
    what: string,
    format: keyof typeof OUTPUTS,
    video: typeof TURNED,
    codec: 'copy' | 'x264',
    told: RegExp | undefined,
  ][] = [
    ['turned pictures that are copied into an MKV', 'mkv', TURNED, 'copy', /turned, which MKV/],
    ['those that become upright', 'mkv', TURNED, 'x264', undefined],
    ['upright ones', 'mkv', UPRIGHT, 'copy', undefined],
    ['turned ones in a format that says so', 'mp4', TURNED, 'copy', undefined],
  ]
  for (const [what, format, video, videoCodec, told] of cases) {
    it(`is ${told === undefined ? 'nothing' : 'told'} of ${what}`, () => {
      const decided = { videoCodec, audioCodec: 'none' } as const
      const [said] = tellLosses({ video, isCoverUnread: false }, decided, OUTPUTS[format])
      if (told === undefined) assert.equal(said, undefined)
      else assert.match(said ?? '', told)
    })
  }

  it('is the cover of a record that cannot be read, where there would be a place for it', () => {
    assert.match(ofRecord(OUTPUTS.m4a).join(), /cover is left out/)
    assert.deepEqual(ofRecord(OUTPUTS.wav), [])
  })
})
