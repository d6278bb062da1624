import assert from 'node:assert/strict'
import { readMediaType, typeOfName } from '../../src/sources/media-type.ts'

describe('a media type', () => {
  const rows: [given: unknown, type: string | undefined][] = [
    ['text/plain; charset=utf-8', 'text/plain'],
    ['Image/PNG', 'image/png'],
    ['application/octet-stream', undefined],
    ['text/html\r\nset-cookie: a', undefined],
    ['', undefined],
    [5, undefined],
  ]
  for (const [given, type] of rows) {
    it(`is read of ${JSON.stringify(given)}`, () => assert.equal(readMediaType(given), type))
  }

  it('is told by the name of a file', () => {
    const types = ['a.PNG', 'a.psd', 'a.docx', 'a.svg', 'a.unknown', 'a'].map(typeOfName)
    assert.deepEqual(types, [
      'image/png',
      'image/vnd.adobe.photoshop',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'image/svg+xml',
      'application/octet-stream',
      'application/octet-stream',
    ])
  })
})
