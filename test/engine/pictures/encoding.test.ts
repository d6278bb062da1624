import assert from 'node:assert/strict'
import { readFile, stat } from 'node:fs/promises'
import sharp from 'sharp'
import type { Instructions } from '../../../src/contract/instructions/instruction.ts'
import { readHeader } from '../../../src/engine/pictures/headers/header.ts'
import { inMemory } from '../../../src/sources/open-file.ts'
import { noise, plain } from '../../support/pictures.ts'
import { startRenditions } from '../../support/rendering.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

describe('the file of a rendition', () => {
  const folder = useTemporaryFolder()

  before(async () => {
    await noise(200, 150).png().toFile(folder.pathTo('noise.png'))
    await noise(60, 40).jpeg({ quality: 90 }).withMetadata({ density: 300 }).toFile(at300())
  })

  const at300 = (): string => folder.pathTo('300.jpg')

  async function render(instructions: Instructions, source = folder.pathTo('noise.png')) {
    const path = folder.pathTo(`rendition.${String(instructions['fmt'])}`)
    await startRenditions(source, [{ instructions, path }])[0]
    return path
  }

  const interlaced = { png: true, jpg: true, gif: true, webp: false, tiff: false, avif: false }
  for (const [fmt, expected] of Object.entries(interlaced)) {
    it(`is ${expected ? 'interlaced when asked' : 'never interlaced'}: ${fmt}`, async () => {
      const { isProgressive } = await sharp(await render({ fmt, interlace: true })).metadata()
      assert.equal(isProgressive, expected)
      const usual = await sharp(await render({ fmt })).metadata()
      assert.equal(usual.isProgressive, false)
    })
  }

  const holders = { png: 'PNG', jpg: 'JPEG', tiff: 'TIFF' }
  for (const [fmt, format] of Object.entries(holders)) {
    const cases = [
      {
        title: 'what is asked for',
        instructions: { dpi: { xdpi: 204, ydpi: 98 } },
        expected: { x: 204, y: 98 },
      },
      {
        title: 'what it was resampled to',
        instructions: { convertToDpi: 150 },
        expected: { x: 150, y: 150 },
      },
      { title: 'what the source says', instructions: {}, expected: { x: 300, y: 300 } },
      {
        title: 'the dpi of an interlaced one',
        instructions: { dpi: 96, interlace: true },
        expected: { x: 96, y: 96 },
      },
    ]
    for (const { title, instructions, expected } of cases) {
      it(`says its resolution as ${fmt}: ${title}`, async () => {
        const path = await render({ fmt, ...instructions }, at300())
        const { resolution } = readHeader(inMemory(await readFile(path)), format, undefined)
        assert.ok(resolution)
        assert.ok(Math.abs(resolution.x - expected.x) < 0.02)
        assert.ok(Math.abs(resolution.y - expected.y) < 0.02)
        await sharp(path).stats()
      })
    }

    it(`says no resolution as ${fmt} when nobody knows one`, async () => {
      const webp = folder.pathTo('unknown.webp')
      await plain({ r: 1, g: 2, b: 3 }).webp().toFile(webp)
      const made = await readFile(await render({ fmt }, webp))
      const { resolution } = readHeader(inMemory(made), format, undefined)
      assert.equal(resolution, undefined)
    })
  }

  it('carries no metadata of the source', async () => {
    const source = folder.pathTo('told.jpg')
    const exif = { IFD0: { Make: 'A camera' }, IFD3: { GPSLatitude: '51/1 30/1 3230/100' } }
    await noise(60, 40)
      .jpeg()
      .withExif(exif)
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
      .toFile(source)
    for (const fmt of ['jpg', 'png', 'tiff', 'webp', 'avif']) {
      const metadata = await sharp(await render({ fmt }, source)).metadata()
      assert.deepEqual(
        [metadata.exif, metadata.xmp, metadata.iptc],
        [undefined, undefined, undefined],
      )
    }
  })

  it('gets smaller with the compressionLevel of a PNG and keeps its pixels', async () => {
    const [stored, small] = [
      await stat(await render({ fmt: 'png', compressionLevel: 0 })),
      await stat(await render({ fmt: 'png', compressionLevel: '9' })),
    ]
    assert.ok(stored.size > 200 * 150 * 3)
    assert.ok(small.size < stored.size)
  })

  for (const jpegSize of [3000, 8000, 20_000]) {
    it(`has the highest quality with which it takes at most ${jpegSize} bytes`, async () => {
      const { size } = await stat(await render({ fmt: 'jpg', jpegSize, quality: 2 }))
      assert.ok(size <= jpegSize)
      const qualities = Array.from({ length: 100 }, (_, index) => index + 1)
      const sizes = await Promise.all(
        qualities.map(async (quality) => {
          const path = folder.pathTo(`quality${quality}.jpg`)
          const order = { instructions: { fmt: 'jpg', quality }, path }
          await startRenditions(folder.pathTo('noise.png'), [order])[0]
          return (await stat(path)).size
        }),
      )
      assert.equal(size, Math.max(...sizes.filter((each) => each <= jpegSize)))
    })
  }

  it('has the lowest quality when jpegSize is out of reach', async () => {
    const path = await render({ fmt: 'jpg', jpegSize: 10 })
    const smallest = await readFile(path)
    assert.deepEqual(smallest, await readFile(await render({ fmt: 'jpg', quality: 1 })))
  })

  it('has the highest quality when everything fits', async () => {
    const path = await render({ fmt: 'jpeg', jpegSize: 1_000_000, interlace: true })
    const largest = await readFile(path)
    assert.deepEqual(
      largest,
      await readFile(await render({ fmt: 'jpeg', quality: 100, interlace: true })),
    )
  })

  it('is no smaller for jpegSize when it is no JPEG', async () => {
    const { size } = await stat(await render({ fmt: 'png', jpegSize: 100 }))
    assert.equal(size, (await stat(await render({ fmt: 'png' }))).size)
  })

  for (const fmt of ['png', 'gif', 'webp', 'jpg']) {
    it(`has pdfbgcolor in place of transparency: ${fmt}`, async () => {
      const source = folder.pathTo('glass.png')
      await plain({ r: 200, g: 0, b: 0 }, 0.5).png().toFile(source)
      const path = await render({ fmt, pdfbgcolor: '#0000ff' }, source)
      const { dominant, isOpaque } = await sharp(path).stats()
      assert.ok(isOpaque)
      const near = { r: Math.abs(dominant.r - 100), b: Math.abs(dominant.b - 128) }
      assert.ok(near.r < 12 && near.b < 12, JSON.stringify(dominant))
    })
  }
})
