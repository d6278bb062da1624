import assert from 'node:assert/strict'
import type { CaptureOptions } from '../../../src/engine/capture/capture-options.ts'
import { toClip, toViewport } from '../../../src/engine/capture/viewport.ts'

describe('the window of a page that becomes a picture', () => {
  const cases: [title: string, options: Partial<CaptureOptions>, expected: number[]][] = [
    ['is that of a laptop', {}, [1280, 800, 1]],
    ['is as large as paper', { pageFormat: 'a4' }, [794, 1123, 1]],
    ['lies across', { pageFormat: 'a4', pageOrientation: 'landscape' }, [1123, 794, 1]],
    ['is so many centimetres wide', { pageWidth: 25.4 }, [960, 800, 1]],
    ['shows less when what it shows is larger', { zoom: 2 }, [640, 400, 2]],
    ['shows more when that is smaller', { zoom: 0.5 }, [2560, 1600, 0.5]],
  ]
  for (const [title, options, expected] of cases) {
    it(title, () => {
      const { width, height, scale } = toViewport({ format: 'png', ...options })
      assert.deepEqual([width, height, scale], expected)
    })
  }

  const VIEWPORT = { width: 1000, height: 500, scale: 2 }
  const clips: [title: string, page: { width: number; height: number }, expected: number[]][] = [
    ['no less than the window', { width: 10, height: 10 }, [1000, 500]],
    ['all of the page', { width: 1200, height: 3000 }, [1200, 3000]],
    ['no more than a picture may have', { width: 1000, height: 9999 }, [1000, 4000]],
  ]
  for (const [title, page, expected] of clips) {
    it(`is drawn with ${title}`, () => {
      const { x, y, width, height } = toClip(page, VIEWPORT, 8000)
      assert.deepEqual([x, y, width, height], [0, 0, ...expected])
    })
  }
})
