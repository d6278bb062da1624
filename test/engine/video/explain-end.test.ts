import assert from 'node:assert/strict'
import { endsEarly, explainEnd } from '../../../src/engine/video/explain-end.ts'
import type { FFmpegEnd } from '../../../src/engine/video/ffmpeg.ts'
import { RUN_LIMITS } from '../../../src/engine/video/run-limits.ts'

const END: FFmpegEnd = { code: 1, excess: undefined, log: '', reached: 0 }
const INPUT = "Input #0, mov, from 'file:/tmp/a b':\n"

describe('a run of FFmpeg that made nothing', () => {
  const RULES: [end: Partial<FFmpegEnd>, code: string, said?: RegExp][] = [
    [{ excess: 'time', code: undefined }, 'source_too_slow', /within 60 seconds/],
    [{ excess: 'written', code: undefined }, 'rendition_too_heavy', /2048 MB/],
    [{ excess: 'memory', code: undefined }, 'source_out_of_memory'],
    [{ code: undefined }, 'source_corrupt'],
    [{ log: `${INPUT}x264 [error]: malloc of size 102506688 failed` }, 'source_out_of_memory'],
    [
      { code: undefined, log: `${INPUT}RuntimeError: memory access out of bounds\n` },
      'conversion_failed',
      /: the FFmpeg that comes along crashed, which one that is installed may not\.$/,
    ],
    [{ log: `${INPUT}[AVFilterGraph] No such filter: 'zscale'` }, 'filter_missing', /zscale/],
    [{ log: '[mov @ 0x1] moov atom not found\nfile:/a: Invalid data found' }, 'source_corrupt'],
    [{ log: `${INPUT}Error while decoding stream #0:0: Invalid data found` }, 'source_corrupt'],
    [
      { log: `${INPUT}[abuffer @ 0x5] Error setting option time_base to value 1/0.` },
      'source_corrupt',
    ],
    [{ log: `${INPUT}Unknown encoder 'libx265'` }, 'encoder_missing', /libx265/],
    [
      {
        log: `${INPUT}[webm @ 0x5] Only VP8 or VP9 video is supported for WebM.\nCould not write header for output file #0 (file:/tmp/a): Invalid argument\nConversion failed!`,
      },
      'conversion_failed',
      /^The MOV source could not be made WebM with these options: Only VP8 or VP9 video is supported for WebM\.$/,
    ],
    [
      { log: `${INPUT}Error initializing output stream: no place in /home/me/x` },
      'conversion_failed',
      /no place in …\.$/,
    ],
  ]
  for (const [end, code, said] of RULES) {
    it(`is ${code} for ${JSON.stringify(end).slice(0, 80)}`, () => {
      const facts = { title: 'MOV', format: 'WebM' }
      const error = explainEnd({ ...END, ...end }, facts, { ...RUN_LIMITS, longestMs: 60_000 })
      assert.equal(error.code, code)
      if (said !== undefined) assert.match(error.message, said)
    })
  }
})

describe('a source', () => {
  const RULES: [reached: number, log: string, isSure: boolean, early: boolean][] = [
    [10, 'partial file', true, false],
    [9.5, 'partial file', true, false],
    [5, '', true, true],
    // An audio track that ends before the pictures do, of which sound alone is made.
    [5, '', false, false],
    [5, 'stream 0, offset 0x1a2: partial file', false, true],
  ]
  for (const [reached, log, isSure, early] of RULES) {
    it(`of 10 seconds ${early ? 'ends' : 'does not end'} early at ${reached} (${log}, ${isSure})`, () => {
      assert.equal(endsEarly({ reached, log }, { expected: 10, isSure }), early)
    })
  }
})
