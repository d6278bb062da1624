import assert from 'node:assert/strict'
import { deflateSync } from 'node:zlib'
import { SRGB_PRIMARIES } from '../../../../src/engine/pictures/meaning/colour-space.ts'
import { readPngColours } from '../../../../src/engine/pictures/meaning/png-colours.ts'
import { writeProfile } from '../../../../src/engine/pictures/meaning/write-profile.ts'
import { plain } from '../../../support/pictures.ts'
import { pngChunk } from '../../../support/png.ts'

const longs = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(4 * values.length)
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, 4 * index)
  return bytes
}

const gamma = (value: number): Buffer => pngChunk('gAMA', longs(value))
const P3 = pngChunk('cHRM', longs(31_270, 32_900, 68_000, 32_000, 26_500, 69_000, 15_000, 6000))
const NO_COLOURS = pngChunk('cHRM', longs(31_270, 32_900, 1, 1, 2, 2, 3, 3))
const SRGB = pngChunk('cHRM', longs(31_270, 32_900, 64_000, 33_000, 30_000, 60_000, 15_000, 6000))
const cicp = (...codes: readonly number[]): Buffer => pngChunk('cICP', Buffer.from(codes))

const intent = (value: number): Buffer => pngChunk('sRGB', Buffer.of(value))
const profile = (bytes: Uint8Array): Buffer =>
  pngChunk('iCCP', Buffer.concat([Buffer.from('x\0\0'), deflateSync(bytes)]))
const SOUND = writeProfile(SRGB_PRIMARIES, { kind: 'power', gamma: 1.8 }, 'rgb')

/** A chunk whose checksum is wrong. */
function damaged(chunk: Buffer): Buffer {
  const bytes = Buffer.from(chunk)
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
  return bytes
}

/** Which chunks stand before the picture, and what transfer they tell; undefined is what libvips takes it for. */
const TABLE: Readonly<Record<string, readonly [readonly Buffer[], object | undefined]>> = {
  nothing: [[], undefined],
  'gAMA of light': [[gamma(100_000)], { kind: 'power', gamma: 1 }],
  'gAMA as old computers had it': [[gamma(50_000)], { kind: 'power', gamma: 2 }],
  'gAMA as of sRGB': [[gamma(45_455)], undefined],
  'gAMA nearly as of sRGB': [[gamma(47_500)], undefined],
  'gAMA no longer as of sRGB': [[gamma(47_750)], { kind: 'power', gamma: 100_000 / 47_750 }],
  'gAMA as of sRGB with cHRM of it': [
    [gamma(45_455), SRGB],
    { kind: 'power', gamma: 1 / (45_455 / 100_000) },
  ],
  'gAMA with cHRM of no colours': [[gamma(100_000), NO_COLOURS], undefined],
  'gAMA with cHRM that is too short': [
    [gamma(100_000), pngChunk('cHRM', longs(31_270))],
    { kind: 'power', gamma: 1 },
  ],
  'the first of two gAMA': [[gamma(100_000), gamma(45_455)], { kind: 'power', gamma: 1 }],
  'a damaged gAMA': [[damaged(gamma(100_000))], undefined],
  'gAMA as of sRGB with cHRM of P3': [
    [gamma(45_455), P3],
    { kind: 'power', gamma: 1 / (45_455 / 100_000) },
  ],
  'cHRM alone, which nobody heeds': [[P3], undefined],
  'sRGB before gAMA': [[gamma(100_000), intent(0)], undefined],
  'sRGB of no intent': [[gamma(100_000), intent(9)], { kind: 'power', gamma: 1 }],
  'a profile before gAMA': [[gamma(100_000), profile(SOUND)], undefined],
  'a profile that is none': [
    [gamma(100_000), profile(Buffer.from('a text'))],
    { kind: 'power', gamma: 1 },
  ],
  'a profile that cannot be unpacked': [
    [gamma(100_000), pngChunk('iCCP', Buffer.from('x\0\0'))],
    { kind: 'power', gamma: 1 },
  ],
  'a profile that is cut off': [
    [gamma(100_000), profile(SOUND.subarray(0, 150))],
    { kind: 'power', gamma: 1 },
  ],
  'cICP before sRGB': [[cicp(12, 13, 0, 1), intent(0)], { kind: 'srgb' }],
  'cICP before a profile': [
    [cicp(9, 16, 0, 1), pngChunk('iCCP', Buffer.from('x\0\0'))],
    { kind: 'pq', mostNits: 1000 },
  ],
  'cICP and cLLI': [
    [cicp(9, 16, 0, 1), pngChunk('cLLI', longs(40_000_000, 1))],
    { kind: 'pq', mostNits: 4000 },
  ],
  'cICP of sRGB': [[cicp(1, 13, 0, 1), gamma(100_000)], undefined],
  'cICP of 2.2': [[cicp(1, 4, 0, 1)], { kind: 'power', gamma: 2.2 }],
  'cICP of which one number is unknown': [
    [cicp(12, 2, 0, 1), gamma(100_000)],
    { kind: 'power', gamma: 1 },
  ],
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
