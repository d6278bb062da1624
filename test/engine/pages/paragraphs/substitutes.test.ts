import assert from 'node:assert/strict'
import { createPageFonts } from '../../../../src/engine/pages/paragraphs/page-fonts.ts'
import { setParagraphs } from '../../../../src/engine/pages/paragraphs/set-paragraphs.ts'
import { paragraph, run } from '../page-parts.ts'

describe('fonts that are not there', () => {
  const fonts = createPageFonts([])

  function measure(font: string): { width: number; height: number; size: number } {
    const text = 'The quick brown fox jumps over the lazy dog.'
    const runs = [run(text, { font, size: 100 })]
    const { lines, widest } = setParagraphs([paragraph('', { runs })], { width: undefined, fonts })
    const [mark] = lines[0]?.marks ?? []
    const size = mark?.kind === 'text' ? mark.size.y : 0
    return { width: Math.round(widest), height: Math.round(lines[0]?.height ?? 0), size }
  }

  it('are replaced by letters of a size that makes lines as long, and lines as high', () => {
    const arial = measure('Arial')
    const calibri = measure('Calibri')
    assert.deepEqual([arial.size, calibri.size, calibri.height], [100, 91.7, 122])
    assert.ok(Math.abs(calibri.width / arial.width - 0.917) < 0.001)
  })

  it('are known by their names in any letters, and by nothing that every object has', () => {
    assert.deepEqual(measure(' CALIBRI '), measure('Calibri'))
    assert.deepEqual(measure('constructor'), measure('Arial'))
    assert.deepEqual(measure('Some Serif'), measure('Times New Roman'))
  })
})
