import assert from 'node:assert/strict'
import { createSealing } from '../../src/home/sealing.ts'

describe('what is sealed', () => {
  const { seal, open } = createSealing('ab'.repeat(32))

  for (const text of ['', 'secret', '日本 \u0000 '.repeat(1000)]) {
    it(`of ${text.length} characters is read again, and differs each time`, () => {
      const sealed = seal(text)
      assert.equal(open(sealed), text)
      assert.notDeepEqual(seal(text), sealed)
      assert.ok(text === '' || !Buffer.from(sealed).includes(text))
    })
  }

  it('cannot be read with another key', () => {
    assert.throws(() => createSealing('cd'.repeat(32)).open(seal('secret')))
  })

  it('cannot be changed', () => {
    const sealed = Buffer.from(seal('secret'))
    for (const [index] of sealed.entries()) {
      const changed = Buffer.from(sealed)
      changed[index] = (changed[index] ?? 0) ^ 1
      assert.throws(() => open(changed))
    }
  })
})
