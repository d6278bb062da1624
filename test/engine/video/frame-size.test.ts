import assert from 'node:assert/strict'
import { planFrame } from '../../../src/engine/video/frame-size.ts'

type Size = readonly [width: number, height: number]
type Wanted = Parameters<typeof planFrame>[1]

const shown = ([width, height]: Size, isSquare = true) => ({ width, height, isSquare })

describe('the size of the pictures of a video', () => {
  const RULES: [source: Size, wanted: Wanted, scale: Size | undefined, made: Size][] = [
    [[640, 360], {}, undefined, [640, 360]],
    // A public report: an odd size is no size of H.264.
    [[401, 301], {}, undefined, [400, 300]],
    [[1, 1], {}, [2, 2], [2, 2]],
    [[640, 360], { width: 320 }, [320, 180], [320, 180]],
    [[640, 360], { height: 90 }, [160, 90], [160, 90]],
    [[640, 360], { width: 100, height: 100 }, [100, 56], [100, 56]],
    [[640, 360], { width: 1280 }, undefined, [640, 360]],
    [[640, 360], { width: 333 }, [334, 188], [334, 188]],
    [[640, 360], { width: 1280, fit: 'scale' }, [1280, 720], [1280, 720]],
    [[640, 360], { width: 300, height: 300, fit: 'scale' }, [300, 300], [300, 300]],
    [[640, 360], { width: 300, height: 300, fit: 'crop' }, [534, 300], [300, 300]],
    [[640, 360], { width: 300, height: 300, fit: 'pad' }, [300, 168], [300, 300]],
    [[640, 360], { width: 1000, height: 1000, fit: 'pad' }, [1000, 562], [1000, 1000]],
    [[360, 640], { width: 101, height: 101, fit: 'pad' }, [56, 102], [102, 102]],
  ]
  for (const [source, wanted, scale, made] of RULES) {
    it(`is ${made.join(' × ')} for ${JSON.stringify(wanted)} of ${source.join(' × ')}`, () => {
      const planned = planFrame(shown(source), wanted, true)
      assert.deepEqual(planned.scale && Object.values(planned.scale), scale)
      assert.deepEqual(Object.values(planned.size), made)
    })
  }

  it('may be odd where colours have the full resolution', () => {
    assert.deepEqual(planFrame(shown([401, 301]), {}, false).crop, undefined)
    assert.deepEqual(planFrame(shown([400, 300]), { width: 101 }, false).size, {
      width: 101,
      height: 76,
    })
  })

  it('is made of square pixels where those of the source are none', () => {
    const planned = planFrame(shown([1024, 576], false), {}, true)
    assert.deepEqual(planned.scale, { width: 1024, height: 576 })
  })

  it('is cut or filled up to the box alone', () => {
    const box = { width: 300, height: 300 }
    const { crop, pad } = planFrame(shown([640, 360]), { ...box, fit: 'crop' }, true)
    assert.deepEqual([crop, pad], [box, undefined])
    assert.deepEqual(planFrame(shown([640, 360]), { ...box, fit: 'pad' }, true).pad, box)
  })
})
