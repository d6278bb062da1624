import assert from 'node:assert/strict'
import { contentDisposition, toFileName } from '../../src/base/file-name.ts'

describe('the name of a file that somebody else has chosen', () => {
  const NAMES: [title: string, given: string, name: string | undefined][] = [
    ['is what comes after the last slash', '/etc/../a b.txt', 'a b.txt'],
    ['is what comes after the last backslash', 'C:\\a\\b.txt', 'b.txt'],
    ['has no blanks around it', ' a.jpg ', 'a.jpg'],
    ['has no control characters', 'a\r\n\0b\u0085.txt', 'ab.txt'],
    ['has nothing that turns what is written', 'a\u202Egpj.exe', 'agpj.exe'],
    ['keeps letters of any script', 'ü日本.png', 'ü日本.png'],
    ['may begin with a dot', '.profile', '.profile'],
    ['is none when nothing is left', 'a/', undefined],
    ['is none when it is empty', '', undefined],
    ['is never a folder', 'a/..', undefined],
    ['is never a folder, however it is written', '.\u200B.', undefined],
    ['has no half characters', 'a\uD800.txt', 'a\uFFFD.txt'],
    ['is cut before its extension', `${'a'.repeat(300)}.txt`, `${'a'.repeat(251)}.txt`],
    ['is cut between characters', `${'é'.repeat(200)}.txt`, `${'é'.repeat(125)}.txt`],
    [
      'is cut within what is too long for an extension',
      `a.${'x'.repeat(300)}`,
      `a.${'x'.repeat(253)}`,
    ],
  ]
  for (const [title, given, name] of NAMES) {
    it(title, () => assert.equal(toFileName(given), name))
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
