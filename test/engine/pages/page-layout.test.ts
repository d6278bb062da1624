import assert from 'node:assert/strict'
import { COLUMNS, LINES, layOutPage } from '../../../src/engine/pages/page-layout.ts'

describe('layOutPage', () => {
  const word = 'x'.repeat(30)
  const cases: { title: string; text: string; lines: string[] }[] = [
    { title: 'keeps lines that fit', text: 'One\nTwo\n', lines: ['One', 'Two'] },
    {
      title: 'breaks between words',
      text: `${word} ${word} ${word}`,
      lines: [`${word} ${word}`, word],
    },
    {
      title: 'breaks words that are longer than a line',
      text: 'x'.repeat(COLUMNS + 5),
      lines: ['x'.repeat(COLUMNS), 'xxxxx'],
    },
    { title: 'keeps one empty line of several', text: 'One\n\n\n\nTwo', lines: ['One', '', 'Two'] },
    { title: 'begins with what is not empty', text: '\n \n\nOne', lines: ['One'] },
    { title: 'turns tabs into spaces', text: 'a\tbc\td', lines: ['a       bc      d'] },
    {
      title: 'gives wide letters two columns',
      text: '字'.repeat(COLUMNS / 2 + 1),
      lines: ['字'.repeat(COLUMNS / 2), '字'],
    },
    { title: 'has no lines for nothing', text: '', lines: [] },
  ]
  for (const { title, text, lines } of cases) {
    it(title, () => assert.deepEqual(layOutPage(text), lines))
  }

  it('ends with the page', () => {
    assert.equal(layOutPage('line\n'.repeat(1000)).length, LINES)
    assert.equal(layOutPage('word '.repeat(100_000)).length, LINES)
  })
})
