import assert from 'node:assert/strict'
import sharp from 'sharp'
import { enlarge } from '../../../src/engine/pictures/enlarge.ts'
import { noise } from '../../support/pictures.ts'

describe('enlarge', () => {
  const sizes = [
    { to: [480, 320], title: 'to twice the size' },
    { to: [245, 163], title: 'by a little' },
    { to: [1000, 160], title: 'in width alone' },
    { to: [240, 700], title: 'in height alone' },
    { to: [240, 160], title: 'by nothing' },
  ] as const
  for (const { to, title } of sizes) {
    const [width, height] = to

    it(`has the size that was asked for, ${title}`, async () => {
      const enlarged = await enlarge(
        noise(240, 160),
        { left: 0, top: 0, width: 240, height: 160 },
        { width, height },
      )
      const { info } = await enlarged.raw().toBuffer({ resolveWithObject: true })
      assert.deepEqual([info.width, info.height], [width, height])
    })

    it(`stays where it is, ${title}: mirrored before is mirrored after`, async () => {
      const from = { left: 0, top: 0, width: 240, height: 160 }
      const picture = await noise(240, 160).flip().flop().png().toBuffer()
      const one = await (await enlarge(sharp(picture), from, { width, height })).raw().toBuffer()
      const enlarged = await enlarge(noise(240, 160), from, { width, height })
      const mirrored = await sharp(await enlarged.png().toBuffer())
        .flip()
        .flop()
        .raw()
        .toBuffer()
      const off = one.reduce(
        (most, value, at) => Math.max(most, Math.abs(value - (mirrored[at] ?? 0))),
        0,
      )
      assert.ok(off <= 4, `${off} of 255`)
    })
  }

  it('enlarges a part that begins and ends within pixels', async () => {
    const pixels = Buffer.from([0, 60, 120, 180, 240, 255])
    const ramp = sharp(pixels, { raw: { width: 6, height: 1, channels: 1 } })
    const part = { left: 0.5, top: 0, width: 4, height: 1 }
    const enlarged = await enlarge(ramp, part, { width: 40, height: 10 })
    const row = await enlarged.toColourspace('b-w').raw().toBuffer()
    // From the middle of the first pixel to that of the fifth the ramp climbs 6 with each of the forty.
    for (const x of [10, 15, 20, 25]) {
      const value = row[x] ?? 0
      assert.ok(Math.abs(value - (x * 6 + 3)) <= 2, `${value} at ${x}`)
    }
  })

  it('repeats the edges', async () => {
    const white = sharp({ create: { width: 5, height: 4, channels: 3, background: 'white' } })
    const enlarged = await enlarge(
      white,
      { left: 0, top: 0, width: 5, height: 4 },
      { width: 17, height: 13 },
    )
    assert.ok((await enlarged.raw().toBuffer()).every((value) => value === 255))
  })
})
