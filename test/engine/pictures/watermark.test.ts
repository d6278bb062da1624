import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { rgb } from '@cantoo/pdf-lib'
import sharp, { type Sharp } from 'sharp'
import type { Instructions } from '../../../src/contract/instructions/instruction.ts'
import { pdfOf } from '../../support/pdf.ts'
import { plain } from '../../support/pictures.ts'
import { startRenditions } from '../../support/rendering.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

const URL = 'https://example.com/marks/red.png?signature=secret'
const red = { r: 255, g: 0, b: 0 }

describe('a watermark', () => {
  const folder = useTemporaryFolder()
  let mark: Buffer

  before(async () => {
    mark = await square(30, 30).png().toBuffer()
    await plain({ r: 0, g: 0, b: 255 }).resize(200, 100, { fit: 'fill' }).toFile(blue())
  })

  const blue = (): string => folder.pathTo('blue.png')

  async function render(instructions: Instructions, watermark: Buffer | undefined = mark) {
    const path = folder.pathTo('marked')
    const order = { instructions: { fmt: 'png', ...instructions }, path }
    await startRenditions(blue(), [order], watermark && { [URL]: watermark })[0]
    return path
  }

  const places = [
    {
      title: 'fills the rendition as far as its shape allows',
      scale: undefined,
      box: [50, 0, 100, 100],
    },
    { title: 'is scaled', scale: 0.5, box: [75, 25, 50, 50] },
    { title: 'has at least a pixel', scale: 0.0001, box: [100, 50, 1, 1] },
    { title: 'has a pixel even when scaled to nothing', scale: 0, box: [100, 50, 1, 1] },
    {
      title: 'fits the rendition, not the source',
      scale: '0.5',
      width: 100,
      box: [38, 13, 25, 25],
    },
    { title: 'fits what is cropped', crop: { x: 0, y: 0, w: 40, h: 40 }, box: [0, 0, 40, 40] },
  ]
  for (const { title, box, scale, ...instructions } of places) {
    it(title, async () => {
      const watermark = { image: URL, ...(scale !== undefined && { scale }) }
      assert.deepEqual(await redBox(await render({ ...instructions, watermark })), box)
    })
  }

  it('keeps its shape', async () => {
    const wide = await square(60, 20).png().toBuffer()
    const path = await render({ watermark: { image: URL, scale: 0.3 } }, wide)
    assert.deepEqual(await redBox(path), [70, 40, 60, 20])
  })

  it('lets through what it is transparent for, and leaves an opaque picture opaque', async () => {
    const faint = await plain(red, 0.5).png().toBuffer()
    const { data, info } = await sharp(await render({ watermark: { image: URL } }, faint))
      .raw()
      .toBuffer({ resolveWithObject: true })
    const middle = (50 * info.width + 100) * info.channels
    assert.equal(info.channels, 3)
    const [r = 0, g, b = 0] = data.subarray(middle, middle + 3)
    assert.ok(Math.abs(r - 128) < 3 && g === 0 && Math.abs(b - 127) < 3)
  })

  it('lies on every frame of an animation', async () => {
    const source = folder.pathTo('moving.gif')
    const frames = await Promise.all(
      [0, 80, 160].map((g) => plain({ r: 0, g, b: 255 }).png().toBuffer()),
    )
    await sharp(frames, { join: { animated: true } })
      .gif()
      .toFile(source)
    const path = folder.pathTo('marked.gif')
    const watermark = { image: URL, scale: 0.5 }
    const instructions = { fmt: 'gif', animated: true, watermark }
    await startRenditions(source, [{ instructions, path }], { [URL]: mark })[0]
    for (const page of [0, 1, 2]) {
      const frame = await sharp(path, { page }).png().toBuffer()
      const [left, top, width, height] = await redBox(frame)
      assert.deepEqual([left, top, width, height], [13, 8, 15, 15])
    }
  })

  it('is fetched once for all renditions of a request', async () => {
    let fetched = 0
    const watermarks = {
      get [URL](): Buffer {
        fetched += 1
        return mark
      },
    }
    const orders = [10, 20, 30].map((width) => ({
      instructions: { fmt: 'png', width, watermark: { image: URL } },
      path: folder.pathTo(`shared${width}`),
    }))
    await Promise.all(startRenditions(blue(), orders, watermarks))
    assert.equal(fetched, 1)
  })

  const kinds: Record<string, () => Promise<Buffer>> = {
    'a JPEG that lies on its side': () =>
      square(20, 60).withMetadata({ orientation: 6 }).jpeg({ quality: 100 }).toBuffer(),
    'a WebP': () => square(60, 20).webp({ lossless: true }).toBuffer(),
    'a TIFF': () => square(60, 20).tiff().toBuffer(),
    'an SVG': async () =>
      Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" width="6" height="2"><rect width="6" height="2" fill="red"/></svg>',
      ),
    'a page of a PDF': () =>
      pdfOf([
        (page) => {
          page.setSize(60, 20)
          page.drawRectangle({ width: 60, height: 20, color: rgb(1, 0, 0) })
        },
      ]),
  }
  for (const [kind, content] of Object.entries(kinds)) {
    it(`may be ${kind}`, async () => {
      const path = await render({ watermark: { image: URL, scale: 0.3 } }, await content())
      assert.deepEqual(await redBox(path), [70, 40, 60, 20])
      assert.deepEqual(
        readdirSync(dirname(path)).filter((name) => name.includes('.mark')),
        [],
      )
    })
  }

  it('is transparent where its picture is', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect x="5" width="5" height="10" fill="red"/></svg>'
    const path = await render({ watermark: { image: URL } }, Buffer.from(svg))
    assert.deepEqual(await redBox(path), [100, 0, 50, 100])
  })

  it('is for a page that the picture has', async () => {
    await assert.rejects(isMarked({ watermark: { image: URL, pages: '2-' } }), {
      message:
        'watermark.pages must name a page of the picture, which has one page, but it is "2-".',
    })
    assert.equal(await isMarked({ watermark: { text: 'a', fontColor: 'red', pages: '3,1' } }), true)
  })

  async function isMarked(instructions: Instructions): Promise<boolean> {
    const { channels } = await sharp(await render(instructions)).stats()
    return (channels[0]?.max ?? 0) > 128
  }

  const faults = [
    {
      title: 'is no picture',
      file: async () => Buffer.from('<html>Not found</html>'),
      message:
        /^The watermark of https:\/\/example\.com\/marks\/red\.png cannot be used: The content of the source file is none of the formats/,
    },
    {
      title: 'is empty',
      file: async () => Buffer.alloc(0),
      message:
        'The watermark of https://example.com/marks/red.png cannot be used: The source file is empty.',
    },
    {
      title: 'did not arrive whole',
      file: async () => mark.subarray(0, mark.length - 30),
      message:
        'The watermark of https://example.com/marks/red.png cannot be used: The source is a damaged or incomplete PNG file.',
    },
    {
      title: 'has too many pixels',
      file: async () => square(8000, 8000).png().toBuffer(),
      message:
        'The watermark of https://example.com/marks/red.png has 8000 × 8000 pixels, more than the 50000000 that can be processed.',
    },
  ]
  for (const { title, file, message } of faults) {
    it(`fails the rendition when it ${title}`, async () => {
      const rendering = render({ watermark: { image: URL } }, await file())
      await assert.rejects(rendering, { reason: 'GenericError', message })
    })
  }
})

function square(width: number, height: number): Sharp {
  return sharp({ create: { width, height, channels: 3, background: red } })
}

/** Left, top, width and height of what is red. */
async function redBox(image: string | Buffer): Promise<number[]> {
  const { data, info } = await sharp(image).raw().toBuffer({ resolveWithObject: true })
  const xs: number[] = []
  const ys: number[] = []
  for (let y = 0; y < info.height; y++) {
    for (let x = 0; x < info.width; x++) {
      const [r = 0, , b = 0] = data.subarray((y * info.width + x) * info.channels)
      if (r > 150 && b < 100) {
        xs.push(x)
        ys.push(y)
      }
    }
  }
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  return [left, top, Math.max(...xs) - left + 1, Math.max(...ys) - top + 1]
}
