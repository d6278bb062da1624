import assert from 'node:assert/strict'
import { stripVTControlCharacters } from 'node:util'
import stringWidth from 'string-width'
import { formatColumns } from '../../src/cli/text-table.ts'

describe('a table in a terminal', () => {
  it('is aligned by columns, whatever letters it has', () => {
    const names = ['a.jpg', '日本語の写真.jpg', '👩‍👩‍👧 party.png', 'cafe\u0301.webp', 'ﾊﾝｶｸ.gif']
    const lines = formatColumns(
      ['name', 'bytes'],
      names.map((name, index) => [name, String(10 ** index)]),
      1,
    ).map((line) => stripVTControlCharacters(line))
    const widths = new Set(lines.map((line) => stringWidth(line)))
    assert.deepEqual([...widths], [stringWidth('日本語の写真.jpg') + '  '.length + '10000'.length])
  })
})
