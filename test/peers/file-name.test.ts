import assert from 'node:assert/strict'
import { fileName } from '../../src/peers/file-name.ts'

describe('the name of a file that comes from a peer', () => {
  const names: [title: string, given: string, name: string][] = [
    ['is what comes after the last slash', '/etc/../a b.txt', 'a b.txt'],
    ['is what comes after the last backslash', 'C:\\a\\b.txt', 'b.txt'],
    ['has no control characters', 'a\r\n\0b\u0085.txt', 'ab.txt'],
    ['has nothing that turns what is written', 'a\u202Egpj.exe', 'agpj.exe'],
    ['keeps letters of any script', 'ü日本.png', 'ü日本.png'],
    ['may begin with a dot', '.profile', '.profile'],
    ['is another when nothing is left', 'a/', 'file'],
    ['is never a folder', 'a/..', 'file'],
    ['is never a folder, however it is written', '.\u200B.', 'file'],
    ['has no half characters', 'a\uD800.txt', 'a\uFFFD.txt'],
    ['is cut before its extension', `${'a'.repeat(300)}.txt`, `${'a'.repeat(251)}.txt`],
    ['is cut between characters', `${'é'.repeat(200)}.txt`, `${'é'.repeat(125)}.txt`],
  ]
  for (const [title, given, name] of names) {
    it(title, () => assert.equal(fileName(given), name))
  }
})
