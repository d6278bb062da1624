import assert from 'node:assert/strict'
import { contentDisposition, toFileName } from '../../src/base/file-name.ts'

describe('the name of a file that somebody else has chosen', () => {
  const NAMES: [given: string, name: string | undefined][] = [
    ['photo.jpg', 'photo.jpg'],
    [' photo.jpg ', 'photo.jpg'],
    ['/etc/passwd', 'passwd'],
    ['..\\..\\boot.ini', 'boot.ini'],
    ['a/..', undefined],
    ['.', undefined],
    ['', undefined],
    ['folder/', undefined],
    ['a\u0000b\n.txt', 'ab.txt'],
    ['.htaccess', '.htaccess'],
    ['\ud800.txt', '\ufffd.txt'],
    [`${'é'.repeat(200)}.txt`, `${'é'.repeat(125)}.txt`],
    [`a.${'x'.repeat(300)}`, undefined],
  ]
  for (const [given, name] of NAMES) {
    it(`is ${JSON.stringify(name)?.slice(0, 30)} of ${JSON.stringify(given).slice(0, 30)}`, () => {
      assert.equal(toFileName(given), name)
    })
  }
})

describe('Content-Disposition', () => {
  const HEADERS: [name: string, header: string][] = [
    ['a b.pdf', 'attachment; filename="a b.pdf"'],
    [
      'say "hi".txt',
      `attachment; filename="say \\"hi\\".txt"; filename*=UTF-8''say%20%22hi%22.txt`,
    ],
    ['é(1).pdf', `attachment; filename="_(1).pdf"; filename*=UTF-8''%C3%A9%281%29.pdf`],
  ]
  for (const [name, header] of HEADERS) {
    it(`names ${name}`, () => {
      assert.equal(contentDisposition('attachment', name), header)
    })
  }
})
