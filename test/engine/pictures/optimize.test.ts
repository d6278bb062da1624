import assert from 'node:assert/strict'
import { readFile, stat, writeFile } from 'node:fs/promises'
import sharp, { type Sharp } from 'sharp'
import type { Instructions } from '../../../src/contract/instructions/instruction.ts'
import { readHeader } from '../../../src/engine/pictures/headers/header.ts'
import { OPTIMIZATIONS } from '../../../src/engine/pictures/options.ts'
import { inMemory } from '../../../src/sources/open-file.ts'
import { difference, noise, quarters } from '../../support/pictures.ts'
import { startRenditions } from '../../support/rendering.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

const TOLD = {
  exif: { IFD0: { Make: 'A camera' }, IFD3: { GPSLatitude: '51/1 30/1 3230/100' } },
  xmp: '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>',
}

/** Three frames that differ. */
function moving(): Sharp {
  const rows = 3 * 40
  const raw = Buffer.from(Array.from({ length: 60 * rows * 3 }, (_, at) => (at * at) % 251))
  return sharp(raw, { raw: { width: 60, height: rows, channels: 3, pageHeight: 40 } })
}

describe('optimize', () => {
  const folder = useTemporaryFolder()
  const sourcePath = (): string => folder.pathTo('source')

  let renditions = 0

  async function optimized(source: Buffer, instructions: Instructions): Promise<Buffer> {
    // Each has a path of its own: what is beside that is still being removed when the rendition is there.
    renditions += 1
    const path = folder.pathTo(`optimized${renditions}`)
    await writeFile(sourcePath(), source)
    await startRenditions(sourcePath(), [{ instructions, path }])[0]
    return readFile(path)
  }

  const sources: Readonly<Record<string, { fmt: string; make: () => Promise<Buffer> }>> = {
    'a photo': { fmt: 'jpg', make: async () => noise(300, 200).jpeg({ quality: 95 }).toBuffer() },
    'a photo of low quality': {
      fmt: 'jpg',
      make: async () => noise(300, 200).jpeg({ quality: 10 }).toBuffer(),
    },
    'a tiny JPEG': { fmt: 'jpeg', make: async () => noise(1, 1).jpeg().toBuffer() },
    'a photo as PNG': { fmt: 'png', make: async () => noise(120, 80).png().toBuffer() },
    'few colours': { fmt: 'png', make: async () => quarters(200, 100).png().toBuffer() },
    'few colours in a palette': {
      fmt: 'png',
      make: async () => quarters(200, 100).png({ palette: true }).toBuffer(),
    },
    'a tiny PNG': { fmt: 'png', make: async () => noise(1, 1).png().toBuffer() },
    'a PNG of sixteen bits': { fmt: 'png', make: async () => deep().png().toBuffer() },
    'a PNG with transparency': { fmt: 'png', make: async () => glass().png().toBuffer() },
  }
  for (const [name, { fmt, make }] of Object.entries(sources)) {
    for (const optimize of OPTIMIZATIONS) {
      it(`is never larger than its source, and as many pixels: ${name}, ${optimize}`, async () => {
        const source = await make()
        const small = await optimized(source, { fmt, optimize })
        assert.ok(small.length <= source.length, `${small.length} of ${source.length}`)
        const [before, after] = [await sharp(source).metadata(), await sharp(small).metadata()]
        assert.deepEqual(
          [after.width, after.height, after.format],
          [before.width, before.height, before.format],
        )
      })
    }
  }

  const animations = {
    gif: () => moving().gif().toBuffer(),
    webp: () => moving().webp({ quality: 95 }).toBuffer(),
  }
  for (const [fmt, make] of Object.entries(animations)) {
    for (const optimize of OPTIMIZATIONS) {
      it(`keeps all frames of an animation in ${fmt}, and makes it never larger, for ${optimize}`, async () => {
        const source = await make()
        const small = await optimized(source, { fmt, optimize, animated: true })
        assert.ok(small.length <= source.length, `${small.length} of ${source.length}`)
        const { pages, width } = await sharp(small).metadata()
        assert.deepEqual({ pages, width }, { pages: 3, width: 60 })
      })
    }
    it(`makes a still of an animation in ${fmt} that is not wanted whole`, async () => {
      const small = await optimized(await make(), { fmt, optimize: 'web' })
      assert.equal((await sharp(small).metadata()).pages ?? 1, 1)
    })
  }

  const exact: Readonly<Record<string, () => Sharp>> = {
    'of a photo': () => noise(120, 80),
    'of few colours': () => quarters(200, 100),
    'with transparency': () => glass(),
    'of sixteen bits': () => deep(),
    'in another colour profile': () => noise(120, 80).withIccProfile('p3'),
    'of sixteen bits in another colour profile': () => deep().withIccProfile('p3'),
    'of greys': () => noise(120, 80).toColourspace('b-w'),
  }
  for (const [title, make] of Object.entries(exact)) {
    for (const optimize of ['lossless', 'print']) {
      it(`changes no pixel of a PNG ${title}, for ${optimize}`, async () => {
        const source = await make().png({ compressionLevel: 1 }).toBuffer()
        const small = await optimized(source, { fmt: 'png', optimize })
        assert.ok(small.length < source.length)
        assert.ok((await storedPixels(small)).equals(await storedPixels(source)))
        const [before, after] = [await sharp(source).metadata(), await sharp(small).metadata()]
        assert.equal(after.icc?.toString('hex'), before.icc?.toString('hex'))
        assert.equal(after.depth, before.depth)
      })
    }
  }

  it('gives a PNG a palette for web where nobody sees it, and not where one would', async () => {
    const flat = await glass().png().toBuffer()
    const photo = await noise(120, 80).png().toBuffer()
    assert.ok(
      (await sharp(await optimized(flat, { fmt: 'png', optimize: 'web' })).metadata()).isPalette,
    )
    const { isPalette } = await sharp(
      await optimized(photo, { fmt: 'png', optimize: 'web' }),
    ).metadata()
    assert.ok(!isPalette)
  })

  it('makes a photo the smaller the less shall be left of it, and leaves it recognisable', async () => {
    const source = await noise(300, 200)
      .jpeg({ quality: 97, chromaSubsampling: '4:4:4' })
      .toBuffer()
    const files = await Promise.all(
      OPTIMIZATIONS.map(async (optimize, index) => {
        const path = folder.pathTo(`photo${index}`)
        await writeFile(folder.pathTo('photo'), source)
        const instructions = { fmt: 'jpg', optimize }
        await startRenditions(folder.pathTo('photo'), [{ instructions, path }])[0]
        return readFile(path)
      }),
    )
    const sizes = files.map((file) => file.length)
    assert.deepEqual(
      sizes,
      sizes.toSorted((one, other) => other - one),
    )
    assert.equal(new Set(sizes).size, sizes.length)
    for (const file of files) assert.ok((await difference(file, source)) < 0.06)
  })

  const subsamplings = [
    { source: '4:4:4', optimize: 'print', expected: '4:4:4' },
    { source: '4:2:0', optimize: 'print', expected: '4:2:0' },
    { source: '4:4:4', optimize: 'web', expected: '4:2:0' },
  ]
  for (const { source, optimize, expected } of subsamplings) {
    it(`has colours in ${expected} for ${optimize} of a photo in ${source}`, async () => {
      const photo = await noise(300, 200)
        .jpeg({ quality: 100, chromaSubsampling: source })
        .toBuffer()
      const small = await optimized(photo, { fmt: 'jpg', optimize })
      assert.ok(small.length < photo.length)
      assert.equal((await sharp(small).metadata()).chromaSubsampling, expected)
    })
  }

  it('has the quality that is asked for', async () => {
    const source = await noise(300, 200).jpeg({ quality: 97 }).toBuffer()
    const low = await optimized(source, { fmt: 'jpg', optimize: 'web', quality: 20 })
    const usual = await optimized(source, { fmt: 'jpg', optimize: 'web' })
    assert.ok(low.length < usual.length / 2)
  })

  it('is the source, byte for byte, when nothing smaller can be made', async () => {
    const photo = await noise(300, 200).jpeg({ quality: 10 }).withExif(TOLD.exif).toBuffer()
    assert.ok((await optimized(photo, { fmt: 'jpg', optimize: 'web' })).equals(photo))
    const tiny = await optimized(photo, { fmt: 'jpg', optimize: 'web', strip: true })
    assert.ok(tiny.length < photo.length)
  })

  for (const [fmt, encode] of Object.entries({
    jpg: (image: Sharp) => image.jpeg({ quality: 10 }),
    png: (image: Sharp) => image.png({ palette: true, compressionLevel: 9 }),
  })) {
    for (const optimize of OPTIMIZATIONS) {
      it(`has no metadata with strip, but its colours, resolution and looks: ${fmt}, ${optimize}`, async () => {
        const image = encode(quarters(120, 80))
          .withIccProfile('p3')
          .withExif(TOLD.exif)
          .withXmp(TOLD.xmp)
          .withMetadata({ density: 300, orientation: 6 })
        const source = await image.toBuffer()
        const small = await optimized(source, { fmt, optimize, strip: true })
        assert.ok(small.length < source.length)
        const { exif, xmp, width, height, orientation = 1 } = await sharp(small).metadata()
        assert.equal(xmp, undefined)
        assert.ok(!exif?.includes('A camera'))
        assert.deepEqual(orientation === 1 ? [width, height] : [height, width], [80, 120])
        const { resolution } = readHeader(inMemory(small), fmt === 'png' ? 'PNG' : 'JPEG', exif)
        assert.ok(Math.abs((resolution?.x ?? 0) - 300) < 0.1)
        assert.ok((await difference(await upright(small), await upright(source))) < 0.05)
      })
    }
  }

  it('leaves the code of a JPEG as it is for lossless, turned or not', async () => {
    const source = await noise(64, 48)
      .jpeg({ progressive: true })
      .withExif(TOLD.exif)
      .withMetadata({ orientation: 8 })
      .toBuffer()
    const trailed = Buffer.concat([source, Buffer.from('what some phone adds')])
    const small = await optimized(trailed, { fmt: 'jpg', optimize: 'lossless' })
    assert.ok((await storedPixels(small)).equals(await storedPixels(source)))
    const { orientation, exif } = await sharp(small).metadata()
    assert.equal(orientation, 8)
    assert.ok(!exif?.includes('A camera'))
    assert.ok(!small.includes('some phone'))
  })

  it('keeps the frames of an animated PNG', async () => {
    const source = animatedPng(await noise(60, 40).png().toBuffer())
    for (const optimize of OPTIMIZATIONS) {
      const small = await optimized(source, { fmt: 'png', optimize })
      assert.ok(small.includes('acTL'))
    }
  })

  it('fails a damaged source', async () => {
    const whole = await noise(300, 200).jpeg().toBuffer()
    const half = whole.subarray(0, whole.length / 2)
    for (const optimize of OPTIMIZATIONS) {
      await assert.rejects(optimized(half, { fmt: 'jpg', optimize }), { reason: 'SourceCorrupt' })
    }
  })

  it('makes what is sized or of another format small as well', async () => {
    const source = await noise(300, 200).jpeg({ quality: 95 }).toBuffer()
    for (const instructions of [
      { fmt: 'jpg', width: 100 },
      { fmt: 'png', width: 60 },
    ]) {
      const usual = await optimized(source, { ...instructions, compressionLevel: 1 })
      const small = await optimized(source, { ...instructions, optimize: 'web' })
      assert.ok(small.length < usual.length)
      assert.equal((await sharp(small).metadata()).width, instructions.width)
    }
  })

  it('makes no difference to other formats', async () => {
    const source = await noise(60, 40).webp().toBuffer()
    const usual = await optimized(source, { fmt: 'tiff' })
    assert.ok((await optimized(source, { fmt: 'tiff', optimize: 'max' })).equals(usual))
    assert.ok((await stat(sourcePath())).size > 0)
  })
})

describe('autoOrient', () => {
  const folder = useTemporaryFolder()

  for (const fmt of ['jpg', 'png', 'tiff', 'webp']) {
    it(`has a ${fmt} as it is stored when it is false, beside one that is upright`, async () => {
      const source = folder.pathTo('stored')
      await writeFile(
        source,
        await quarters(120, 80).jpeg().withMetadata({ orientation: 6 }).toBuffer(),
      )
      const orders = [false, true, undefined].map((autoOrient, index) => ({
        instructions: { fmt, autoOrient, width: 60, height: 60 },
        path: folder.pathTo(`turned${index}`),
      }))
      const sizes = await Promise.all(
        startRenditions(source, orders).map(async (file) => {
          const { width, height, orientation = 1 } = await sharp((await file).path).metadata()
          return [width, height, orientation]
        }),
      )
      assert.deepEqual(sizes, [
        [60, 40, 1],
        [40, 60, 1],
        [40, 60, 1],
      ])
    })
  }
})

/** Samples of sixteen bits, with values that eight bits do not have. */
function deep(): Sharp {
  const samples = Uint16Array.from({ length: 60 * 40 * 3 }, (_, index) => (index * 37) % 65_536)
  return sharp(samples, { raw: { width: 60, height: 40, channels: 3 } }).toColourspace('rgb16')
}

/** A drawing with smooth edges, on nothing. */
function glass(): Sharp {
  return sharp(
    Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="80"><circle cx="60" cy="40" r="30" fill="#1473e6"/></svg>',
    ),
  )
}

/** How a viewer shows a file. */
async function upright(file: Buffer): Promise<Buffer> {
  return sharp(file).autoOrient().png().toBuffer()
}

/** The samples of a file as they stand in it. */
async function storedPixels(file: Buffer): Promise<Buffer> {
  return sharp(file, { ignoreIcc: true }).toColourspace('rgb16').raw({ depth: 'ushort' }).toBuffer()
}

/** A PNG that says it has one frame (APNG 1.0), which is the picture itself. */
function animatedPng(png: Buffer): Buffer {
  const control = Buffer.from('000000086163544c0000000100000000b92d7d51', 'hex')
  const afterHeader = 8 + 25
  return Buffer.concat([png.subarray(0, afterHeader), control, png.subarray(afterHeader)])
}
