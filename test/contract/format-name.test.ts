import assert from 'node:assert/strict'
import { isFormatName } from '../../src/contract/format-name.ts'

describe('a fmt', () => {
  const names = ['png', 'PNG', ' jpeg ', 'tar.gz', 'machine-metadata-json', 'x_1', '7z', 'svg+xml']
  for (const name of names) {
    it(`can be ${JSON.stringify(name)}`, () => assert.ok(isFormatName(name)))
  }

  const others = [
    '',
    ' ',
    '.png',
    'png.',
    'a..b',
    '../png',
    'x/../png',
    'x\\..\\png',
    'C:png',
    'png\0',
    'p ng',
    'png\n/etc',
    '%2e%2e%2fpng',
    '．．／png',
    'a'.repeat(65),
  ]
  for (const other of others) {
    it(`cannot be ${JSON.stringify(other.slice(0, 20))}`, () => assert.ok(!isFormatName(other)))
  }
})
