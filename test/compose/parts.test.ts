import assert from 'node:assert/strict'
import type { Part } from '../../src/base/part.ts'
import { createParts } from '../../src/compose/parts.ts'

describe('the parts of a service', () => {
  let did: string[]
  beforeEach(() => {
    did = []
  })

  function part(name: string, more: Part = {}): Part {
    return {
      start: () => void did.push(`start ${name}`),
      pause: () => void did.push(`pause ${name}`),
      finish: (graceMs) => void did.push(`finish ${name} ${graceMs}`),
      close: () => void did.push(`close ${name}`),
      ...more,
    }
  }

  it('start in their order, pause and close in the reverse of it, and finish in between', async () => {
    const parts = createParts()
    parts.add(part('a'))
    parts.add({})
    parts.add(part('b'))
    await parts.start()
    await parts.stop(5)
    assert.deepEqual(did, [
      'start a',
      'start b',
      'pause b',
      'pause a',
      'finish a 5',
      'finish b 5',
      'close b',
      'close a',
    ])
  })

  it('are closed, all of them, although one fails', async () => {
    const parts = createParts()
    parts.add(part('a'))
    parts.add(part('b', { finish: () => Promise.reject(new Error('b is stuck')) }))
    await assert.rejects(parts.stop(0), { message: 'b is stuck' })
    assert.deepEqual(did, ['pause b', 'pause a', 'finish a 0', 'close b', 'close a'])
  })

  it('that were opened are closed in the reverse order when the service cannot start', async () => {
    const parts = createParts()
    parts.add(part('a'))
    parts.add(part('b'))
    await parts.unwind()
    assert.deepEqual(did, ['close b', 'close a'])
  })
})
