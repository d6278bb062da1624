import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import {
  MagickFormat,
  MagickImage,
  MagickReadSettings,
  PixelChannel,
} from '@imagemagick/magick-wasm'
import { encodeView } from '../../../../src/engine/layers/encode/encode-view.ts'
import type { Encoding } from '../../../../src/engine/layers/encoding.ts'
import type { Raster } from '../../../../src/engine/layers/raster.ts'
import { drawPage, measurePage } from '../../../../src/engine/pdf/pdf.ts'
import { loadDecoder } from '../../../../src/engine/pictures/conversion/magick-decode.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import { GRAINY, PLAIN, SLOPES, TOOLS, VEILED, viewOf } from './views.ts'

async function encoded(raster: Raster, asked: Partial<Encoding>): Promise<Buffer> {
  return encodeView(raster, { ...PLAIN, ...asked }, TOOLS)
}

const GREY = viewOf(32, 8, (x, y) => Array<number>(3).fill(x * 8 + y))
/** Of colours that are the same in ink and back again. */
const INK = viewOf(16, 16, (x, y) => [x < 8 ? 0 : 255, y < 8 ? 0 : 255, 0])

const CMYK = {
  profile: { name: 'cmyk', profile: 'cmyk', intent: 'perceptual', blackPoint: false },
  pixelType: 'cmyk',
} as const

describe('a view as PDF', () => {
  const folder = useTemporaryFolder()

  async function drawn(file: Buffer, { width, height }: Raster): Promise<Buffer> {
    const path = folder.pathTo('view.pdf')
    await writeFile(path, file)
    const background = { r: 255, g: 255, b: 255 }
    const view = { drawnAt: { width, height }, left: 0, top: 0, width, height, background }
    const { pixels } = await drawPage({ path, page: 1, password: undefined }, view)
    return Buffer.from(pixels)
  }

  for (const [view, pixelType] of [
    [SLOPES, 'rgb'],
    [GREY, 'gray'],
  ] as const) {
    for (const compression of ['none', 'zip'] as const) {
      it(`keeps every pixel, in ${pixelType} compressed by ${compression}`, async () => {
        const file = await encoded(view, { format: 'pdf', pixelType, compression })
        assert.deepEqual(await drawn(file, view), view.pixels)
      })
    }
  }

  for (const pixelType of ['rgb', 'gray', 'cmyk'] as const) {
    it(`has the pixels of a JPEG, in ${pixelType}`, async () => {
      const view = pixelType === 'gray' ? GREY : INK
      const asked = { pixelType, format: 'pdf', quality: 100, fullChroma: true } as const
      const exact = await drawn(await encoded(view, { ...asked, compression: 'none' }), view)
      const near = await drawn(await encoded(view, { ...asked, compression: 'jpeg' }), view)
      const off = Math.max(...near.map((level, at) => Math.abs(level - (exact[at] ?? 0))))
      assert.ok(off <= 6, `${off}`)
    })
  }

  it('is the smaller the lower the quality, when it is a JPEG', async () => {
    const files = await Promise.all(
      [10, 50, 95].map((quality) =>
        encoded(GRAINY, { format: 'pdf', compression: 'jpeg', quality }),
      ),
    )
    const sizes = files.map(({ length }) => length)
    assert.deepEqual(
      sizes,
      sizes.toSorted((one, other) => one - other),
    )
  })

  for (const [resolution, expected] of [
    [undefined, [64, 48]],
    [144, [32, 24]],
    [300, [15.36, 11.52]],
  ] as const) {
    it(`has a page of ${expected.join(' × ')} points at ${resolution} dpi`, async () => {
      const path = folder.pathTo('page.pdf')
      await writeFile(path, await encoded(SLOPES, { format: 'pdf', resolution }))
      const { width, height } = await measurePage({ path, page: 1, password: undefined })
      assert.deepEqual(
        [width, height].map((points) => Math.round(points * 100) / 100),
        expected,
      )
    })
  }

  it('has the profile of its colours when it is asked for', async () => {
    for (const [asked, told] of [
      [{ embedProfile: true }, '/ICCBased 6 0 R]'],
      [{ ...CMYK, embedProfile: true }, '/N 4/Alternate /DeviceCMYK'],
      [{ pixelType: 'cmyk', embedProfile: true }, '/ColorSpace /DeviceCMYK'],
      [CMYK, '/ColorSpace /DeviceCMYK'],
      [{ pixelType: 'gray', embedProfile: true }, '/ColorSpace /DeviceGray'],
      [{}, '/ColorSpace /DeviceRGB'],
    ] as const) {
      const file = await encoded(SLOPES, { format: 'pdf', ...asked })
      assert.ok(file.includes(told), told)
    }
  })
})

describe('a view as EPS', () => {
  for (const [pixelType, first, count] of [
    ['rgb', [0, 0, 0], 3],
    ['gray', [0], 1],
    ['cmyk', [0, 0, 0, 255], 4],
  ] as const) {
    it(`is its numbers in binary behind a header, in ${pixelType}`, async () => {
      const file = await encoded(INK, { format: 'eps', pixelType, resolution: 144 })
      const [, length] = /%%BeginBinary: (\d+)\nimage\n/.exec(file.toString('latin1')) ?? []
      const start = file.indexOf('image\n') + 'image\n'.length
      const bytes = Number(length) - 'image\n'.length
      assert.equal(bytes, 16 * 16 * count)
      assert.deepEqual([...file.subarray(start, start + count)], first)
      assert.equal(file.toString('latin1', start + bytes), '\n%%EndBinary\ngrestore\n%%EOF\n')
      assert.match(file.toString('latin1'), /^%!PS-Adobe-3\.0 EPSF-3\.0\n%%BoundingBox: 0 0 8 8\n/)
      assert.ok(!file.includes('ICCProfile'))
    })
  }

  it('has the profile of its colours in comments when it is asked for', async () => {
    const file = await encoded(INK, { format: 'eps', embedProfile: true })
    const [, hex = ''] =
      /%%BeginICCProfile: .*Hex\n((?:%[0-9a-f]+\n)+)%%EndICCProfile/.exec(
        file.toString('latin1'),
      ) ?? []
    const profile = Buffer.from(hex.replaceAll(/[%\n]/g, ''), 'hex')
    assert.equal(profile.readUInt32BE(0), profile.length)
    assert.equal(profile.toString('latin1', 36, 40), 'acsp')
  })
})

/** The samples of a JP2 file, as ImageMagick names their channels. */
function decoded(file: Buffer, channels: string): Buffer {
  const image = MagickImage.create()
  try {
    image.read(file, new MagickReadSettings({ format: MagickFormat.Jp2 }))
    assert.equal(image.hasAlpha, channels.endsWith('A'))
    assert.equal(image.channels.includes(PixelChannel.Green), channels.startsWith('RGB'))
    return image.getPixels((pixels) => {
      const bytes = pixels.toByteArray(0, 0, image.width, image.height, channels)
      return Buffer.from(bytes ?? [])
    })
  } finally {
    image.dispose()
  }
}

describe('a view as JPEG 2000', () => {
  before(loadDecoder)

  const LOSSLESS = { format: 'jpeg2000', compression: 'lossless' } as const

  it('keeps every pixel when it is lossless', async () => {
    assert.deepEqual(decoded(await encoded(GRAINY, LOSSLESS), 'RGB'), GRAINY.pixels)
    assert.deepEqual(decoded(await encoded(VEILED, LOSSLESS), 'RGBA'), VEILED.pixels)
  })

  for (const resolution of [72, 300, 20_000]) {
    it(`says ${resolution} dots an inch, and is still read`, async () => {
      const asked = { ...LOSSLESS, resolution }
      const file = await encoded(VEILED, asked)
      assert.deepEqual(decoded(file, 'RGBA'), VEILED.pixels)
      const at = file.indexOf('resd') + 4
      const inches = [0, 1].map((part) => {
        const count = file.readUInt16BE(at + part * 4) / file.readUInt16BE(at + part * 4 + 2)
        return count * 10 ** file.readInt8(at + 8 + part) * 0.0254
      })
      for (const each of inches) assert.ok(Math.abs(each / resolution - 1) < 0.001, `${each}`)
      assert.ok(!(await encoded(VEILED, LOSSLESS)).includes('resd'))
    })
  }

  it('has one channel of grey, and another of alpha where it is transparent', async () => {
    const asked = { ...LOSSLESS, pixelType: 'gray' } as const
    const grey = GREY.pixels.filter((_, at) => at % 3 === 0)
    assert.deepEqual(decoded(await encoded(GREY, asked), 'R'), Buffer.from(grey))
    const alpha = VEILED.pixels.filter((_, at) => at % 4 === 3)
    const both = decoded(await encoded(VEILED, asked), 'RA')
    assert.deepEqual(
      both.filter((_, at) => at % 2 === 1),
      alpha,
    )
  })

  it('is larger and nearer with more quality', async () => {
    const files: Buffer[] = []
    for (const quality of [1, 80, 100]) {
      files.push(await encoded(GRAINY, { format: 'jpeg2000', compression: 'lossy', quality }))
    }
    const sizes = files.map(({ length }) => length)
    assert.deepEqual(
      sizes,
      sizes.toSorted((one, other) => one - other),
    )
    const off = files.map((file) =>
      decoded(file, 'RGB').reduce(
        (sum, level, at) => sum + (level - (GRAINY.pixels[at] ?? 0)) ** 2,
        0,
      ),
    )
    assert.deepEqual(
      off,
      off.toSorted((one, other) => other - one),
    )
  })
})
