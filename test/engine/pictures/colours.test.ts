import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { difference, quarters } from '../../support/pictures.ts'
import { startRenditions } from '../../support/rendering.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

const photo = () => quarters(64, 48)

describe('colorspace', () => {
  const folder = useTemporaryFolder()

  async function made(source: Buffer, instructions: object): Promise<Buffer> {
    const path = folder.pathTo('made')
    await writeFile(folder.pathTo('source'), source)
    await startRenditions(folder.pathTo('source'), [{ instructions: { ...instructions }, path }])[0]
    return readFile(path)
  }

  const SOURCES = {
    jpg: () => photo().jpeg({ quality: 95 }).toBuffer(),
    png: () => photo().png().toBuffer(),
    webp: () => photo().webp({ quality: 95 }).toBuffer(),
    gif: () => photo().gif().toBuffer(),
  } as const

  for (const [fmt, draw] of Object.entries(SOURCES)) {
    for (const optimize of ['lossless', 'web', 'max', undefined]) {
      it(`grayscale makes greys of a ${fmt}, optimised for ${optimize ?? 'nothing'}`, async () => {
        const source = await draw()
        const grey = await made(source, { fmt, optimize, colorspace: 'grayscale', animated: true })
        const pixels = await sharp(grey).toColourspace('srgb').removeAlpha().raw().toBuffer()
        for (let at = 0; at < pixels.length; at += 3) {
          const [red = 0, green = 0, blue = 0] = pixels.subarray(at, at + 3)
          const apart = Math.max(red, green, blue) - Math.min(red, green, blue)
          // WebP rounds the colours of a lossy picture, those of greys too.
          assert.ok(apart <= (fmt === 'webp' ? 2 : 0), `${red}, ${green}, ${blue}`)
        }
        const expected = await sharp(source).toColourspace('b-w').png().toBuffer()
        assert.ok((await difference(grey, expected)) < 0.06)
      })
    }
  }

  it('grayscale writes one channel where the format has that', async () => {
    const source = await SOURCES.png()
    for (const fmt of ['jpg', 'png']) {
      const { channels } = await sharp(
        await made(source, { fmt, colorspace: 'grayscale' }),
      ).metadata()
      assert.equal(channels, 1, fmt)
    }
  })

  it('cmyk makes a JPEG of inks, which has their profile and looks the same', async () => {
    const source = await SOURCES.jpg()
    for (const optimize of ['web', 'lossless', undefined]) {
      const inks = await made(source, { fmt: 'jpg', optimize, colorspace: 'cmyk' })
      const { space, channels, icc } = await sharp(inks).metadata()
      assert.deepEqual(
        { space, channels, hasProfile: icc !== undefined },
        { space: 'cmyk', channels: 4, hasProfile: true },
      )
      assert.ok((await difference(inks, source)) < 0.15)
    }
  })

  it('rgb makes one of inks such that screens show it, even when that is larger', async () => {
    const inks = await photo().toColourspace('cmyk').withIccProfile('cmyk').jpeg().toBuffer()
    const kept = await made(inks, { fmt: 'jpg', optimize: 'lossless' })
    assert.equal((await sharp(kept).metadata()).space, 'cmyk')
    const screen = await made(inks, { fmt: 'jpg', optimize: 'lossless', colorspace: 'rgb' })
    assert.equal((await sharp(screen).metadata()).space, 'srgb')
  })

  it('unchanged, and colours that a picture has, leave it to the byte where it cannot be smaller', async () => {
    const colours = await SOURCES.jpg()
    const grey = await photo().toColourspace('b-w').jpeg().toBuffer()
    for (const [source, colorspace] of [
      [colours, 'unchanged'],
      [colours, 'rgb'],
      [grey, 'grayscale'],
      [grey, 'rgb'],
    ] as const) {
      const same = await made(source, { fmt: 'jpg', optimize: 'lossless', colorspace })
      assert.ok(same.equals(source), colorspace)
    }
  })

  it('cmyk is refused for what is no JPEG', async () => {
    const source = await SOURCES.png()
    for (const fmt of ['png', 'webp', 'gif', 'tiff', 'avif']) {
      await assert.rejects(
        made(source, { fmt, colorspace: 'cmyk' }),
        /^\w+: colorspace must be rgb or grayscale for /,
      )
    }
  })

  it('fits into a size as well', async () => {
    const source = await SOURCES.jpg()
    const targetSize = Math.round(source.length * 0.7)
    const grey = await made(source, {
      fmt: 'jpg',
      optimize: 'web',
      colorspace: 'grayscale',
      targetSize,
    })
    assert.ok(grey.length <= targetSize)
    assert.equal((await sharp(grey).metadata()).channels, 1)
  })
})
