import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { open, truncate, writeFile } from 'node:fs/promises'
import {
  ColorSpace,
  ColorType,
  CompressionMethod,
  Density,
  DensityUnit,
  type IMagickImage,
  MagickFormat,
} from '@imagemagick/magick-wasm'
import sharp, { type Metadata } from 'sharp'
import {
  type Conversion,
  type ConvertibleFormat,
  MAX_CONVERTED_PIXELS,
} from '../../../../src/engine/pictures/conversion/conversion.ts'
import { convertToTiff } from '../../../../src/engine/pictures/conversion/convert.ts'
import { noise, pixelAt, plain, QUARTER_COLOURS, quarters } from '../../../support/pictures.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import { bmpHeader, encode, icoOf, plainPsd } from './sources.ts'

interface Written {
  readonly format: ConvertibleFormat
  readonly as: MagickFormat
  readonly adjust?: (image: IMagickImage) => void
}

const written: Record<string, Written> = {
  PSD: { format: 'PSD', as: MagickFormat.Psd },
  'raw PSD': { format: 'PSD', as: MagickFormat.Psd, adjust: leaveUncompressed },
  PSB: { format: 'PSD', as: MagickFormat.Psb },
  BMP: { format: 'BMP', as: MagickFormat.Bmp },
  'BMP of Windows 2': { format: 'BMP', as: MagickFormat.Bmp2 },
  'BMP with a palette': { format: 'BMP', as: MagickFormat.Bmp3, adjust: usePalette },
  SGI: { format: 'SGI', as: MagickFormat.Sgi },
  'raw SGI': { format: 'SGI', as: MagickFormat.Sgi, adjust: leaveUncompressed },
  ICO: { format: 'ICO', as: MagickFormat.Ico },
}

describe('convertToTiff', () => {
  const folder = useTemporaryFolder()

  async function convert(
    format: ConvertibleFormat,
    source: Uint8Array,
    maxPixels = MAX_CONVERTED_PIXELS,
  ): Promise<{ conversion: Conversion; tiffPath: string }> {
    const path = folder.pathTo('source')
    const tiffPath = folder.pathTo('converted.tif')
    await writeFile(path, source)
    const conversion = await convertToTiff({ path, format, tiffPath, maxPixels })
    assert.equal(existsSync(tiffPath), conversion.outcome === 'converted')
    return { conversion, tiffPath }
  }

  async function convertWell(format: ConvertibleFormat, source: Uint8Array): Promise<string> {
    const { conversion, tiffPath } = await convert(format, source)
    assert.deepEqual(conversion, { outcome: 'converted' })
    return tiffPath
  }

  async function describeTiff(format: ConvertibleFormat, source: Uint8Array): Promise<Metadata> {
    return sharp(await convertWell(format, source)).metadata()
  }

  for (const [title, { format, as, adjust }] of Object.entries(written)) {
    it(`keeps size and colours: ${title}`, async () => {
      const tiff = await convertWell(format, await encode(quarters(120, 80), as, adjust))
      const { width, height, depth, orientation } = await sharp(tiff).metadata()
      assert.deepEqual([width, height, depth, orientation], [120, 80, 'uchar', 1])
      const seen = await Promise.all([
        pixelAt(tiff, 30, 20),
        pixelAt(tiff, 90, 20),
        pixelAt(tiff, 30, 60),
        pixelAt(tiff, 90, 60),
      ])
      assert.deepEqual(
        seen.map((pixel) => pixel.slice(0, 3)),
        Object.values(QUARTER_COLOURS).map((colour) => [...colour]),
      )
    })

    for (const share of [0.1, 0.5, 0.9]) {
      it(`calls corrupt what only ${share * 100}% of arrived: ${title}`, async () => {
        const whole = await encode(noise(120, 80), as, adjust)
        const { conversion } = await convert(
          format,
          whole.subarray(0, Math.floor(whole.length * share)),
        )
        assert.equal(conversion.outcome, 'corrupt')
      })
    }

    it(`calls corrupt what has nothing right but its beginning: ${title}`, async () => {
      const whole = await encode(quarters(120, 80), as, adjust)
      const { conversion } = await convert(
        format,
        Buffer.concat([whole.subarray(0, 6), Buffer.alloc(2000)]),
      )
      assert.equal(conversion.outcome, 'corrupt')
    })
  }

  for (const title of ['BMP', 'SGI', 'ICO']) {
    it(`keeps transparency: ${title}`, async () => {
      const { format, as } = written[title] ?? assert.fail()
      const image = plain({ r: 220, g: 30, b: 40 }, 0.5)
      const tiff = await convertWell(format, await encode(image, as))
      assert.deepEqual(await pixelAt(tiff, 20, 15), [220, 30, 40, 128])
    })
  }

  it('calls corrupt what is a text that begins like a BMP file', async () => {
    const { conversion } = await convert('BMP', Buffer.from('BM is short for bitmap. '.repeat(9)))
    assert.equal(conversion.outcome, 'corrupt')
  })

  it('calls an empty file corrupt', async () => {
    for (const format of ['PSD', 'HEIC', 'BMP', 'SGI', 'ICO'] as const) {
      assert.equal((await convert(format, Buffer.alloc(0))).conversion.outcome, 'corrupt')
    }
  })

  const psdColours = [
    { title: 'RGB', mode: 3, channels: [220, 30, 40], space: 'srgb', seen: [220, 30, 40] },
    { title: 'grey', mode: 1, channels: [64], space: 'b-w', seen: [64, 64, 64] },
    // Ink is counted from 255 down.
    { title: 'CMYK', mode: 4, channels: [255, 0, 0, 255], space: 'cmyk', seen: [232, 0, 0] },
    { title: 'Lab blue', mode: 9, channels: [75, 196, 16], space: 'srgb', seen: [0, 1, 254] },
    { title: 'Lab grey', mode: 9, channels: [137, 128, 128], space: 'srgb', seen: [129, 129, 129] },
  ]
  for (const { title, mode, channels, space, seen } of psdColours) {
    it(`keeps the colours of a PSD file that is ${title}`, async () => {
      const tiff = await convertWell('PSD', plainPsd({ mode, channels }))
      assert.equal((await sharp(tiff).metadata()).space, space)
      assertNear(await srgbOf(tiff), seen)
    })

    it(`takes no selection for the transparency of a PSD file that is ${title}`, async () => {
      const tiff = await convertWell('PSD', plainPsd({ mode, channels: [...channels, 99, 200] }))
      assertNear(await srgbOf(tiff), seen)
    })
  }

  const onWhite = [
    { title: 'RGB', mode: 3, channels: [238, 143, 148], seen: [220, 30, 40] },
    { title: 'grey', mode: 1, channels: [159], seen: [64, 64, 64] },
    { title: 'CMYK', mode: 4, channels: [255, 127, 127, 255], seen: [232, 0, 0] },
    { title: 'Lab', mode: 9, channels: [165, 162, 72], seen: [0, 1, 254] },
  ]
  for (const { title, mode, channels, seen } of onWhite) {
    it(`takes off the white that Photoshop has put ${title} on`, async () => {
      const source = plainPsd({ mode, channels: [...channels, 128], transparent: true })
      assertNear(await srgbOf(await convertWell('PSD', source)), [...seen, 128])
    })
  }

  it('makes grey and CMYK of 8 bits out of other PSD files', async () => {
    const spaces = [
      { colorSpace: ColorSpace.Gray, space: 'b-w' },
      { colorSpace: ColorSpace.CMYK, space: 'cmyk' },
    ]
    for (const { colorSpace, space } of spaces) {
      const source = await encode(noise(60, 40), MagickFormat.Psd, (image) => {
        image.colorSpace = colorSpace
        image.depth = 16
      })
      const metadata = await describeTiff('PSD', source)
      assert.deepEqual([metadata.space, metadata.depth], [space, 'uchar'])
    }
  })

  it('merges the layers of a PSD file without a composite', async () => {
    const whole = await encode(quarters(120, 80), MagickFormat.Psd, (image) => {
      image.setCompression(CompressionMethod.NoCompression)
    })
    const source = withoutComposite(whole)
    const seen = await pixelAt(await convertWell('PSD', source), 30, 20)
    assert.deepEqual(seen, [...QUARTER_COLOURS.topLeft, 255])
  })

  it('keeps the colour profile', async () => {
    const image = sharp(await quarters(60, 40).withIccProfile('p3').png().toBuffer())
    const { icc } = await image.clone().metadata()
    const source = await encode(image.keepIccProfile(), MagickFormat.Psd)
    assert.deepEqual((await describeTiff('PSD', source)).icc, icc)
  })

  for (const title of ['PSD', 'PSB', 'BMP']) {
    it(`keeps the resolution in pixels per inch: ${title}`, async () => {
      const { format, as } = written[title] ?? assert.fail()
      const source = await encode(quarters(60, 40), as, (image) => {
        image.density = new Density(300, 300, DensityUnit.PixelsPerInch)
      })
      const { density, resolutionUnit } = await describeTiff(format, source)
      assert.deepEqual([density, resolutionUnit], [300, 'inch'])
    })

    it(`makes up no resolution: ${title}`, async () => {
      const { format, as } = written[title] ?? assert.fail()
      const { density } = await describeTiff(format, await encode(quarters(60, 40), as))
      assert.equal(density, undefined)
    })
  }

  it('drops all that is not about the pixels', async () => {
    const turned = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
      .withExif({ IFD0: { Artist: 'somebody', Orientation: '6' } })
      .jpeg()
      .toBuffer()
    const exif = (await sharp(turned).metadata()).exif?.subarray(6) ?? assert.fail()
    const resources = new Map([
      [1058, exif],
      [1060, Buffer.from('<x:xmpmeta xmlns:x="adobe:ns:meta/"></x:xmpmeta>')],
    ])
    const source = plainPsd({ mode: 3, channels: [1, 2, 3], resources })
    const metadata = await describeTiff('PSD', source)
    assert.deepEqual([metadata.width, metadata.height, metadata.orientation], [40, 30, 1])
    assert.deepEqual([metadata.exif, metadata.xmp, metadata.pages], [undefined, undefined, 1])
  })

  it('does not mind a BMP file that names another length than it has', async () => {
    const source = await encode(quarters(120, 80), MagickFormat.Bmp3)
    for (const length of [0, 100, source.length * 2]) {
      source.writeUInt32LE(length, 2)
      await convertWell('BMP', Buffer.concat([source, Buffer.alloc(3)]))
    }
  })

  const huge: Record<string, { format: ConvertibleFormat; source: Buffer }> = {
    PSD: {
      format: 'PSD',
      source: withSize(plainPsd({ mode: 3, channels: [1, 2, 3] }), (bytes, side) => {
        bytes.writeUInt32BE(side, 14)
        bytes.writeUInt32BE(side, 18)
      }),
    },
    BMP: { format: 'BMP', source: bmpHeader(30_000, 30_000) },
    'BMP from the top down': { format: 'BMP', source: bmpHeader(30_000, -30_000) },
    SGI: {
      format: 'SGI',
      source: withSize(Buffer.from('01da0001000300000000000300000000', 'hex'), (bytes, side) => {
        bytes.writeUInt16BE(side, 6)
        bytes.writeUInt16BE(side, 8)
      }),
    },
    ICO: {
      format: 'ICO',
      source: icoOf([
        { side: 256, bitsPerPixel: 24, image: bmpHeader(30_000, 60_000).subarray(14) },
      ]),
    },
  }
  for (const [title, { format, source }] of Object.entries(huge)) {
    it(`tells by its header what is too large: ${title}`, async () => {
      const { conversion } = await convert(format, source)
      assert.deepEqual(conversion, {
        outcome: 'too large',
        width: 30_000,
        height: 30_000,
        limit: MAX_CONVERTED_PIXELS,
      })
    })
  }

  it('decodes no more pixels than it is asked to', async () => {
    const source = await encode(quarters(120, 80), MagickFormat.Bmp)
    const { conversion } = await convert('BMP', source, 120 * 80 - 1)
    assert.deepEqual(conversion, { outcome: 'too large', width: 120, height: 80, limit: 9599 })
    assert.equal((await convert('BMP', source, 120 * 80)).conversion.outcome, 'converted')
  })

  it('refuses what takes more memory than there is', async () => {
    const path = folder.pathTo('heavy.psd')
    const header = plainPsd({ mode: 4, channels: [0, 0, 0, 0], size: [0, 0] })
    header.writeUInt32BE(10_000, 14)
    header.writeUInt32BE(10_000, 18)
    await writeFile(path, header)
    await truncate(path, header.length + 4 * 10_000 ** 2)
    const tiffPath = folder.pathTo('heavy.tif')
    assert.deepEqual(
      await convertToTiff({ path, format: 'PSD', tiffPath, maxPixels: MAX_CONVERTED_PIXELS }),
      { outcome: 'out of memory' },
    )
  })

  it('reads nothing of the layers that are merged', async () => {
    const path = folder.pathTo('layered.psd')
    const source = plainPsd({ mode: 3, channels: [220, 30, 40] })
    const layersStart = 26 + 4 + 4
    const layersEnd = layersStart + 4 + source.readUInt32BE(layersStart)
    const gap = 1_000_000_000
    const before = Buffer.from(source.subarray(0, layersEnd))
    before.writeUInt32BE(before.readUInt32BE(layersStart) + gap, layersStart)
    await writeFile(path, before)
    await using file = await open(path, 'r+')
    await file.write(source, layersEnd, source.length - layersEnd, layersEnd + gap)
    const tiffPath = folder.pathTo('layered.tif')
    const { outcome } = await convertToTiff({ path, format: 'PSD', tiffPath, maxPixels: 2000 })
    assert.equal(outcome, 'converted')
    assert.deepEqual(await pixelAt(tiffPath, 20, 15), [220, 30, 40])
  })

  it('converts two sources at the same time', async () => {
    const conversions = ['one', 'two'].map(async (name) => {
      const path = folder.pathTo(name)
      await writeFile(path, plainPsd({ mode: 3, channels: [220, 30, 40] }))
      return convertToTiff({ path, format: 'PSD', tiffPath: `${path}.tif`, maxPixels: 2000 })
    })
    for (const { outcome } of await Promise.all(conversions)) assert.equal(outcome, 'converted')
    assert.ok(existsSync(folder.pathTo('one.tif')) && existsSync(folder.pathTo('two.tif')))
  })

  it('rejects with what has nothing to do with the source, and converts the next', async () => {
    const path = folder.pathTo('fine.psd')
    await writeFile(path, plainPsd({ mode: 3, channels: [220, 30, 40] }))
    const request = { path, format: 'PSD', tiffPath: `${path}.tif`, maxPixels: 2000 } as const
    await assert.rejects(convertToTiff({ ...request, path: `${path}.missing` }), { code: 'ENOENT' })
    await assert.rejects(
      convertToTiff({ ...request, tiffPath: folder.pathTo('no/such/folder.tif') }),
      { code: 'ENOENT' },
    )
    assert.deepEqual(await convertToTiff(request), { outcome: 'converted' })
  })
})

function leaveUncompressed(image: IMagickImage): void {
  image.setCompression(CompressionMethod.NoCompression)
}

function usePalette(image: IMagickImage): void {
  image.colorType = ColorType.Palette
}

/** The only colour of an image, as sRGB. */
async function srgbOf(path: string): Promise<number[]> {
  return pixelAt(await sharp(path).toColourspace('srgb').png().toBuffer(), 5, 5)
}

/** Equal but for what rounding does. */
function assertNear(seen: readonly number[], expected: readonly number[]): void {
  const near = expected.every((sample, index) => Math.abs(sample - (seen[index] ?? -9)) <= 3)
  assert.ok(near && seen.length === expected.length, `${seen.join()} is not ${expected.join()}`)
}

/** A header that claims 30000 pixels a side, as `write` writes it. */
function withSize(bytes: Buffer, write: (bytes: Buffer, side: number) => void): Buffer {
  write(bytes, 30_000)
  return bytes
}

/** A PSD file with a resource that says that it has no composite, and that has a black one. */
function withoutComposite(psd: Buffer): Buffer {
  const resource = Buffer.concat([
    Buffer.from('8BIM\x04\x21\0\0\0\0\0\x12', 'latin1'),
    Buffer.alloc(18),
  ])
  const resourcesStart = 30
  const layersStart = resourcesStart + 4 + psd.readUInt32BE(resourcesStart)
  const compositeStart = layersStart + 4 + psd.readUInt32BE(layersStart)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(layersStart - resourcesStart - 4 + resource.length)
  return Buffer.concat([
    psd.subarray(0, resourcesStart),
    length,
    psd.subarray(resourcesStart + 4, layersStart),
    resource,
    psd.subarray(layersStart, compositeStart),
    Buffer.alloc(psd.length - compositeStart),
  ])
}
