import assert from 'node:assert/strict'
import sharp from 'sharp'
import { findAttention } from '../../../src/engine/layers/attention.ts'
import { openLayerFile } from '../../../src/engine/layers/make-view.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

/** How far a part may be from where it should be, in parts of the picture: it is looked for in a small one. */
const NEAR = 0.02

describe('what of a picture draws attention', () => {
  const temporary = useTemporaryFolder()

  /** A grey picture of 1200 × 600 pixels with a square of stripes, which begins at `left`, `top`. */
  async function openStriped(left: number, top: number) {
    const stripes = Array.from(
      { length: 10 },
      (_, at) => `<rect x="${at * 20}" width="10" height="200" fill="#f22"/>`,
    )
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200">${stripes.join('')}</svg>`
    const path = temporary.pathTo(`${left}-${top}.png`)
    await sharp({ create: { width: 1200, height: 600, channels: 3, background: '#888' } })
      .composite([{ input: Buffer.from(svg), left, top }])
      .png()
      .toFile(path)
    return openLayerFile(
      { path, name: 'striped.png' },
      {
        folder: temporary.pathTo(''),
        maxPixels: 1e6,
        signal: new AbortController().signal,
        number: 1,
      },
    )
  }

  const places: [left: number, top: number][] = [
    [0, 200],
    [1000, 200],
    [500, 0],
  ]
  for (const [left, top] of places) {
    it(`is within a square part where stripes are at ${left},${top}`, async () => {
      const [part] = await findAttention(await openStriped(left, top), [{ width: 90, height: 90 }])
      assert.ok(part)
      assert.deepEqual([part.width, part.height, part.y], [0.5, 1, 0])
      assert.ok(part.x <= left / 1200 + NEAR, `it begins at ${part.x}`)
      assert.ok(part.x + part.width >= (left + 200) / 1200 - NEAR, `it begins at ${part.x}`)
    })
  }

  it('has each of the shapes, and as much of the picture as there is room for', async () => {
    const parts = await findAttention(await openStriped(500, 400), [
      { width: 1200, height: 600 },
      { width: 100, height: 400 },
      { width: 4000, height: 500 },
    ])
    assert.deepEqual(
      parts.map(({ width, height }) => [width, height]),
      [
        [1, 1],
        [0.125, 1],
        [1, 0.25],
      ],
    )
    const [, upright, flat] = parts
    assert.ok(upright && upright.x > 0.3 && upright.x < 0.6, `it begins at ${upright?.x}`)
    assert.ok(flat && flat.y > 0.5, `it begins at ${flat?.y}`)
    for (const { x, y, width, height } of parts) {
      assert.ok(x >= 0 && y >= 0 && x + width <= 1 && y + height <= 1)
    }
  })
})
