import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import type { Instructions } from '../../../src/contract/instructions/instruction.ts'
import { pdfOf } from '../../support/pdf.ts'
import { noise, pixelAt, plain, QUARTER_COLOURS, quarters } from '../../support/pictures.ts'
import { startRenditions } from '../../support/rendering.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

/** Grey, with a small red and yellow square to the right of the middle of the upper edge. */
const spot = () =>
  plain({ r: 90, g: 90, b: 90 })
    .resize(400, 100)
    .composite([
      {
        input: { create: { width: 24, height: 24, channels: 3, background: 'red' } },
        left: 330,
        top: 4,
      },
      {
        input: { create: { width: 8, height: 8, channels: 3, background: 'yellow' } },
        left: 338,
        top: 12,
      },
    ])

describe('fit', () => {
  const folder = useTemporaryFolder()
  const sourcePath = (): string => folder.pathTo('source')

  async function render(instructions: Instructions) {
    const path = folder.pathTo('fitted')
    await startRenditions(sourcePath(), [
      { instructions: { fmt: 'png', ...instructions }, path },
    ])[0]
    return path
  }

  const sources = {
    jpeg: async () => noise(90, 60).jpeg().toBuffer(),
    'jpeg on its side': async () =>
      noise(60, 90).jpeg().withMetadata({ orientation: 6 }).toBuffer(),
    'png with transparency': async () =>
      plain({ r: 9, g: 9, b: 9 }, 0.5).resize(90, 60).png().toBuffer(),
    svg: async () =>
      Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 60"><path fill="red" d="M0 0h90v60H0z"/></svg>',
      ),
    gif: async () => noise(90, 60).gif().toBuffer(),
    pdf: async () => pdfOf([(page) => page.setSize(90, 60)]),
  }
  const boxes = [
    { fit: 'crop', width: 33, height: 57, size: [33, 57] },
    { fit: 'crop', width: 77, height: 20, size: [77, 20] },
    { fit: 'crop', width: 200, height: 190, size: [200, 190] },
    { fit: 'crop', width: 180, size: [180, 120] },
    { fit: 'scale', width: 31, height: 200, size: [31, 200] },
    { fit: 'scale', width: 200, height: 31, size: [200, 31] },
    { fit: 'scale', height: 120, size: [180, 120] },
    { fit: 'max', width: 45, height: 60, size: [45, 30] },
  ]
  for (const [name, make] of Object.entries(sources)) {
    for (const { size, ...box } of boxes) {
      it(`gives ${JSON.stringify(box)} of a ${name} exactly ${size.join(' × ')} pixels`, async () => {
        await writeFile(sourcePath(), await make())
        assert.deepEqual(await sizeOf(await render(box)), size)
      })
    }
  }

  const spots: Record<string, () => Promise<Buffer>> = {
    jpeg: () => spot().jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer(),
    'png in tall frames': async () => {
      const wide = await spot().png().toBuffer()
      return sharp(wide).rotate(90).png().toBuffer()
    },
    svg: async () =>
      Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 100"><path fill="#5a5a5a" d="M0 0h400v100H0z"/><path fill="red" d="M330 4h24v24h-24z"/><path fill="#ff0" d="M338 12h8v8h-8z"/></svg>',
      ),
  }
  for (const [name, make] of Object.entries(spots)) {
    for (const crop of ['attention', 'entropy']) {
      it(`keeps with ${crop} what there is to see in a ${name}`, async () => {
        await writeFile(sourcePath(), await make())
        const path = await render({ crop, width: 50, height: 50 })
        assert.deepEqual(await sizeOf(path), [50, 50])
        const { data, info } = await sharp(path).raw().toBuffer({ resolveWithObject: true })
        const reds = Array.from({ length: info.width * info.height }, (_, at) => {
          const [r = 0, g = 0] = data.subarray(at * info.channels)
          return r - g > 100
        })
        assert.ok(reds.filter(Boolean).length > 80, 'all of the square is there')
      })
    }
  }

  it('cuts off evenly where nothing says what matters', async () => {
    await writeFile(sourcePath(), await spot().png().toBuffer())
    const { dominant } = await sharp(await render({ fit: 'crop', width: 50, height: 50 })).stats()
    assert.ok(dominant.r < 120)
  })

  const WITHOUT_A_CUT: [instructions: Instructions, size: number[]][] = [
    [{ crop: 'attention' }, [400, 100]],
    [{ crop: 'attention', width: 200 }, [200, 50]],
    [{ crop: 'attention', width: 50, height: 50, fit: 'max' }, [50, 13]],
    [{ crop: 'entropy', width: 50, height: 50, fit: 'scale' }, [50, 50]],
  ]
  for (const [instructions, size] of WITHOUT_A_CUT) {
    it(`cuts nothing with ${JSON.stringify(instructions)}`, async () => {
      await writeFile(sourcePath(), await spot().png().toBuffer())
      assert.deepEqual(await sizeOf(await render(instructions)), size)
    })
  }

  it('calls a source damaged that has to be looked at', async () => {
    const jpeg = await noise(200, 200).jpeg().toBuffer()
    await writeFile(sourcePath(), jpeg.subarray(0, 3000))
    await assert.rejects(render({ crop: 'attention', width: 50, height: 90 }), /damaged/)
  })

  for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
    const stored = orientation < 5 ? [120, 80] : ([80, 120] as const)
    const [width = 0, height = 0] = stored

    it(`cuts what protrudes of the upright picture, stored in orientation ${orientation}`, async () => {
      await writeFile(
        sourcePath(),
        await quarters(width, height).png().withMetadata({ orientation }).toBuffer(),
      )
      for (const side of [40, 200]) {
        const path = await render({ width: side, height: side, fit: 'crop' })
        const [whole, cut] = await Promise.all(
          [await render({}), path].map(async (file) => cornersOf(file)),
        )
        assert.deepEqual(await sizeOf(await render({ width: side, height: side, fit: 'crop' })), [
          side,
          side,
        ])
        assert.deepEqual(cut, whole)
      }
    })
  }

  it('keeps the middle in the middle, of a picture that is enlarged much', async () => {
    // A cross in the middle of seven pixels, of which three and a half are shown.
    const pixels = Buffer.alloc(49)
    for (let each = 0; each < 7; each += 1) pixels[3 * 7 + each] = 255
    await sharp(pixels, { raw: { width: 7, height: 7, channels: 1 } })
      .png()
      .toFile(sourcePath())
    const path = await render({ width: 140, height: 70, fit: 'crop' })
    const rows = await Promise.all(
      Array.from({ length: 70 }, async (_, y) => (await pixelAt(path, 70, y))[0] ?? 0),
    )
    for (let y = 0; y < 35; y += 1) {
      const [above = 0, below = 0] = [rows[y], rows[69 - y]]
      assert.ok(Math.abs(above - below) <= 4, `${above} and ${below} at ${y}`)
    }
    assert.ok((rows[35] ?? 0) > 250 && (rows[10] ?? 255) < 20)
  })

  it('distorts with scale: what was a quarter stays one', async () => {
    await quarters(120, 80).png().toFile(sourcePath())
    const path = await render({ width: 20, height: 300, fit: 'scale' })
    assert.deepEqual(await cornersOf(path), ['topLeft', 'topRight', 'bottomLeft', 'bottomRight'])
  })

  it('fills a box with every frame of an animation', async () => {
    const frames = await Promise.all(
      [0, 120, 240].map((g) => plain({ r: 0, g, b: 200 }).png().toBuffer()),
    )
    await sharp(frames, { join: { animated: true } })
      .gif()
      .toFile(sourcePath())
    for (const size of [
      [17, 29],
      [90, 60],
    ]) {
      const [width, height] = size
      const path = await render({ fmt: 'gif', animated: true, width, height, fit: 'crop' })
      const metadata = await sharp(path, { animated: true }).metadata()
      assert.deepEqual([metadata.width, metadata.pageHeight, metadata.pages], [width, height, 3])
    }
  })

  it('leaves the dpi as they are', async () => {
    await noise(60, 40).jpeg().withMetadata({ density: 300 }).toFile(sourcePath())
    const path = await render({ width: 20, height: 20, fit: 'crop' })
    assert.equal((await sharp(path).metadata()).density, 300)
  })
})

async function sizeOf(path: string): Promise<number[]> {
  const { width, height } = await sharp(path).metadata()
  return [width, height]
}

/** Which of the quarters are in the corners. */
async function cornersOf(path: string): Promise<string[]> {
  const { width, height } = await sharp(path).metadata()
  const places = [
    [0.1, 0.1],
    [0.9, 0.1],
    [0.1, 0.9],
    [0.9, 0.9],
  ]
  return Promise.all(
    places.map(async ([x = 0, y = 0]) => {
      const seen = await pixelAt(path, Math.floor(width * x), Math.floor(height * y))
      const found = Object.entries(QUARTER_COLOURS).find(([, colour]) =>
        colour.every((value, part) => Math.abs(value - (seen[part] ?? 0)) < 12),
      )
      return found?.[0] ?? seen.join(' ')
    }),
  )
}
