import assert from 'node:assert/strict'
import {
  fittingRatio,
  haveSameShape,
  LARGEST_RATIO,
  limitRatio,
  nextRatio,
  placeView,
  zoomView,
} from '../../../page/elements/zoom.ts'

const STAGE = { width: 400, height: 300, density: 1 }
const WIDE = { width: 1600, height: 600 }

describe('Zooming', () => {
  it('fits a picture by the side that has less room', () => {
    assert.equal(fittingRatio(WIDE, STAGE, 1), 0.25)
    assert.equal(fittingRatio({ width: 600, height: 1200 }, STAGE, 1), 0.25)
  })

  it('does not enlarge a small picture to fit', () => {
    assert.equal(fittingRatio({ width: 40, height: 30 }, STAGE, 1), 1)
  })

  it('counts pixels of the screen, not of CSS', () => {
    assert.equal(fittingRatio(WIDE, { ...STAGE, density: 2 }, 1), 0.5)
    const { x, y } = placeView(
      { ratio: 1, x: 0, y: 0 },
      { width: 101, height: 101 },
      { ...STAGE, density: 2 },
    )
    assert.deepEqual([x, y], [175, 125])
  })

  it('keeps a picture that is smaller than the stage in the middle', () => {
    assert.deepEqual(placeView({ ratio: 0.25, x: -99, y: 99 }, WIDE, STAGE), {
      ratio: 0.25,
      x: 0,
      y: 75,
    })
  })

  it('does not let the edges of a larger one into the stage', () => {
    assert.deepEqual(placeView({ ratio: 1, x: 10, y: 10 }, WIDE, STAGE), { ratio: 1, x: 0, y: 0 })
    assert.deepEqual(placeView({ ratio: 1, x: -5000, y: -5000 }, WIDE, STAGE), {
      ratio: 1,
      x: -1200,
      y: -300,
    })
  })

  it('keeps in place what is zoomed at', () => {
    const point = { x: 120, y: 80 }
    const view = { ratio: 0.5, x: -100, y: -40 }
    const zoomed = zoomView(view, 2, point)
    const seen = ({ ratio, x, y }: typeof view) => [(point.x - x) / ratio, (point.y - y) / ratio]
    assert.deepEqual(seen(zoomed), seen(view))
  })

  it('goes by usual steps, from wherever it is', () => {
    assert.equal(nextRatio(0.4, 'in', 0.1), 0.5)
    assert.equal(nextRatio(0.4, 'out', 0.1), 1 / 3)
    assert.equal(nextRatio(0.999, 'in', 0.1), 1.5)
    assert.equal(nextRatio(8, 'in', 0.1), LARGEST_RATIO)
  })

  it('goes out no further than all of the picture, and a small one at its size', () => {
    assert.equal(nextRatio(0.5, 'out', 0.4), 0.4)
    assert.equal(limitRatio(0.01, 0.4), 0.4)
    assert.equal(limitRatio(0.01, 5), 1)
  })

  it('tells shapes apart, but not by what rounding makes of them', () => {
    assert.equal(haveSameShape({ width: 2400, height: 1600 }, { width: 48, height: 32 }), true)
    assert.equal(haveSameShape({ width: 2400, height: 1600 }, { width: 319, height: 213 }), true)
    assert.equal(haveSameShape({ width: 2400, height: 1600 }, { width: 200, height: 200 }), false)
  })
})
