import assert from 'node:assert/strict'
import {
  cleanFileName,
  readMediaType,
  typeOfName,
  uniqueNames,
} from '../../../src/devtool/files/file-name.ts'

describe('the name of a file', () => {
  const rows: [given: string, name: string | undefined][] = [
    ['photo.jpg', 'photo.jpg'],
    ['/etc/passwd', 'passwd'],
    ['C:\\pictures\\photo.jpg', 'photo.jpg'],
    ['../../photo.jpg', 'photo.jpg'],
    ['new\nline\u0000.png', 'newline.png'],
    ['größe 1.png', 'größe 1.png'],
    [`${'ü'.repeat(200)}.png`, `${'ü'.repeat(125)}.png`],
    ['😀'.repeat(100), '😀'.repeat(63)],
    ['lone \ud800.png', 'lone \ufffd.png'],
    ['', undefined],
    ['..', undefined],
    ['a/', undefined],
    ['\u0007', undefined],
  ]
  for (const [given, name] of rows) {
    it(`is made of ${JSON.stringify(given.slice(0, 30))}`, () => {
      assert.equal(cleanFileName(given), name)
    })
  }

  it('is changed when another file has it', () => {
    assert.deepEqual(uniqueNames(['a.png', 'A.png', 'a-2.png', 'a.png', 'a']), [
      'a.png',
      'A-2.png',
      'a-2-2.png',
      'a-3.png',
      'a',
    ])
  })

  it('tells its type', () => {
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
})
