import assert from 'node:assert/strict'
import { readPngColours } from '../../../../src/engine/pictures/meaning/png-colours.ts'
import { plain } from '../../../support/pictures.ts'
import { pngChunk } from '../../../support/png.ts'

const longs = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(4 * values.length)
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, 4 * index)
  return bytes
}

const gamma = (value: number): Buffer => pngChunk('gAMA', longs(value))
const P3 = pngChunk('cHRM', longs(31_270, 32_900, 68_000, 32_000, 26_500, 69_000, 15_000, 6000))
const SRGB = pngChunk('cHRM', longs(31_270, 32_900, 64_000, 33_000, 30_000, 60_000, 15_000, 6000))
const cicp = (...codes: readonly number[]): Buffer => pngChunk('cICP', Buffer.from(codes))

/** Which chunks stand before the picture, and what transfer they tell; undefined is what libvips takes it for. */
const TABLE: Readonly<Record<string, readonly [readonly Buffer[], object | undefined]>> = {
  nothing: [[], undefined],
  'gAMA of light': [[gamma(100_000)], { kind: 'power', gamma: 1 }],
  'gAMA as old computers had it': [[gamma(50_000)], { kind: 'power', gamma: 2 }],
  'gAMA as of sRGB': [[gamma(45_455)], undefined],
  'gAMA and cHRM as of sRGB': [[gamma(45_455), SRGB], undefined],
  'gAMA as of sRGB with cHRM of P3': [
    [gamma(45_455), P3],
    { kind: 'power', gamma: 1 / (45_455 / 100_000) },
  ],
  'cHRM alone, which nobody heeds': [[P3], undefined],
  'sRGB before gAMA': [[gamma(100_000), pngChunk('sRGB', Buffer.of(0))], undefined],
  'a profile before gAMA': [[gamma(100_000), pngChunk('iCCP', Buffer.from('x\0\0'))], undefined],
  'cICP before sRGB': [[cicp(12, 13, 0, 1), pngChunk('sRGB', Buffer.of(0))], { kind: 'srgb' }],
  'cICP before a profile': [
    [cicp(9, 16, 0, 1), pngChunk('iCCP', Buffer.from('x\0\0'))],
    { kind: 'pq', mostNits: 1000 },
  ],
  'cICP and cLLI': [
    [cicp(9, 16, 0, 1), pngChunk('cLLI', longs(40_000_000, 1))],
    { kind: 'pq', mostNits: 4000 },
  ],
  'cICP of sRGB': [[cicp(1, 13, 0, 1), gamma(100_000)], undefined],
  'cICP that says nothing': [[cicp(2, 2, 0, 1), gamma(100_000)], { kind: 'power', gamma: 1 }],
  'gAMA of nothing': [[gamma(0)], undefined],
}

describe('the colours of a PNG', () => {
  for (const [title, [chunks, transfer]] of Object.entries(TABLE)) {
    it(`are what its chunks say, the first of which wins: ${title}`, async () => {
      const png = await plain({ r: 200, g: 40, b: 40 }).png().toBuffer()
      // Behind the signature and IHDR.
      const file = Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)])
      const space = readPngColours((position, length) => file.subarray(position, position + length))
      assert.deepEqual(space?.transfer, transfer)
    })
  }
})
