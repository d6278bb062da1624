import assert from 'node:assert/strict'
import { createEntryNames } from '../../../../src/doors/scene7/ips/exports/entry-names.ts'
import { HOSTILE_NAMES } from './hostile-names.ts'

describe('the names in the ZIP of an export', () => {
  const given: [names: readonly string[], entries: readonly string[]][] = [
    [
      ['shoe.jpg', 'shoe.jpg', 'SHOE.JPG', 'shoe-2.jpg'],
      ['shoe.jpg', 'shoe-2.jpg', 'SHOE-3.JPG', 'shoe-2-2.jpg'],
    ],
    [
      ['straße.jpg', 'STRASSE.jpg', 'ſhoe', 'shoe', '\u212a', 'k'],
      ['straße.jpg', 'STRASSE-2.jpg', 'ſhoe', 'shoe-2', '\u212a'.normalize('NFC'), 'k-2'],
    ],
    // Composed, and in pieces.
    [
      ['\u00e4.jpg', 'a\u0308.jpg'],
      ['\u00e4.jpg', '\u00e4-2.jpg'],
    ],
    [
      ['../../etc/passwd', '/etc/passwd', 'C:\\x', 'C:x', '..', '.', ''],
      ['.._.._etc_passwd', '_etc_passwd', '_x', 'x', 'file', 'file-2', 'file-3'],
    ],
    [
      ['con', 'NUL.txt', 'com1.jpg', 'lpt³'],
      ['_con', '_NUL.txt', '_com1.jpg', '_lpt³'],
    ],
    [
      ['a.', 'a ', 'a. .', 'a\0b', 'a\nb'],
      ['a', 'a-2', 'a-3', 'a_b', 'a_b-2'],
    ],
  ]
  for (const [names, entries] of given) {
    it(`are ${JSON.stringify(entries)} of ${JSON.stringify(names)}`, () => {
      assert.deepEqual(names.map(createEntryNames()), entries)
    })
  }

  it('are numbered even where there is no room for a number', () => {
    const [first = '', second = '', third = ''] = ['x', 'ä', '😀'].map((letter) => {
      const nameEntry = createEntryNames()
      const name = `${letter.repeat(400)}.png`
      return [nameEntry(name), nameEntry(name), nameEntry(name)]
    })
    for (const names of [first, second, third]) {
      assert.equal(new Set(names).size, 3)
      for (const name of names) {
        assert.ok(Buffer.byteLength(name) <= 255)
        assert.ok(name.endsWith('.png') && name.isWellFormed(), name)
      }
    }
  })

  it('are found at once for ten thousand assets of one name', () => {
    const nameEntry = createEntryNames()
    const names = Array.from({ length: 10_000 }, () => nameEntry('shoe.jpg'))
    assert.equal(new Set(names).size, 10_000)
    assert.equal(names.at(-1), 'shoe-10000.jpg')
  })

  it('stay in the folder that they are unpacked to, on every system', () => {
    const names = HOSTILE_NAMES.map(createEntryNames())
    assert.equal(
      new Set(names.map((name) => name.normalize('NFKC').toUpperCase())).size,
      names.length,
    )
    for (const name of names) {
      assert.ok(name !== '' && name !== '.' && name !== '..')
      assert.doesNotMatch(name, /[/\\:*?"<>|\p{Cc}\u202a-\u202e\u2066-\u2069]/u)
      assert.doesNotMatch(name, /[. ]$/)
      assert.doesNotMatch(name, /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i)
      assert.ok(Buffer.byteLength(name) <= 255)
    }
  })
})
