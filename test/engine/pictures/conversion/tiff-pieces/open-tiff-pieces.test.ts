import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { deflateSync, zstdCompressSync } from 'node:zlib'
import { withSourceBytes } from '../../../../../src/engine/pictures/conversion/magick-source.ts'
import { openTiffPieces } from '../../../../../src/engine/pictures/conversion/tiff-pieces/open-tiff-pieces.ts'
import { useTemporaryFolder } from '../../../../support/temporary-folder.ts'
import { type TiffPicture, tiffOf } from '../../../../support/tiff.ts'

const [GREY, RGB, PALETTE, CMYK, YCBCR, LAB] = [1, 2, 3, 5, 6, 8]
const LOG_LUV = { light: 32_844, colours: 32_845 }
const [SIGNED, FLOAT] = [2, 3]
const TAG = { compression: 259, fillOrder: 266, planes: 284, predictor: 317, shared: 530 }
const COMPRESSION = { lzw: 5, deflate: 8, packBits: 32_773, logarithms: 34_676, zstandard: 50_000 }

const bytes = (...values: number[]): Buffer => Buffer.from(values)

/** Numbers of so many bits, one behind the other. */
function packed(bits: number, ...values: number[]): Buffer {
  const all = values.map((value) => value.toString(2).padStart(bits, '0')).join('')
  return Buffer.from(
    (all.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2)),
  )
}

function doubles(order: 'II' | 'MM', ...values: number[]): Buffer {
  const buffer = Buffer.alloc(8 * values.length)
  for (const [index, value] of values.entries()) {
    if (order === 'II') buffer.writeDoubleLE(value, 8 * index)
    else buffer.writeDoubleBE(value, 8 * index)
  }
  return buffer
}

/** Two planes of two bytes, each a strip. */
const PLANES = { [TAG.planes]: 2, 273: [8, 10], 279: [2, 2] }

const two = { width: 2, height: 1, samples: 1, photometric: GREY, bits: 8 } as const

interface Case extends TiffPicture {
  readonly order?: 'II' | 'MM'
}

/** Pictures of a few pixels, and their samples of 8 bits. */
const TABLE: Readonly<Record<string, readonly [picture: Case, samples: readonly number[]]>> = {
  'samples of 6 bits': [{ ...two, bits: 6, pixels: packed(6, 0, 63) }, [0, 255]],
  'samples of 6 bits of which 0 is white': [
    { ...two, bits: 6, photometric: 0, pixels: packed(6, 0, 21) },
    [255, 170],
  ],
  'samples of 24 bits': [{ ...two, bits: 24, pixels: bytes(0, 0, 128, 255, 255, 255) }, [128, 255]],
  'samples of 64 bits': [
    {
      ...two,
      bits: 64,
      pixels: bytes(0, 0, 0, 0, 0, 0, 0, 64, 255, 255, 255, 255, 255, 255, 255, 255),
    },
    [64, 255],
  ],
  'signed samples of 64 bits': [
    {
      ...two,
      bits: 64,
      format: SIGNED,
      pixels: bytes(0, 0, 0, 0, 0, 0, 0, 128, 255, 255, 255, 255, 255, 255, 255, 127),
    },
    [0, 255],
  ],
  'light in numbers of 64 bits': [
    { ...two, bits: 64, format: FLOAT, pixels: doubles('II', 0.5, 2) },
    [188, 255],
  ],
  'light in numbers of 64 bits, the other way round': [
    { ...two, bits: 64, format: FLOAT, pixels: doubles('MM', 0.5, Number.NaN), order: 'MM' },
    [188, 0],
  ],
  'light in numbers of 24 bits': [
    { ...two, bits: 24, format: FLOAT, pixels: bytes(0, 0, 62, 0, 0, 63) },
    [188, 255],
  ],
  'grey in a plane, and transparency in another': [
    { ...two, samples: 2, extraSamples: [2], fields: PLANES, pixels: bytes(10, 20, 30, 40) },
    [10, 30, 20, 40],
  ],
  'grey in a plane, and a selection in another': [
    { ...two, samples: 2, extraSamples: [0], fields: PLANES, pixels: bytes(10, 20, 30, 40) },
    [10, 20],
  ],
  'colours that are multiplied with what they cover': [
    {
      ...two,
      width: 1,
      samples: 4,
      photometric: RGB,
      extraSamples: [1],
      pixels: bytes(64, 32, 16, 128),
    },
    [128, 64, 32, 128],
  ],
  inks: [
    { ...two, width: 1, samples: 4, photometric: CMYK, pixels: bytes(1, 2, 3, 4) },
    [1, 2, 3, 4],
  ],
  'L*a*b* without a hue': [
    { ...two, width: 1, samples: 3, photometric: LAB, pixels: bytes(255, 0, 0) },
    [255, 255, 255],
  ],
  'colours of a palette of 65,536': [
    {
      ...two,
      width: 1,
      photometric: PALETTE,
      bits: 16,
      fields: { 320: Array.from({ length: 3 * 65_536 }, (_, at) => (at >> 16) * 256) },
      pixels: bytes(7, 1),
    },
    [0, 1, 2],
  ],
  'brightness, and differences that two rows share': [
    {
      ...two,
      width: 1,
      height: 2,
      samples: 3,
      photometric: YCBCR,
      fields: { [TAG.shared]: [1, 2] },
      pixels: bytes(0, 255, 128, 128),
    },
    [0, 0, 0, 255, 255, 255],
  ],
  'differences of pixels that are not there': [
    {
      ...two,
      width: 1,
      samples: 3,
      photometric: YCBCR,
      fields: { [TAG.shared]: [2, 2] },
      pixels: bytes(100, 1, 2, 3, 128, 228),
    },
    [240, 29, 100],
  ],
  'brightness in a plane, and differences of two pixels in others': [
    {
      ...two,
      samples: 3,
      photometric: YCBCR,
      fields: { [TAG.planes]: 2, [TAG.shared]: [2, 1], 273: [8, 10, 11], 279: [2, 1, 1] },
      pixels: bytes(40, 50, 128, 128),
    },
    [40, 40, 40, 50, 50, 50],
  ],
  'light in planes of numbers of 16 bits': [
    {
      ...two,
      width: 1,
      samples: 3,
      photometric: RGB,
      bits: 16,
      format: FLOAT,
      fields: { [TAG.planes]: 2, 273: [8, 10, 12], 279: [2, 2, 2] },
      pixels: bytes(0, 0x38, 0, 0, 0, 0x3c),
    },
    [188, 0, 255],
  ],
  'light in logarithms': [
    {
      ...two,
      photometric: LOG_LUV.light,
      bits: 16,
      fields: { [TAG.compression]: COMPRESSION.logarithms },
      pixels: bytes(2, 0x3f, 0x00, 128, 0),
    },
    [188, 0],
  ],
  'light in logarithms, and a colour near white': [
    {
      ...two,
      samples: 3,
      photometric: LOG_LUV.colours,
      bits: 16,
      fields: { [TAG.compression]: COMPRESSION.logarithms },
      pixels: bytes(128, 0x3f, 128, 0, 128, 81, 128, 192),
    },
    [189, 187, 186, 189, 187, 186],
  ],
  'bytes whose lowest bit comes first': [
    { ...two, fields: { [TAG.fillOrder]: 2 }, pixels: bytes(0x01, 0xf0) },
    [0x80, 0x0f],
  ],
  'differences between samples': [
    {
      ...two,
      width: 3,
      samples: 1,
      bits: 16,
      fields: { [TAG.predictor]: 2 },
      pixels: bytes(0, 100, 0, 28, 0, 228),
    },
    [100, 128, 100],
  ],
  Deflate: [
    {
      ...two,
      fields: { [TAG.compression]: COMPRESSION.deflate },
      pixels: deflateSync(bytes(7, 8)),
    },
    [7, 8],
  ],
  Zstandard: [
    {
      ...two,
      fields: { [TAG.compression]: COMPRESSION.zstandard },
      pixels: zstdCompressSync(bytes(7, 8)),
    },
    [7, 8],
  ],
  PackBits: [
    { ...two, fields: { [TAG.compression]: COMPRESSION.packBits }, pixels: bytes(255, 9) },
    [9, 9],
  ],
  LZW: [
    {
      ...two,
      width: 4,
      fields: { [TAG.compression]: COMPRESSION.lzw },
      pixels: packed(9, 256, 5, 258, 5, 257),
    },
    [5, 5, 5, 5],
  ],
}

/** Pictures whose pieces are damaged. */
const DAMAGED: Readonly<Record<string, TiffPicture>> = {
  'a piece that is too short': { ...two, width: 3, pixels: bytes(1, 2) },
  'a piece that is no Deflate': {
    ...two,
    fields: { [TAG.compression]: COMPRESSION.deflate },
    pixels: bytes(1, 2, 3),
  },
  'a row of logarithms that is too long': {
    ...two,
    photometric: LOG_LUV.light,
    bits: 16,
    fields: { [TAG.compression]: COMPRESSION.logarithms },
    pixels: bytes(129, 0x3f, 128, 0),
  },
  'a piece that is no JPEG': {
    ...two,
    bits: 12,
    fields: { [TAG.compression]: 7 },
    pixels: bytes(1, 2, 3),
  },
  'codes of LZW that there are not': {
    ...two,
    fields: { [TAG.compression]: COMPRESSION.lzw },
    pixels: packed(9, 256, 5, 400, 257),
  },
}

describe('a picture of a TIFF file that is read in pieces', () => {
  const folder = useTemporaryFolder()

  function show({ order, ...picture }: Case): readonly number[] {
    const path = folder.pathTo('picture.tif')
    writeFileSync(path, tiffOf(picture, order))
    return withSourceBytes(path, (file) => {
      const raster = openTiffPieces(file, {}).decode()
      return [...raster.rows(0, raster.height)]
    })
  }

  for (const [title, [picture, samples]] of Object.entries(TABLE)) {
    it(`is shown: ${title}`, () => {
      assert.deepEqual(show(picture), samples)
    })
  }

  for (const [title, picture] of Object.entries(DAMAGED)) {
    it(`is damaged: ${title}`, () => {
      assert.throws(() => show(picture), { name: 'IncompleteFile' })
    })
  }
})
