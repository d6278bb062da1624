import assert from 'node:assert/strict'
import { readPages } from '../../../src/engine/markup/read-pages.ts'
import { plainText } from '../../../src/engine/markup/rich-text.ts'

const LONG = 'a line that goes on to the margin of its page'

describe('paragraphs of the text of pages', () => {
  const cases: readonly (readonly [what: string, text: string, paragraphs: readonly string[]])[] = [
    [
      'go on where lines reach the margin',
      `Title\n${LONG}\n${LONG}\nend.\nnext`,
      ['Title', `${LONG} ${LONG} end.`, 'next'],
    ],
    ['are lines where all of them are short', 'a\nbb\nccc', ['a', 'bb', 'ccc']],
    ['end with their page', `${LONG}\n\n${LONG}`, [LONG, LONG]],
    ['are none where there is no text', '', []],
  ]
  for (const [what, text, paragraphs] of cases) {
    it(what, () => {
      const { blocks } = readPages(text)
      assert.deepEqual(
        blocks.map((block) => block.kind === 'paragraph' && plainText(block.content)),
        paragraphs,
      )
    })
  }
})
