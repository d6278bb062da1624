import assert from 'node:assert/strict'
import { SaxesParser } from 'saxes'
import { escapeXml } from '../../src/base/xml.ts'

/** What a reader of XML has of an attribute and of the content of its element. */
function readBack(text: string): { attribute: string; content: string } {
  const read = { attribute: '', content: '' }
  const parser = new SaxesParser()
  parser.on('opentag', ({ attributes }) => {
    read.attribute = attributes['a'] ?? ''
  })
  parser.on('text', (piece) => {
    read.content += piece
  })
  const escaped = escapeXml(text)
  parser.write(`<e a="${escaped}">${escaped}</e>`).close()
  return read
}

describe('escapeXml', () => {
  const kept = [
    'a & b',
    '<b>',
    ']]>',
    `"it's"`,
    'a\tb',
    'one\ntwo',
    'one\r\ntwo',
    'ä 漢 😀',
    '&amp;',
    '',
  ]
  for (const text of kept) {
    it(`has a reader read ${JSON.stringify(text)} again`, () => {
      assert.deepEqual(readBack(text), { attribute: text, content: text })
    })
  }

  const changed: [what: string, text: string, read: string][] = [
    ['leaves out what XML cannot write', 'a\u0000b\u0008c\uffffd', 'abcd'],
    ['replaces half of a surrogate pair', 'a\ud83db', 'a\ufffdb'],
  ]
  for (const [what, text, read] of changed) {
    it(what, () => {
      assert.deepEqual(readBack(text), { attribute: read, content: read })
    })
  }
})
