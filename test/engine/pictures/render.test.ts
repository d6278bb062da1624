import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import sharp, { type Sharp } from 'sharp'
import type { Instructions } from '../../../src/contract/instructions/instruction.ts'
import type { RenditionFile } from '../../../src/engine/pictures/render.ts'
import { difference, noise, pixelAt, QUARTER_COLOURS, quarters } from '../../support/pictures.ts'
import { startRenditions } from '../../support/rendering.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

const standardRenditions = [
  { fmt: 'png', width: 48, height: 48 },
  { fmt: 'png', width: 140, height: 100 },
  { fmt: 'png', width: 319, height: 319 },
  { fmt: 'jpeg', width: 1280, height: 1280 },
]

const encoders: Record<string, (image: Sharp) => Sharp> = {
  jpeg: (image) => image.jpeg({ quality: 95 }),
  png: (image) => image.png(),
  webp: (image) => image.webp({ quality: 95 }),
  tiff: (image) => image.tiff({ compression: 'lzw' }),
}

describe('startRenditions', () => {
  const folder = useTemporaryFolder()

  function start(
    source: string,
    requested: readonly Instructions[],
  ): readonly Promise<RenditionFile>[] {
    const orders = requested.map((instructions, index) => ({
      instructions,
      path: folder.pathTo(`rendition${index}`),
    }))
    return startRenditions(source, orders)
  }

  async function render(source: string, instructions: Instructions): Promise<RenditionFile> {
    const [rendition] = start(source, [instructions])
    assert.ok(rendition)
    return rendition
  }

  const boxes = [
    { title: 'fits both sides of the box', box: { width: 48, height: 48 }, size: [48, 32] },
    {
      title: 'fits the height when the box is wider',
      box: { width: 999, height: 50 },
      size: [75, 50],
    },
    { title: 'fits the width alone', box: { width: 90 }, size: [90, 60] },
    { title: 'fits the height alone', box: { height: 20 }, size: [30, 20] },
    { title: 'keeps the original size without a box', box: {}, size: [300, 200] },
    { title: 'never enlarges', box: { width: 5000, height: 5000 }, size: [300, 200] },
    { title: 'takes the sides as texts', box: { width: '48', height: '48' }, size: [48, 32] },
  ]
  for (const { title, box, size } of boxes) {
    it(title, async () => {
      const source = folder.pathTo('box.jpg')
      await noise(300, 200).jpeg().toFile(source)
      const { path, width, height } = await render(source, { fmt: 'png', ...box })
      const written = await sharp(path).metadata()
      assert.deepEqual([width, height], size)
      assert.deepEqual([written.width, written.height], size)
    })
  }

  for (const [name, encode] of Object.entries(encoders)) {
    for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
      it(`turns a ${name} of orientation ${orientation} upright and drops the tag`, async () => {
        const source = folder.pathTo(`turned.${name}`)
        const stored = storedAs(orientation, await quarters(120, 80).png().toBuffer())
        await encode(sharp(await stored.png().toBuffer()).withMetadata({ orientation })).toFile(
          source,
        )

        for (const file of await Promise.all(
          start(source, [{ fmt: 'png' }, { fmt: 'jpeg', width: 60 }, { fmt: 'tiff', height: 20 }]),
        )) {
          const { width, height, path } = file
          assert.equal(width / height, 1.5)
          assert.equal((await sharp(path).metadata()).orientation ?? 1, 1)
          const at = async (x: number, y: number) =>
            nearestQuarter(await pixelAt(path, Math.floor(width * x), Math.floor(height * y)))
          const seen = [
            await at(0.2, 0.2),
            await at(0.8, 0.2),
            await at(0.2, 0.8),
            await at(0.8, 0.8),
          ]
          assert.deepEqual(seen, ['topLeft', 'topRight', 'bottomLeft', 'bottomRight'])
        }
      })
    }
  }

  it('makes thumbnails as sharp from another rendition as from the source', async () => {
    const source = folder.pathTo('large.jpg')
    await noise(2400, 1600).jpeg({ quality: 90 }).toFile(source)
    const files = await Promise.all(start(source, standardRenditions))
    for (const [index, { fmt: _fmt, ...box }] of standardRenditions.slice(0, 3).entries()) {
      const direct = await sharp(source)
        .resize({ ...box, fit: 'inside' })
        .png()
        .toBuffer()
      const off = await difference(files[index]?.path ?? '', direct)
      assert.ok(off < 0.02, `${box.width} × ${box.height} is ${off} off`)
    }
  })

  it('gives each rendition the same pixels alone as beside others', async () => {
    const source = folder.pathTo('beside.png')
    await noise(400, 300).png().toFile(source)
    const requested = [
      { fmt: 'png', width: 200 },
      { fmt: 'tiff', width: 200 },
      { fmt: 'png', width: 180 },
    ]
    const files = await Promise.all(start(source, requested))
    for (const [index, { width }] of requested.entries()) {
      const direct = await sharp(source).resize({ width }).png().toBuffer()
      assert.equal(await difference(files[index]?.path ?? '', direct), 0)
    }
  })

  it('fails one rendition and makes the others', async () => {
    const source = folder.pathTo('mixed.png')
    await noise(300, 200).png().toFile(source)
    const settled = await Promise.allSettled(
      start(source, [
        { fmt: 'png', width: 48 },
        { fmt: 'pcx' },
        { fmt: 'gif', width: 'x' },
        { fmt: 'jpg' },
      ]),
    )
    assert.deepEqual(
      settled.map((each) =>
        each.status === 'fulfilled' ? each.value.mediaType : each.reason.reason,
      ),
      ['image/png', 'RenditionFormatUnsupported', 'GenericError', 'image/jpeg'],
    )
  })

  it('fails every rendition of a source whose pixels are damaged, and leaves no files', async () => {
    const source = folder.pathTo('damaged.png')
    const whole = await noise(300, 200).png().toBuffer()
    await writeFile(source, whole.subarray(0, whole.length / 2))
    const orders = standardRenditions.map((instructions, index) => ({
      instructions,
      path: folder.pathTo(`of-damaged${index}`),
    }))
    for (const { reason } of rejections(
      await Promise.allSettled(startRenditions(source, orders)),
    )) {
      assert.equal(reason.reason, 'SourceCorrupt')
    }
    assert.ok(orders.every(({ path }) => !existsSync(path)))
  })

  it('does not blame the source when a rendition cannot be written', async () => {
    const source = folder.pathTo('fine.png')
    await noise(30, 20).png().toFile(source)
    const path = folder.pathTo('no/such/folder/rendition')
    const [rendition] = startRenditions(source, [{ instructions: { fmt: 'png' }, path }])
    await assert.rejects(rendition ?? Promise.resolve(), {
      reason: 'GenericError',
      message:
        'The PNG rendition of 30 × 20 pixels could not be made or written, though its source is fine.',
    })
  })

  it('lets nobody wait for a rendition that fails', async () => {
    const unhandled: unknown[] = []
    const note = (reason: unknown): number => unhandled.push(reason)
    process.on('unhandledRejection', note)
    const [, last] = start(folder.pathTo('nothing'), [{ fmt: 'png' }, { fmt: 'png' }])
    await last?.catch(() => undefined)
    await new Promise((resolve) => setImmediate(resolve))
    process.off('unhandledRejection', note)
    assert.deepEqual(unhandled, [])
  })
})

function rejections(settled: readonly PromiseSettledResult<unknown>[]): PromiseRejectedResult[] {
  const rejected = settled.filter((each) => each.status === 'rejected')
  assert.equal(rejected.length, settled.length)
  return rejected
}

/** An upright picture as a camera stores it that was held as `orientation` (the EXIF tag, 1 to 8) says. */
function storedAs(orientation: number, upright: Buffer): Sharp {
  const image = sharp(upright)
  const turns: Record<number, Sharp> = {
    2: image.clone().flop(),
    3: image.clone().rotate(180),
    4: image.clone().flip(),
    5: image.clone().flop().rotate(270),
    6: image.clone().rotate(270),
    7: image.clone().flop().rotate(90),
    8: image.clone().rotate(90),
  }
  return turns[orientation] ?? image
}

function nearestQuarter(pixel: readonly number[]): string | undefined {
  const distance = (colour: readonly number[]): number =>
    colour.reduce((sum, value, index) => sum + (value - (pixel[index] ?? 0)) ** 2, 0)
  return Object.entries(QUARTER_COLOURS).toSorted(
    ([, a], [, b]) => distance(a) - distance(b),
  )[0]?.[0]
}
