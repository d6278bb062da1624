import assert from 'node:assert/strict'
import { setImmediate as turn } from 'node:timers/promises'
import { createNamespace } from '../../../src/base/required/namespaces.ts'

describe('what an activation keeps', () => {
  it('is there for all that it sets off, and for no other activation', async () => {
    const kept = createNamespace()
    const activate = (name: string): Promise<unknown> =>
      kept.runAndReturn(async () => {
        kept.set('name', name)
        await turn()
        return Promise.all([kept.get('name'), turn().then(() => kept.get('name'))])
      })
    assert.deepEqual(await Promise.all(['one', 'two'].map(activate)), [
      ['one', 'one'],
      ['two', 'two'],
    ])
    assert.equal(kept.get('name'), undefined)
  })

  it('is known within, and what is kept there is not kept without', () => {
    const kept = createNamespace()
    kept.runAndReturn(() => {
      kept.set('name', 'outer')
      kept.runAndReturn(() => {
        assert.equal(kept.get('name'), 'outer')
        kept.set('name', 'inner')
      })
      assert.equal(kept.get('name'), 'outer')
    })
  })

  it('is nothing outside of one', () => {
    const kept = createNamespace()
    assert.equal(kept.active, null)
    assert.throws(() => kept.set('name', 'value'), {
      message: 'Nothing is kept outside of an activation',
    })
    assert.deepEqual(
      kept.runAndReturn(() => kept.active),
      {},
    )
  })
})
