import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { OperationError } from '../../../src/base/operation-error.ts'
import { makeBestThatFits } from '../../../src/engine/best-that-fits.ts'
import { difference, noise } from '../../support/pictures.ts'
import { startRenditions } from '../../support/rendering.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

describe('the best that fits', () => {
  const SIZES = [10, 20, 20, 40, 80]
  for (const [bytes, level] of [
    [80, 4],
    [79, 3],
    [40, 3],
    [39, 2],
    [20, 2],
    [19, 0],
    [10, 0],
  ] as const) {
    it(`is level ${level} of ${SIZES.join()} for ${bytes} bytes, and is what was made last`, async () => {
      let last = -1
      await makeBestThatFits(bytes, SIZES.length, async (each) => {
        last = each
        return SIZES[each] ?? 0
      })
      assert.equal(last, level)
    })
  }

  it('tells the least when nothing fits', async () => {
    await assert.rejects(
      makeBestThatFits(9, SIZES.length, async (level) => SIZES[level] ?? 0),
      (error) =>
        error instanceof OperationError &&
        error.code === 'size_unreachable' &&
        error.message.includes('10'),
    )
  })
})

describe('targetSize', () => {
  const folder = useTemporaryFolder()

  async function made(source: Buffer, instructions: object): Promise<Buffer> {
    const path = folder.pathTo('made')
    await writeFile(folder.pathTo('source'), source)
    await startRenditions(folder.pathTo('source'), [{ instructions: { ...instructions }, path }])[0]
    return readFile(path)
  }

  for (const fmt of ['jpg', 'webp', 'avif', 'png', 'gif']) {
    it(`makes a ${fmt} that fits, and the better the more there is room`, async () => {
      const source = await noise(160, 120).blur(1).png().toBuffer()
      const whole = await made(source, { fmt, quality: 100 })
      const [large, small] = [Math.round(whole.length * 0.8), Math.round(whole.length * 0.3)]
      const good = await made(source, { fmt, targetSize: large })
      const less = await made(source, { fmt, targetSize: small })
      assert.ok(good.length <= large, `${good.length} of ${large}`)
      assert.ok(less.length <= small, `${less.length} of ${small}`)
      assert.ok((await difference(good, source)) < (await difference(less, source)))
    })

    it(`fails for a ${fmt} that cannot be had so small, and says how small`, async () => {
      const source = await noise(60, 40).png().toBuffer()
      await assert.rejects(
        made(source, { fmt, targetSize: 20 }),
        /smallest that could be had has \d+/,
      )
    })
  }

  it('leaves a source that fits as it is where it is optimised', async () => {
    const source = await noise(60, 40).jpeg({ quality: 90 }).toBuffer()
    const same = await made(source, { fmt: 'jpg', optimize: 'web', targetSize: source.length })
    assert.ok(same.equals(source))
    const less = await made(source, { fmt: 'jpg', optimize: 'web', targetSize: source.length - 1 })
    assert.ok(less.length < source.length)
    assert.equal((await sharp(less).metadata()).width, 60)
  })
})
