import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { deflateSync, zstdCompressSync } from 'node:zlib'
import { withSourceBytes } from '../../../../../src/engine/pictures/conversion/magick-source.ts'
import { openTiffPieces } from '../../../../../src/engine/pictures/conversion/tiff-pieces/open-tiff-pieces.ts'
import { useTemporaryFolder } from '../../../../support/temporary-folder.ts'
import { type TiffPicture, tiffOf } from '../../../../support/tiff.ts'

const [GREY, RGB, CMYK, LAB] = [1, 2, 5, 8]
const [SIGNED, FLOAT] = [2, 3]
const TAG = { compression: 259, fillOrder: 266, planes: 284, predictor: 317 }
const COMPRESSION = { lzw: 5, deflate: 8, packBits: 32_773, zstandard: 50_000 }

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
