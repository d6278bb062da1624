import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { JSON_LINES } from '../../../page/copy-as/bash-json.ts'

/** Documents, and what is read of each: a path, and the value there. */
const READ: readonly { title: string; value: unknown; path: string; says: string }[] = [
  { title: 'a text', value: { a: 'b' }, path: '.a', says: 'b' },
  { title: 'a number', value: { a: { b: [1, 2, 3.5] } }, path: '.a.b[2]', says: '3.5' },
  { title: 'null', value: [{}, [], { a: null }], path: '[2].a', says: 'null' },
  { title: 'an empty text', value: { a: '', b: '' }, path: '.a', says: '' },
  { title: 'quotes and backslashes', value: { a: '"\\"\\\\' }, path: '.a', says: '"\\"\\\\' },
  { title: 'a text that ends with one', value: { a: 'b\\', c: 'd' }, path: '.c', says: 'd' },
  { title: 'what looks like JSON', value: { a: '{"b": ["c"]}', b: 'd' }, path: '.b', says: 'd' },
  { title: 'line breaks', value: { a: 'b\nc\td' }, path: '.a', says: 'b c d' },
  {
    title: 'what the shell would read',
    value: { a: '$(id)`id`$HOME*' },
    path: '.a',
    says: '$(id)`id`$HOME*',
  },
  { title: 'other alphabets', value: { a: 'ä🦊' }, path: '.a', says: 'ä🦊' },
  {
    title: 'a member of a later element',
    value: [{ a: [1] }, { a: [{ b: 'c' }] }],
    path: '[1].a[0].b',
    says: 'c',
  },
  { title: 'much', value: { a: 'x'.repeat(500_000), b: 'c' }, path: '.b', says: 'c' },
]

describe('JSON that a copied snippet reads without a program for it', () => {
  for (const { title, value, path, says } of READ) {
    for (const [how, indent] of [
      ['in one line', 0],
      ['in many', 2],
    ] as const) {
      it(`is right where there is ${title}, ${how}`, () => {
        const script = `${JSON_LINES}\nset -feuo pipefail\nvalue "$1"`
        const input = JSON.stringify(value, undefined, indent)
        const said = execFileSync('bash', ['-c', script, 'bash', path], { input, encoding: 'utf8' })
        assert.equal(said, `${says}\n`)
      })
    }
  }
})
