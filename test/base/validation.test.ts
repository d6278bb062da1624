import assert from 'node:assert/strict'
import * as z from 'zod/mini'
import { check } from '../../src/base/validation.ts'

const text = z.string({ error: 'a text' }).check(z.regex(/^right$/, { error: 'the right text' }))

describe('a sentence about a wrong value', () => {
  for (const [what, value, sentence] of [
    ['says what it is', { bucket: 'b' }, 'bucket must be the right text, but it is "b".'],
    [
      'says no key that is mistyped',
      { private_key: '-----BEGIN PRIVATE KEY-----\nMIIE' },
      'private_key must be the right text, but it is something else.',
    ],
    [
      'says no password that is a number',
      { set_password: 4711 },
      'set_password must be a text, but it is something else.',
    ],
    [
      'says no key of a store',
      { secret_access_key: 'wrong' },
      'secret_access_key must be the right text, but it is something else.',
    ],
    [
      'says the name of a key, which is none',
      { access_key_id: 'wrong' },
      'access_key_id must be the right text, but it is "wrong".',
    ],
    [
      'says no member of headers',
      { headers: { 'X-Key': 'wrong' } },
      'headers.X-Key must be the right text, but it is something else.',
    ],
    [
      'says what kind of value a password is not',
      { password: {} },
      'password must be a text, but it is an object.',
    ],
    ['says that a password is missing', {}, 'password is missing; it must be a text.'],
  ] as const) {
    it(what, () => {
      const [name = 'password', member] = Object.entries(value)[0] ?? []
      const schema = z.object({ [name]: name === 'headers' ? z.record(z.string(), text) : text })
      const checked = check(schema, value)
      assert.equal(checked.ok ? member : checked.message, sentence)
    })
  }
})
