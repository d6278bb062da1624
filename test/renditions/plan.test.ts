import assert from 'node:assert/strict'
import { MAX_BASE_PIXELS, planRequest } from '../../src/renditions/plan.ts'

const photo = { width: 6000, height: 4000 }
const box = (side: number, fmt = 'png') => ({ fmt, width: side, height: side })

describe('planRequest', () => {
  const bases = [
    {
      title: 'the largest of the standard renditions',
      sides: [48, 140, 319, 1280],
      base: [1280, 853],
    },
    { title: 'the size that two renditions share', sides: [400, 400], base: [400, 267] },
    { title: 'a shared size below the largest', sides: [1280, 1000, 1000], base: [1000, 667] },
    { title: 'nothing for a single rendition', sides: [1280], base: undefined },
    {
      title: 'nothing for two renditions of nearly one size',
      sides: [1280, 1000],
      base: undefined,
    },
    { title: 'the original size, of a photo', sides: [9000, 48], base: [6000, 4000] },
  ]
  for (const { title, sides, base } of bases) {
    it(`decodes to ${title}`, () => {
      const expected = base && { width: base[0], height: base[1] }
      const chosen = planRequest(
        photo,
        sides.map((side) => box(side)),
      ).base
      assert.deepEqual(chosen && { width: chosen.width, height: chosen.height }, expected)
    })
  }

  it('decodes to the largest rendition that is no burden on memory', () => {
    const panorama = { width: 20_000, height: MAX_BASE_PIXELS / 10_000 }
    const { base } = planRequest(panorama, [box(20_000), box(1000), box(48)])
    assert.equal(base?.width, 1000)
  })

  it('fails a rendition with bad instructions and plans the others', () => {
    const [good, bad, other] = planRequest(photo, [box(48), box(0), box(140)]).renditions
    assert.deepEqual([good?.ok, bad?.ok, other?.ok], [true, false, true])
  })

  it('refuses a rendition that its format cannot hold', () => {
    const [rendition] = planRequest({ width: 20_000, height: 100 }, [{ fmt: 'webp' }]).renditions
    assert.ok(rendition !== undefined && !rendition.ok)
    assert.equal(rendition.error.reason, 'RenditionFormatUnsupported')
    assert.match(rendition.error.message, /WebP .* 16383 pixels .* 20000 × 100/)
  })
})
