import assert from 'node:assert/strict'
import { readText } from '../../../src/image-serving/text/read-text.ts'

describe('what is said of a text beside it', () => {
  for (const [attributes, resolution, fitted, breaks] of [
    [undefined, 72, false, 'anywhere'],
    ['150', 150, false, 'anywhere'],
    ['150,norm,fixedRes,wrap', 150, false, 'anywhere'],
    ['150,norm,maxRes', 150, true, 'anywhere'],
    ['150,,autores,nbWrap', 150, true, 'between words'],
    [',norm,maxRes,noWrap', 72, true, 'never'],
  ] as const) {
    it(`is read from textAttr=${attributes ?? '(nothing)'}`, () => {
      const text = readText(
        new Map(
          [['text', String.raw`\vertalc a`] as const, ['textAttr', attributes] as const].filter(
            ([, value]) => value !== undefined,
          ),
        ),
      )
      const said = [text.resolution, text.fitted, text.breaks]
      assert.deepEqual(said, [resolution, fitted, breaks])
      assert.deepEqual([text.vertical, text.paragraphs[0]?.runs[0]?.text], ['middle', 'a'])
    })
  }
})
