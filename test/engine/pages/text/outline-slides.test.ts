import assert from 'node:assert/strict'
import type { Block } from '../../../../src/engine/markup/rich-text.ts'
import { createPageFonts } from '../../../../src/engine/pages/paragraphs/page-fonts.ts'
import { layOutOutline } from '../../../../src/engine/pages/text/outline-slides.ts'
import { linesOf } from '../slides/presentation.ts'

function block(kind: 'paragraph' | 'heading', text: string): Block {
  const content = [{ kind: 'text' as const, text, marks: [] }]
  return kind === 'heading'
    ? { kind, level: 2, content, direction: undefined }
    : { kind, content, direction: undefined }
}

describe('slides of which only the text is known', function () {
  this.timeout(60_000)
  const fonts = createPageFonts([])

  /** The lines of each slide, and how large their letters are. */
  function slidesOf(
    blocks: readonly Block[],
    count = 10,
  ): (readonly [text: string, size: number])[][] {
    return layOutOutline(blocks, { fonts, count }).map((page) => {
      assert.deepEqual([page.width, page.height], [720, 540])
      return linesOf(page).map(({ text, size }) => [text, Math.round(size)])
    })
  }

  it('are a page each, with the title above', () => {
    assert.deepEqual(
      slidesOf([
        block('heading', 'Harbours'),
        block('paragraph', 'Of the north'),
        block('heading', 'Ships'),
      ]),
      [
        [
          ['Harbours', 44],
          ['Ofthenorth', 24],
        ],
        [['Ships', 44]],
      ],
    )
  })

  it('are called after what is first on them where they have but a number', () => {
    assert.deepEqual(slidesOf([block('heading', 'Slide 1'), block('paragraph', 'Harbours')]), [
      [['Harbours', 44]],
    ])
  })

  it('have letters as large as fit, and are one page in any case', () => {
    const long = Array.from({ length: 18 }, (_, index) => block('paragraph', `line ${index}`))
    const [fitted] = slidesOf([block('heading', 'Much'), ...long])
    assert.equal(fitted?.length, 19)
    assert.ok((fitted?.[1]?.[1] ?? 24) < 24)
    const longer = Array.from({ length: 400 }, (_, index) => block('paragraph', `line ${index}`))
    assert.equal(slidesOf([block('heading', 'Too much'), ...longer]).length, 1)
  })

  it('are as many as are asked for', () => {
    assert.equal(slidesOf([block('heading', 'A'), block('heading', 'B')], 1).length, 1)
  })
})
