import assert from 'node:assert/strict'
import sharp from 'sharp'
import { OperationError } from '../../../../src/base/operation-error.ts'
import { encodeView } from '../../../../src/engine/layers/encode/encode-view.ts'
import type { ColourProfile } from '../../../../src/engine/layers/encoding.ts'
import type { Raster } from '../../../../src/engine/layers/raster.ts'
import { GRAINY, PLAIN, SLOPES, TOOLS, VEILED, viewOf } from './views.ts'

type Asked = Partial<Parameters<typeof encodeView>[1]>

async function encoded(raster: Raster, asked: Asked): Promise<Buffer> {
  return encodeView(raster, { ...PLAIN, format: 'jpeg', ...asked }, TOOLS)
}

/** As sRGB, without alpha unless it is asked for. */
async function pixelsOf(file: Buffer, alpha = false): Promise<Buffer> {
  const image = sharp(file).toColourspace('srgb')
  return (alpha ? image.ensureAlpha() : image.removeAlpha()).raw().toBuffer()
}

function alphaOf(pixels: Buffer): Buffer {
  return Buffer.from(pixels.filter((_, at) => at % 4 === 3))
}

/** What a TIFF says in a field of short numbers of its first directory, and undefined when it has no such. */
function tiffField(file: Buffer, tag: number): number | undefined {
  const start = file.readUInt32LE(4)
  const entries = Array.from({ length: file.readUInt16LE(start) }, (_, index) =>
    file.subarray(start + 2 + index * 12),
  )
  return entries.find((entry) => entry.readUInt16LE(0) === tag)?.readUInt16LE(8)
}

/** TIFF 6.0, sections 3 and 22, and Adobe's supplement. */
const TIFF_COMPRESSION = { none: 1, lzw: 5, jpeg: 7, zip: 8 }

/** The root of the mean squared difference, in levels of 255. */
function offBy(one: Buffer, other: Buffer): number {
  assert.equal(one.length, other.length)
  const sum = one.reduce((total, level, at) => total + (level - (other[at] ?? 0)) ** 2, 0)
  return Math.sqrt(sum / one.length)
}

describe('a view of three components', () => {
  for (const [asked, expected] of [
    [{ format: 'jpeg' }, { format: 'jpeg', space: 'srgb', channels: 3, isProgressive: false }],
    [{ format: 'pjpeg' }, { format: 'jpeg', space: 'srgb', channels: 3, isProgressive: true }],
    [
      { format: 'jpeg', pixelType: 'gray' },
      { format: 'jpeg', space: 'b-w', channels: 1 },
    ],
    [
      { format: 'jpeg', pixelType: 'cmyk' },
      { format: 'jpeg', space: 'cmyk', channels: 4 },
    ],
    [{ format: 'png' }, { format: 'png', space: 'srgb', channels: 3 }],
    [
      { format: 'png', pixelType: 'gray' },
      { format: 'png', space: 'b-w', channels: 1 },
    ],
    [{ format: 'png8' }, { format: 'png', isPalette: true, bitsPerSample: 8 }],
    [{ format: 'gif' }, { format: 'gif', isPalette: true }],
    [
      { format: 'gif', pixelType: 'gray' },
      { format: 'gif', isPalette: true },
    ],
    [{ format: 'tif' }, { format: 'tiff', space: 'srgb' }],
    [
      { format: 'tif', pixelType: 'gray' },
      { format: 'tiff', space: 'b-w', channels: 1 },
    ],
    [
      { format: 'tif', pixelType: 'cmyk', compression: 'lzw' },
      { format: 'tiff', space: 'cmyk', channels: 4 },
    ],
    [{ format: 'tif', compression: 'zip' }, { format: 'tiff' }],
    [{ format: 'tif', compression: 'jpeg' }, { format: 'tiff' }],
    [
      { format: 'tif', compression: 'jpeg', pixelType: 'cmyk' },
      { format: 'tiff', space: 'cmyk' },
    ],
    [
      { format: 'webp', compression: 'lossy' },
      { format: 'webp', channels: 3 },
    ],
    [
      { format: 'avif', compression: 'lossy' },
      { format: 'heif', channels: 3 },
    ],
  ] as const) {
    it(`as ${Object.values(asked).join(' ')} is ${Object.values(expected).join(' ')}`, async () => {
      const { width, height, ...told } = await sharp(await encoded(SLOPES, asked)).metadata()
      assert.deepEqual([width, height], [64, 48])
      const found = Object.keys(expected).map((name) => [name, Reflect.get(told, name)])
      assert.deepEqual(Object.fromEntries(found), expected)
      assert.deepEqual(
        [told.icc, told.xmp, told.exif, told.hasAlpha],
        [undefined, undefined, undefined, false],
      )
    })
  }

  for (const asked of [
    { format: 'png' },
    { format: 'tif', compression: 'none' },
    { format: 'tif', compression: 'lzw' },
    { format: 'tif', compression: 'zip' },
    { format: 'webp', compression: 'lossless' },
    { format: 'avif', compression: 'lossless' },
  ] as const) {
    it(`keeps every pixel as ${Object.values(asked).join(' ')}`, async () => {
      assert.deepEqual(await pixelsOf(await encoded(SLOPES, asked)), SLOPES.pixels)
    })
  }

  for (const compression of ['none', 'lzw', 'zip', 'jpeg'] as const) {
    it(`is compressed by ${compression} in a TIFF of any colours`, async () => {
      for (const pixelType of ['rgb', 'gray', 'cmyk'] as const) {
        const file = await encoded(SLOPES, { format: 'tif', compression, pixelType })
        assert.equal(tiffField(file, 259), TIFF_COMPRESSION[compression])
      }
    })
  }

  for (const asked of [
    { format: 'png' },
    { format: 'tif', compression: 'lzw' },
    { format: 'gif' },
  ] as const) {
    it(`has the greys that it had as ${asked.format}, gray`, async () => {
      const grey = viewOf(32, 8, (x, y) => Array<number>(3).fill(x * 8 + y))
      const file = await encoded(grey, { ...asked, pixelType: 'gray' })
      assert.deepEqual(await pixelsOf(file), grey.pixels)
    })
  }

  for (const format of ['jpeg', 'tif'] as const) {
    it(`has as much black as its brightest component leaves in a ${format}, cmyk`, async () => {
      for (const [rgb, cmyk] of [
        [
          [0, 255, 0],
          [255, 0, 255, 0],
        ],
        [
          [255, 255, 255],
          [0, 0, 0, 0],
        ],
        [
          [0, 0, 0],
          [0, 0, 0, 255],
        ],
        [
          [100, 50, 0],
          [0, 128, 255, 155],
        ],
      ] as const) {
        const view = viewOf(16, 16, () => rgb)
        const file = await encoded(view, { format, pixelType: 'cmyk', quality: 100 })
        const { data } = await sharp(file)
          .pipelineColourspace('cmyk')
          .toColourspace('cmyk')
          .raw()
          .toBuffer({ resolveWithObject: true })
        assert.deepEqual([...data.subarray(0, 4)], cmyk)
      }
    })
  }
})

describe('a view with transparency', () => {
  for (const asked of [
    { format: 'png' },
    { format: 'tif', compression: 'none' },
    { format: 'tif', compression: 'lzw' },
    { format: 'tif', compression: 'zip' },
  ] as const) {
    it(`keeps every pixel as ${Object.values(asked).join(' ')}`, async () => {
      assert.deepEqual(await pixelsOf(await encoded(VEILED, asked), true), VEILED.pixels)
    })
  }

  for (const asked of [
    { format: 'webp', compression: 'lossless' },
    { format: 'webp', compression: 'lossy' },
    { format: 'avif', compression: 'lossless' },
    { format: 'png8' },
  ] as const) {
    it(`keeps its alpha as ${Object.values(asked).join(' ')}`, async () => {
      const made = await pixelsOf(await encoded(VEILED, asked), true)
      const off = offBy(alphaOf(made), alphaOf(VEILED.pixels))
      assert.ok(off <= (asked.format === 'png8' ? 4 : 0), `${off}`)
    })
  }

  for (const format of ['png', 'tif'] as const) {
    it(`has two channels as ${format}, gray, the second of them its alpha`, async () => {
      const file = await encoded(VEILED, { format, pixelType: 'gray' })
      const { channels, space } = await sharp(file).metadata()
      assert.deepEqual([channels, space], [2, 'b-w'])
      assert.deepEqual(alphaOf(await pixelsOf(file, true)), alphaOf(VEILED.pixels))
    })
  }

  for (const pixelType of ['rgb', 'gray'] as const) {
    it(`is opaque or fully transparent in a GIF, ${pixelType}`, async () => {
      const made = await pixelsOf(await encoded(VEILED, { format: 'gif', pixelType }), true)
      for (let at = 0; at < made.length; at += 4) {
        assert.equal(made[at + 3], (VEILED.pixels[at + 3] ?? 0) >= 128 ? 255 : 0)
        if (pixelType === 'gray') assert.equal(made[at], made[at + 1])
      }
    })
  }

  for (const asked of [
    { format: 'jpeg' },
    { format: 'tif', compression: 'jpeg' },
    { format: 'tif', pixelType: 'cmyk' },
  ] as const) {
    it(`comes onto white as ${Object.values(asked).join(' ')}, which has no room for it`, async () => {
      const clear = viewOf(16, 16, () => [200, 10, 10, 0])
      const file = await encoded(clear, { ...asked, quality: 100 })
      const { hasAlpha } = await sharp(file).metadata()
      assert.equal(hasAlpha, false)
      assert.ok((await pixelsOf(file)).every((level) => level >= 253))
    })
  }
})

describe('the quality of a view', () => {
  for (const asked of [
    { format: 'jpeg' },
    { format: 'pjpeg' },
    { format: 'jpeg', pixelType: 'cmyk' },
    { format: 'tif', compression: 'jpeg' },
    { format: 'webp', compression: 'lossy' },
    { format: 'avif', compression: 'lossy' },
  ] as const) {
    it(`makes ${Object.values(asked).join(' ')} larger and nearer`, async () => {
      const files = await Promise.all(
        [20, 90].map((quality) => encoded(GRAINY, { ...asked, quality })),
      )
      const sizes = files.map(({ length }) => length)
      assert.deepEqual(
        sizes,
        sizes.toSorted((one, other) => one - other),
      )
      if ('pixelType' in asked) return
      const all = await Promise.all(files.map((file) => pixelsOf(file)))
      const off = all.map((pixels) => offBy(pixels, GRAINY.pixels))
      assert.deepEqual(
        off,
        off.toSorted((one, other) => other - one),
      )
    })
  }

  for (const [fullChroma, expected] of [
    [false, '4:2:0'],
    [true, '4:4:4'],
  ] as const) {
    it(`leaves colours ${expected} when fullChroma is ${fullChroma}, whatever it is`, async () => {
      for (const quality of [30, 95]) {
        const jpeg = await encoded(SLOPES, { quality, fullChroma })
        assert.equal((await sharp(jpeg).metadata()).chromaSubsampling, expected)
      }
    })
  }

  it('is lowered until a JPEG has no more bytes than it may have', async () => {
    const whole = await encoded(SLOPES, { quality: 90 })
    const [one, other] = await Promise.all(
      [0.9, 0.6].map((part) =>
        encoded(SLOPES, { quality: 90, mostBytes: Math.floor(whole.length * part) }),
      ),
    )
    assert.ok(one !== undefined && other !== undefined)
    assert.ok(one.length <= whole.length * 0.9 && other.length <= whole.length * 0.6)
    assert.ok(other.length < one.length)
    assert.deepEqual(await encoded(SLOPES, { quality: 90, mostBytes: whole.length }), whole)
  })

  it('cannot be lowered to a hundred bytes', async () => {
    await assert.rejects(
      encoded(SLOPES, { mostBytes: 100 }),
      (error) => error instanceof OperationError && error.code === 'size_unreachable',
    )
  })
})

/** What a TIFF counts its pixels by when nobody knows. */
const NO_UNIT = 1

function coloursOf(profile: string, said: Partial<ColourProfile> = {}): ColourProfile {
  return { name: profile, profile, intent: 'perceptual', blackPoint: false, ...said }
}

/** As profiles have names; their tables have theirs in ASCII. */
function nameIn(name = ''): Buffer {
  return name === 'A2B0' ? Buffer.from(name) : Buffer.from(name, 'utf16le').swap16()
}

describe('what a file says beside its pixels', () => {
  for (const asked of [
    { format: 'jpeg' },
    { format: 'jpeg', pixelType: 'cmyk' },
    { format: 'png' },
    { format: 'png8' },
    { format: 'tif' },
    { format: 'tif', pixelType: 'cmyk' },
  ] as const) {
    it(`is the resolution, as ${Object.values(asked).join(' ')}, where one is given`, async () => {
      const told = await sharp(await encoded(SLOPES, { ...asked, resolution: 300 })).metadata()
      assert.equal(told.density, 300)
      const file = await encoded(SLOPES, asked)
      const none = await sharp(file).metadata()
      if (asked.format === 'tif') assert.equal(tiffField(file, 296), NO_UNIT)
      // libvips takes a JPEG that says nothing for one of 72.
      else assert.equal(none.density, asked.format === 'jpeg' ? 72 : undefined)
    })
  }

  const XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><!-- grün --></x:xmpmeta>'
  for (const asked of [
    { format: 'jpeg' },
    { format: 'jpeg', pixelType: 'cmyk' },
    { format: 'png' },
    { format: 'png8' },
    { format: 'tif' },
    { format: 'webp' },
  ] as const) {
    it(`is XMP, as ${Object.values(asked).join(' ')}`, async () => {
      const { xmp, icc } = await sharp(await encoded(SLOPES, { ...asked, xmp: XMP })).metadata()
      assert.equal(xmp?.toString(), XMP)
      assert.equal(icc, undefined)
    })
  }

  it('is no XMP that a JPEG has no room for', async () => {
    await assert.rejects(
      encoded(SLOPES, { xmp: '<x>'.padEnd(65_505) }),
      (error) =>
        error instanceof OperationError &&
        error.code === 'xmp_no_room' &&
        error.message.includes('JPEG'),
    )
    const { xmp } = await sharp(await encoded(SLOPES, { xmp: '<x>'.padEnd(65_504) })).metadata()
    assert.equal(xmp?.length, 65_504)
  })

  for (const [asked, profile, named] of [
    [{ format: 'jpeg' }, undefined, 'sRGB'],
    [{ format: 'jpeg' }, 'p3', 'sP3C'],
    [{ format: 'png' }, undefined, 'sRGB'],
    [{ format: 'png' }, 'p3', 'sP3C'],
    [{ format: 'png8' }, undefined, 'sRGB'],
    [{ format: 'png8' }, 'p3', 'sP3C'],
    [{ format: 'tif' }, 'p3', 'sP3C'],
    [{ format: 'tif', pixelType: 'cmyk' }, 'cmyk', 'A2B0'],
    [{ format: 'jpeg', pixelType: 'cmyk' }, 'cmyk', 'A2B0'],
    [{ format: 'jpeg', pixelType: 'cmyk' }, undefined, undefined],
    [{ format: 'tif', pixelType: 'gray' }, undefined, undefined],
    [{ format: 'gif' }, undefined, undefined],
    [{ format: 'webp' }, 'p3', undefined],
    [{ format: 'avif' }, 'p3', undefined],
  ] as const) {
    it(`is the profile ${named}, as ${Object.values(asked).join(' ')} in ${profile}`, async () => {
      const colours = profile && { profile: coloursOf(profile) }
      const file = await encoded(SLOPES, { ...asked, ...colours, embedProfile: true })
      const { icc, xmp, space } = await sharp(file).metadata()
      assert.equal(icc?.includes(nameIn(named)), named === undefined ? undefined : true)
      assert.equal(xmp, undefined)
      const without = await encoded(SLOPES, { ...asked, ...colours })
      const told = await sharp(without).metadata()
      assert.deepEqual([told.icc, told.space], [undefined, space])
    })
  }

  for (const format of ['png', 'png8', 'tif'] as const) {
    it(`changes no colour of a ${format} when sRGB is embedded`, async () => {
      const few = viewOf(16, 16, (x, y) => [x * 17, y * 17, 60])
      const file = await encoded(few, { format, embedProfile: true })
      assert.deepEqual(await sharp(file, { ignoreIcc: true }).raw().toBuffer(), few.pixels)
    })

    it(`has other numbers in a ${format} of P3, for the same colours`, async () => {
      const red = viewOf(16, 16, () => [255, 0, 0])
      const profile = coloursOf('p3')
      const file = await encoded(red, { format, profile })
      assert.deepEqual([...(await pixelsOf(file)).subarray(0, 3)], [234, 51, 34])
    })
  }
})

describe('a view that cannot be encoded', () => {
  it('is one that is too wide for its format', async () => {
    const wide = viewOf(16_400, 1, () => [1, 2, 3])
    await assert.rejects(
      encoded(wide, { format: 'webp' }),
      (error) => error instanceof OperationError && error.code === 'side_too_long',
    )
  })

  for (const [pixelType, profile] of [
    ['rgb', 'cmyk'],
    ['cmyk', 'p3'],
    ['rgb', '/nowhere/none.icc'],
  ] as const) {
    it(`is one in ${pixelType} whose profile is ${profile}`, async () => {
      await assert.rejects(
        encoded(SLOPES, { pixelType, profile: coloursOf(profile) }),
        (error) =>
          error instanceof OperationError &&
          error.code === 'profile_unusable' &&
          error.message.includes(`ICC profile ${profile} cannot be used`),
      )
    })
  }

  it('is one whose client is gone', async () => {
    const reason = new Error('nobody waits')
    await assert.rejects(
      encodeView(SLOPES, { ...PLAIN, format: 'jpeg' }, { signal: AbortSignal.abort(reason) }),
      reason,
    )
  })
})
