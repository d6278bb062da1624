import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { deflateSync } from 'node:zlib'
import type { Sharp } from 'sharp'
import { isDecodable } from '../../../src/engine/pictures/decode-view.ts'
import { noise, plain } from '../../support/pictures.ts'
import { pngChunk } from '../../support/png.ts'
import { probe, startRenditions } from '../../support/rendering.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

const formats: Record<string, (image: Sharp) => Sharp> = {
  JPEG: (image) => image.jpeg(),
  'progressive JPEG': (image) => image.jpeg({ progressive: true }),
  PNG: (image) => image.png(),
  'interlaced PNG': (image) => image.png({ progressive: true }),
  WebP: (image) => image.webp(),
  'lossless WebP': (image) => image.webp({ lossless: true }),
  GIF: (image) => image.gif(),
  TIFF: (image) => image.tiff({ compression: 'lzw' }),
  'tiled TIFF': (image) => image.tiff({ compression: 'deflate', tile: true }),
}

describe('a source', () => {
  const folder = useTemporaryFolder()

  async function write(name: string, content: Uint8Array | string): Promise<string> {
    const path = folder.pathTo(name)
    await writeFile(path, content)
    return path
  }

  async function render(path: string): Promise<unknown> {
    return startRenditions(path, [
      { instructions: { fmt: 'png', width: 20 }, path: folder.pathTo('rendition') },
    ])[0]
  }

  for (const [title, encode] of Object.entries(formats)) {
    it(`is known by its content, not by its name: ${title}`, async () => {
      const path = await write('image.txt', await encode(noise(40, 30)).toBuffer())
      const { format, width, height } = await probe(path)
      assert.ok(title.endsWith(format.title))
      assert.deepEqual([width, height], [40, 30])
    })

    for (const share of [0.1, 0.5, 0.99]) {
      it(`is corrupt when only ${share * 100}% of it arrived: ${title}`, async () => {
        const whole = await encode(noise(200, 150)).toBuffer()
        const path = await write('part.img', whole.subarray(0, Math.floor(whole.length * share)))
        await assert.rejects(render(path), {
          reason: 'SourceCorrupt',
          message: `The source is a damaged or incomplete ${title.split(' ').at(-1)} file.`,
        })
      })
    }
  }

  it('is corrupt when it is empty', async () => {
    await assert.rejects(render(await write('empty.jpg', '')), {
      reason: 'SourceCorrupt',
      message: 'The source file is empty.',
    })
  })

  it('is unsupported when it is text under the name of an image', async () => {
    await assert.rejects(render(await write('text.jpg', 'Dear all, attached is the logo.\n')), {
      reason: 'SourceUnsupported',
      message:
        'The content of the source file is none of the formats this worker makes pictures of (JPEG, PNG, WebP, GIF, TIFF, SVG, PDF, AVIF, HEIC, PSD, BMP, SGI, camera raw, ICO, JPEG XL, JPEG 2000, TGA, PCX, PNM, PFM, DDS, OpenEXR, Radiance HDR, XCF, PICT, EPS, WMF, EMF, ICNS, animated cursor, DICOM, Krita, OpenRaster, InDesign, Adobe XD, Sketch, Figma, Procreate, Affinity).',
    })
  })

  it('is corrupt when nothing follows the signature of its format', async () => {
    await assert.rejects(render(await write('a.png', Buffer.from('89504e470d0a1a0a', 'hex'))), {
      reason: 'SourceCorrupt',
    })
  })

  it('is unsupported when it has more pixels than may be decoded', async () => {
    await assert.rejects(render(await write('bomb.png', pngOfSize(100_000, 100_000))), {
      reason: 'SourceUnsupported',
      message:
        'The source has 100000 × 100000 pixels, more than the 268402689 that can be processed.',
    })
  })

  it('passes with the oddities that decoders only warn about', async () => {
    const jpeg = await noise(40, 30).jpeg().toBuffer()
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]))
    const odd = Buffer.concat([jpeg.subarray(0, frame), Buffer.alloc(4), jpeg.subarray(frame)])
    assert.ok(await isDecodable(await probe(await write('odd.jpg', odd))))
    const trailing = Buffer.concat([jpeg, Buffer.from('something after the end')])
    assert.ok(await isDecodable(await probe(await write('trailing.jpg', trailing))))
  })

  it('that is not there fails without a path in the sentence', async () => {
    const present = await write('present.png', await plain({ r: 1, g: 2, b: 3 }).png().toBuffer())
    const missing = `${present}.missing`
    await assert.rejects(render(missing), {
      reason: 'GenericError',
      message: 'The source file cannot be read.',
    })
  })
})

/** A PNG file that claims a size without having the pixels. */
function pngOfSize(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.alloc(10))),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}
