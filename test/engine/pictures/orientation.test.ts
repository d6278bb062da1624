import assert from 'node:assert/strict'
import sharp, { type Sharp } from 'sharp'
import {
  type Orientation,
  toOrientation,
  toStoredRegion,
  turnSize,
  turnUpright,
} from '../../../src/engine/pictures/dimensions.ts'
import { difference, noise } from '../../support/pictures.ts'

const ORIENTATIONS: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8]
const upright = { width: 30, height: 20 }

describe('orientation', () => {
  for (const orientation of ORIENTATIONS) {
    it(`${orientation} is turned as libvips turns it`, async () => {
      const stored = await storedAs(orientation)
      const tagged = await sharp(stored).withMetadata({ orientation }).tiff().toBuffer()
      const expected = await sharp(tagged).autoOrient().png().toBuffer()
      const actual = await turnUpright(sharp(tagged), orientation).png().toBuffer()
      assert.equal(await difference(actual, expected), 0)
    })

    it(`${orientation} finds a region of the upright picture in the stored one`, async () => {
      const region = { left: 3, top: 5, width: 11, height: 7 }
      const stored = sharp(await storedAs(orientation))
      const part = stored.extract(toStoredRegion(region, upright, orientation))
      const actual = await turnUpright(sharp(await part.png().toBuffer()), orientation)
        .png()
        .toBuffer()
      const expected = await picture().extract(region).png().toBuffer()
      assert.equal(await difference(actual, expected), 0)
    })

    it(`${orientation} ${orientation > 4 ? 'swaps' : 'keeps'} width and height`, () => {
      const turned = orientation > 4 ? { width: 20, height: 30 } : upright
      assert.deepEqual(turnSize(upright, orientation), turned)
    })
  }

  for (const tag of [undefined, 0, 9, 1.5]) {
    it(`is upright when the tag is ${tag}`, () => {
      assert.equal(toOrientation(tag), 1)
    })
  }
})

function picture(): Sharp {
  return noise(upright.width, upright.height)
}

/** How a camera stores the picture that was held so. */
async function storedAs(orientation: Orientation): Promise<Buffer> {
  const image = picture()
  const turns: Record<Orientation, Sharp> = {
    1: image,
    2: image.clone().flop(),
    3: image.clone().rotate(180),
    4: image.clone().flip(),
    5: image.clone().flop().rotate(270),
    6: image.clone().rotate(270),
    7: image.clone().flop().rotate(90),
    8: image.clone().rotate(90),
  }
  return turns[orientation].png().toBuffer()
}
