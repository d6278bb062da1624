import assert from 'node:assert/strict'
import sharp, { type Sharp } from 'sharp'
import type { Instructions } from '../../../src/contract/instructions/instruction.ts'
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

  const faults = [
    {
      title: 'is no PNG',
      file: async () => plain(red).jpeg().toBuffer(),
      message:
        'watermark.image must be an https: or data: URL of a PNG, but what https://example.com/marks/red.png holds is none.',
    },
    {
      title: 'is empty',
      file: async () => Buffer.alloc(0),
      message:
        'watermark.image must be an https: or data: URL of a PNG, but what https://example.com/marks/red.png holds is none.',
    },
    {
      title: 'did not arrive whole',
      file: async () => mark.subarray(0, mark.length - 30),
      message:
        'The watermark of https://example.com/marks/red.png is a damaged or incomplete PNG file.',
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
