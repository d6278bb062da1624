import assert from 'node:assert/strict'
import { win32 } from 'node:path'
import * as fc from 'fast-check'
import { cleanPath, pathOfUrl } from '../../../src/engine/archive/paths.ts'

const long = 'x'.repeat(300)

describe('the path of a file in an archive', () => {
  const paths: [given: string, clean: string][] = [
    ['a.png', 'a.png'],
    ['photos/2024/a.png', 'photos/2024/a.png'],
    ['/etc/passwd', 'etc/passwd'],
    ['//server/share/a.png', 'server/share/a.png'],
    ['../../a.png', 'a.png'],
    ['photos/../a.png', 'a.png'],
    ['a/../../../b/./c.png', 'b/c.png'],
    ['./a.png', 'a.png'],
    ['a//b///c/', 'a/b/c'],
    ['photos\\2024\\a.png', 'photos/2024/a.png'],
    ['..\\..\\a.png', 'a.png'],
    ['C:\\Users\\a.png', 'Users/a.png'],
    ['c:a.png', 'a.png'],
    ['/C:/a.png', 'a.png'],
    ['\\\\?\\C:\\a.png', '_/C_/a.png'],
    ['a/c:/d.png', 'a/c_/d.png'],
    ['what?<now>:"a|b"*.png', 'what__now___a_b__.png'],
    ['a\u0000b\u001fc\u007fd\u0085.png', 'a_b_c_d_.png'],
    ['invoice\u202egnp.exe', 'invoice_gnp.exe'],
    ['CON', '_CON'],
    ['nul.txt', '_nul.txt'],
    ['a/Com1.tar.gz', 'a/_Com1.tar.gz'],
    ['LPT9 .png', '_LPT9 .png'],
    ['COM¹', '_COM¹'],
    ['console.log', 'console.log'],
    ['com10.txt', 'com10.txt'],
    ['a. . ./b.png ', 'a/b.png'],
    ['.../a', '_/a'],
    ['.hidden', '.hidden'],
    [' a.png', ' a.png'],
    ['e\u0301te\u0301.png', '\u00e9t\u00e9.png'],
    ['日本/☀.png', '日本/☀.png'],
    ['\ud800.png', '\ufffd.png'],
    ['', 'file'],
    ['/', 'file'],
    ['..', 'file'],
    ['a/..', 'file'],
    [`a/${long}.jpeg`, `a/${'x'.repeat(250)}.jpeg`],
    [long, 'x'.repeat(255)],
    [`é.${long}`, `é.${'x'.repeat(252)}`],
    [`${'日'.repeat(100)}.png`, `${'日'.repeat(83)}.png`],
    [`CON${' '.repeat(300)}x`, '_CON'],
  ]
  for (const [given, clean] of paths) {
    it(`is cleaned: ${JSON.stringify(given).slice(0, 60)}`, () => {
      assert.equal(cleanPath(given), clean)
    })
  }

  const urls: [url: string, path: string][] = [
    ['https://example.com/photos/a.png', 'a.png'],
    ['https://example.com/a.png?sig=secret&name=/b.png#c', 'a.png'],
    ['https://example.com/a%20b%C3%A9%E6%97%A5%F0%9F%98%80.png', 'a bé日😀.png'],
    ['https://example.com/100%.png', '100%.png'],
    ['https://example.com/a%FFb%zz%20%C3.png', 'a%FFb%zz %C3.png'],
    ['https://example.com/%ED%A0%80.png', '%ED%A0%80.png'],
    ['https://example.com/o/photos%2Fa.png', 'photos_a.png'],
    ['https://example.com/..%2F..%5Cetc', '.._.._etc'],
    ['https://example.com/%2e%2e', 'file'],
    ['https://example.com/a%3Ab', 'a_b'],
    ['https://example.com/', 'file'],
    ['https://example.com', 'file'],
    ['https://example.com/photos/', 'file'],
    ['data:image/png;base64,AAAA/BBBB', 'file'],
  ]
  for (const [url, path] of urls) {
    it(`is the name at the end of its URL: ${url}`, () => {
      assert.equal(pathOfUrl(url), path)
    })
  }

  const anyPath = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc
      .array(
        fc.constantFrom(
          '/',
          '\\',
          '..',
          '.',
          ' ',
          'C:',
          'con',
          'NUL',
          'é',
          '日',
          '\u0301',
          '\ud800',
          ':',
          'x',
          'y'.repeat(120),
        ),
        { maxLength: 30 },
      )
      .map((parts) => parts.join('')),
  )

  it('is relative and within the folder it is unpacked to, on every system', () => {
    fc.assert(
      fc.property(anyPath, (given) => {
        const path = cleanPath(given)
        const segments = path.split('/')
        assert.ok(path !== '' && !win32.isAbsolute(path) && !/^[a-z]:/i.test(path))
        assert.ok(!segments.includes('..') && !segments.includes('.') && !segments.includes(''))
        const target = win32.join('C:\\target', path)
        assert.ok(target.startsWith('C:\\target\\'))
        assert.equal(win32.relative('C:\\target', target), segments.join('\\'))
      }),
    )
  })

  it('has only names that every system takes', () => {
    fc.assert(
      fc.property(anyPath, (given) => {
        for (const segment of cleanPath(given).split('/')) {
          assert.doesNotMatch(segment, /[\p{Cc}<>:"|?*\\]|[. ]$/u)
          assert.doesNotMatch(segment, /^(con|prn|aux|nul|com\d|lpt\d) *(\.|$)/i)
          assert.ok(Buffer.byteLength(segment) <= 255 && segment.isWellFormed())
          assert.equal(segment, segment.normalize('NFC'))
        }
      }),
    )
  })

  it('is not changed by being cleaned again', () => {
    fc.assert(
      fc.property(anyPath, (given) => assert.equal(cleanPath(cleanPath(given)), cleanPath(given))),
    )
  })
})
