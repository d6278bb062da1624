import assert from 'node:assert/strict'
import { tellUnreadPages } from '../../../src/engine/pdf/text/unread-pages.ts'

describe('what is told of pages that could not be read', () => {
  const cases: Record<string, readonly [Parameters<typeof tellUnreadPages>[0], readonly string[]]> =
    {
      'nothing of none': [{ damaged: [], garbled: [] }, []],
      'which one it is': [
        { damaged: [2], garbled: [] },
        ['Page 2 is damaged, so that there is no text of it.'],
      ],
      'which they are, and how many more, for each reason': [
        { damaged: [2, 3], garbled: [4, 5, 6, 7, 8, 9, 10] },
        [
          'Pages 2, 3 are damaged, so that there is no text of them.',
          'Pages 4, 5, 6, 7, 8 and 2 more are written with fonts that do not say which letters they have, so that the text is partly wrong of them.',
        ],
      ],
    }
  for (const [what, [pages, sentences]] of Object.entries(cases)) {
    it(`is ${what}`, () => {
      assert.deepEqual(tellUnreadPages(pages), sentences)
    })
  }
})
