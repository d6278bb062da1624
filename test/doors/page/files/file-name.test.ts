import assert from 'node:assert/strict'
import { cleanFileName, uniqueNames } from '../../../../src/doors/page/files/file-name.ts'

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
})
