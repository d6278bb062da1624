import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { startRenditions } from '../../../support/rendering.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import { type TiffPicture, tiffOf } from '../../../support/tiff.ts'

/** Numbers as a TIFF of little endian has them. */
const NUMBERS = {
  bytes: (...values: readonly number[]) => Buffer.from(Uint8Array.from(values).buffer),
  shorts: (...values: readonly number[]) => Buffer.from(Uint16Array.from(values).buffer),
  signed: (...values: readonly number[]) => Buffer.from(Int16Array.from(values).buffer),
  longs: (...values: readonly number[]) => Buffer.from(Uint32Array.from(values).buffer),
  floats: (...values: readonly number[]) => Buffer.from(Float32Array.from(values).buffer),
  doubles: (...values: readonly number[]) => Buffer.from(Float64Array.from(values).buffer),
}
const { bytes, shorts, signed, longs, floats, doubles } = NUMBERS

const GREY = { photometric: 1 }
const RGB = { photometric: 2 }
const CMYK = { photometric: 5 }

type Kind = Omit<TiffPicture, 'width' | 'height' | 'pixels'>

/** What a picture of one colour is by the fields of its directory, its pixel, and what that means; within 3 of each sample. */
const TABLE: Readonly<
  Record<string, readonly [Kind, Buffer, readonly [number, number, number, number]]>
> = {
  'RGB and straight transparency': [
    { ...RGB, bits: 8, samples: 4, extraSamples: [2] },
    bytes(200, 40, 40, 128),
    [200, 40, 40, 128],
  ],
  'RGB that is multiplied with its transparency': [
    { ...RGB, bits: 8, samples: 4, extraSamples: [1] },
    bytes(100, 20, 20, 128),
    [200, 40, 40, 128],
  ],
  'RGB and a selection': [
    { ...RGB, bits: 8, samples: 4, extraSamples: [0] },
    bytes(200, 40, 40, 9),
    [200, 40, 40, 255],
  ],
  'RGB and what nobody names': [
    { ...RGB, bits: 8, samples: 4 },
    bytes(200, 40, 40, 9),
    [200, 40, 40, 255],
  ],
  'RGB, a selection and transparency': [
    { ...RGB, bits: 8, samples: 5, extraSamples: [0, 2] },
    bytes(200, 40, 40, 9, 128),
    [200, 40, 40, 128],
  ],
  'RGB, transparency and a selection': [
    { ...RGB, bits: 8, samples: 5, extraSamples: [2, 0] },
    bytes(200, 40, 40, 128, 9),
    [200, 40, 40, 128],
  ],
  'RGB and three selections': [
    { ...RGB, bits: 8, samples: 6, extraSamples: [0, 0, 0] },
    bytes(200, 40, 40, 9, 9, 9),
    [200, 40, 40, 255],
  ],
  'RGB of 16 bits and a selection': [
    { ...RGB, bits: 16, samples: 4, extraSamples: [0] },
    shorts(51_400, 10_280, 10_280, 9),
    [200, 40, 40, 255],
  ],
  'RGB of 32 bits': [
    { ...RGB, bits: 32, samples: 3 },
    longs(3_368_601_800, 673_720_360, 673_720_360),
    [200, 40, 40, 255],
  ],
  'RGB of 32 bits and transparency': [
    { ...RGB, bits: 32, samples: 4, extraSamples: [2] },
    longs(3_368_601_800, 673_720_360, 673_720_360, 2_155_905_152),
    [200, 40, 40, 128],
  ],
  'RGB of signed numbers': [
    { ...RGB, bits: 16, samples: 3, format: 2 },
    signed(18_632, -22_488, -22_488),
    [200, 40, 40, 255],
  ],
  'RGB of light': [
    { ...RGB, bits: 32, samples: 3, format: 3 },
    floats(0.5776, 0.0212, 0.0212),
    [200, 40, 40, 255],
  ],
  'RGB of light and a selection': [
    { ...RGB, bits: 32, samples: 4, format: 3, extraSamples: [0] },
    floats(0.5776, 0.0212, 0.0212, 0.1),
    [200, 40, 40, 255],
  ],
  'RGB of light and transparency': [
    { ...RGB, bits: 32, samples: 4, format: 3, extraSamples: [2] },
    floats(0.5776, 0.0212, 0.0212, 0.502),
    [200, 40, 40, 128],
  ],
  'grey and a selection': [
    { ...GREY, bits: 8, samples: 2, extraSamples: [0] },
    bytes(90, 9),
    [90, 90, 90, 255],
  ],
  'grey and transparency': [
    { ...GREY, bits: 8, samples: 2, extraSamples: [2] },
    bytes(90, 128),
    [90, 90, 90, 128],
  ],
  'grey of which white is 0, and a selection': [
    { photometric: 0, bits: 8, samples: 2, extraSamples: [0] },
    bytes(165, 9),
    [90, 90, 90, 255],
  ],
  'grey of 16 bits and a selection': [
    { ...GREY, bits: 16, samples: 2, extraSamples: [0] },
    shorts(23_130, 9),
    [90, 90, 90, 255],
  ],
  'grey of 32 bits': [{ ...GREY, bits: 32, samples: 1 }, longs(1_515_870_810), [90, 90, 90, 255]],
  'grey of signed bytes': [
    { ...GREY, bits: 8, samples: 1, format: 2 },
    Buffer.from(Int8Array.of(-38).buffer),
    [90, 90, 90, 255],
  ],
  'grey of light': [
    { ...GREY, bits: 32, samples: 1, format: 3 },
    floats(0.1022),
    [90, 90, 90, 255],
  ],
  'grey of light with 64 bits': [
    { ...GREY, bits: 64, samples: 1, format: 3 },
    doubles(0.1022),
    [90, 90, 90, 255],
  ],
  'grey of light beyond white': [
    { ...GREY, bits: 32, samples: 1, format: 3 },
    floats(7),
    [255, 255, 255, 255],
  ],
  'grey of light that is no number': [
    { ...GREY, bits: 32, samples: 1, format: 3 },
    floats(Number.NaN),
    [0, 0, 0, 255],
  ],
  'grey of signed numbers': [
    { ...GREY, bits: 16, samples: 1, format: 2 },
    signed(-9638),
    [90, 90, 90, 255],
  ],
  'grey of signed numbers and transparency': [
    { ...GREY, bits: 16, samples: 2, format: 2, extraSamples: [2] },
    signed(-9638, 128),
    [90, 90, 90, 128],
  ],
  'grey of light of which white is 0': [
    { photometric: 0, bits: 32, samples: 1, format: 3 },
    floats(1 - 0.1022),
    [90, 90, 90, 255],
  ],
  'L*a*b* and a selection': [
    { photometric: 8, bits: 8, samples: 4, extraSamples: [0] },
    bytes(138, 0, 0, 9),
    [129, 129, 129, 255],
  ],
  'L*a*b* as profiles have it, and transparency': [
    { photometric: 9, bits: 8, samples: 4, extraSamples: [2] },
    bytes(115, 190, 171, 128),
    [200, 40, 40, 128],
  ],
  'L*a*b* of 16 bits as profiles have it': [
    { photometric: 9, bits: 16, samples: 3 },
    shorts(29_555, 48_640, 43_776),
    [200, 40, 40, 255],
  ],
  'CMYK and two spot colours': [
    { ...CMYK, bits: 8, samples: 6, extraSamples: [0, 0] },
    bytes(0, 0, 0, 0, 255, 255),
    [255, 255, 255, 255],
  ],
  'CMYK and a spot colour': [
    { ...CMYK, bits: 8, samples: 5, extraSamples: [0] },
    bytes(0, 0, 0, 0, 255),
    [255, 255, 255, 255],
  ],
  'CMYK of 16 bits and a spot colour': [
    { ...CMYK, bits: 16, samples: 5, extraSamples: [0] },
    shorts(0, 0, 0, 0, 65_535),
    [255, 255, 255, 255],
  ],
  'CMYK and transparency': [
    { ...CMYK, bits: 8, samples: 5, extraSamples: [2] },
    bytes(0, 0, 0, 0, 128),
    [255, 255, 255, 128],
  ],
}

describe('samples of TIFF files', () => {
  const folder = useTemporaryFolder()

  for (const [title, [kind, pixel, expected]] of Object.entries(TABLE)) {
    it(`are what the directory says: ${title}`, async () => {
      const [width, height] = [6, 4]
      const pixels = Buffer.concat(Array.from({ length: width * height }, () => pixel))
      const name = title.replaceAll(/\W+/g, '-')
      const [source, rendition] = [folder.pathTo(`${name}.tif`), folder.pathTo(`${name}.png`)]
      await writeFile(source, tiffOf({ ...kind, width, height, pixels }))
      await startRenditions(source, [{ instructions: { fmt: 'png' }, path: rendition }])[0]
      const { data, info } = await sharp(rendition)
        .toColourspace('srgb')
        .ensureAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true })
      assert.deepEqual([info.width, info.height], [width, height])
      const seen = [...data.subarray(0, 4)]
      const off = expected.map((value, band) => Math.abs(value - (seen[band] ?? 0)))
      assert.ok(Math.max(...off) <= 3, `it is ${seen.join()} in place of ${expected.join()}`)
    })
  }
})
