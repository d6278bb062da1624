import assert from 'node:assert/strict'
import { decodeDeepJpeg } from '../../../../../src/engine/pictures/conversion/deep-jpeg/decode-deep-jpeg.ts'
import {
  IncompleteFile,
  UnknownFeature,
} from '../../../../../src/engine/pictures/conversion/magick-source.ts'
import { noise } from '../../../../support/pictures.ts'
import { DEEP_JPEGS } from './deep-jpegs.ts'

const [WIDTH, HEIGHT] = [16, 12]

const read = (name: keyof typeof DEEP_JPEGS): Buffer => Buffer.from(DEEP_JPEGS[name], 'base64')

/** What the pictures of colours show, of 8 bits. */
function colourAt(x: number, y: number): readonly number[] {
  const isMiddle = x >= 4 && x < 12 && y >= 4 && y < 8
  return isMiddle ? [9, 9, 9] : [x * 16, y * 20, 255 - x * 10]
}

const greyAt = (x: number, y: number): readonly number[] => [x * 16 + y * 5]

/** How far samples are at most off what is meant. */
function farthest(
  { planes }: ReturnType<typeof decodeDeepJpeg>,
  meant: (x: number, y: number) => readonly number[],
): number {
  let most = 0
  for (let at = 0; at < WIDTH * HEIGHT; at += 1)
    for (const [index, value] of meant(at % WIDTH, Math.floor(at / WIDTH)).entries())
      most = Math.max(most, Math.abs((planes[index]?.samples[at] ?? -1) - value))
  return most
}

describe('a JPEG that others do not read', () => {
  const EXACT: readonly (readonly [keyof typeof DEEP_JPEGS, typeof colourAt, within: number])[] = [
    ['greyLs', greyAt, 0],
    ['greyExtended', greyAt, 1],
    ['greyProgressive', greyAt, 1],
    ['lsByComponents', colourAt, 0],
    ['lsByRows', colourAt, 0],
    ['lsBySamples', colourAt, 0],
    ['lsNear', colourAt, 2],
    ['lossless', (x, y) => colourAt(x, y).map((value) => value * 257), 0],
  ]
  for (const [name, meant, within] of EXACT) {
    it(`has the samples that its encoder was given, within ${within}: ${name}`, () => {
      assert.ok(farthest(decodeDeepJpeg(read(name)), meant) <= within)
    })
  }

  for (const progressive of [false, true]) {
    for (const chromaSubsampling of ['4:4:4', '4:2:0']) {
      const title = `${progressive ? 'in steps' : 'at once'}, ${chromaSubsampling}`
      it(`is decoded as libjpeg decodes those of 8 bits: ${title}`, async () => {
        // Grey, of which decoders enlarge no colours each in its way.
        const image = noise(67, 45).greyscale().toColourspace('srgb')
        const jpeg = await image.jpeg({ quality: 90, progressive, chromaSubsampling }).toBuffer()
        const [brightness] = decodeDeepJpeg(jpeg).planes
        const { default: sharp } = await import('sharp')
        const wanted = await sharp(jpeg).extractChannel(1).raw().toBuffer()
        const off = [...wanted].map((value, at) =>
          Math.abs(value - (brightness?.samples[at] ?? -99)),
        )
        assert.ok(Math.max(...off) <= 2, `${Math.max(...off)}`)
      })
    }
  }

  for (const name of ['greyLs', 'greyProgressive', 'lsByComponents', 'lossless'] as const) {
    it(`is damaged wherever it is cut, and never anything else: ${name}`, () => {
      const jpeg = read(name)
      for (let length = 0; length < jpeg.length - 10; length += 7) {
        assert.throws(() => decodeDeepJpeg(jpeg.subarray(0, length)), IncompleteFile, `${length}`)
      }
    })
  }

  it('is refused when it has arithmetic codes', () => {
    const jpeg = read('greyExtended')
    jpeg[jpeg.indexOf(Buffer.from([0xff, 0xc1])) + 1] = 0xc9
    assert.throws(() => decodeDeepJpeg(jpeg), UnknownFeature)
  })
})
