import assert from 'node:assert/strict'
import { hideLocalPaths } from '../../src/base/local-paths.ts'

describe('a local path in a sentence', () => {
  const cases: [text: string, expected: string][] = [
    [
      "ENOENT: no such file, open '/tmp/home/work/1/source.png'",
      "ENOENT: no such file, open 'source.png'",
    ],
    ['too large: file:///tmp/work/rendition0.png', 'too large: rendition0.png'],
    ['It is (/etc/x/y.conf) that is read.', 'It is (y.conf) that is read.'],
    ['It is in /tmp/a.png.', 'It is in a.png.'],
  ]
  for (const [text, expected] of cases) {
    it(`leaves the name of the file: ${text}`, () => assert.equal(hideLocalPaths(text), expected))
  }

  const others = [
    'There is nothing at GET /v2/jobs.',
    'the worker https://localhost/tmp/worker did not answer: read ECONNRESET',
    'a/tmp/b or ../tmp/c',
    '12/31 of image/png',
  ]
  for (const text of others) {
    it(`is none in: ${text}`, () => assert.equal(hideLocalPaths(text), text))
  }
})
