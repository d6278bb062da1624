import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { createDraining } from '../../src/compose/draining.ts'
import { onlyFrontEnd } from '../../src/database/front-ends.ts'

describe('a front end that is asked to stop', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }))
  afterEach(() => mock.timers.reset())

  it('says so to the balancer and to the others, and goes on until they have heard it', async () => {
    const did: string[] = []
    const { signal: stopping } = new AbortController()
    const { signal, drain } = createDraining({
      frontEnds: { id: 'one', leave: async () => void did.push('left') },
      stopping,
    })
    assert.equal(signal.aborted, false)
    const drained = drain().then(() => did.push('drained'))
    assert.deepEqual([signal.aborted, stopping.aborted], [true, false])
    mock.timers.tick(4999)
    await new Promise((resolve) => setImmediate(resolve))
    assert.deepEqual(did, ['left'])
    mock.timers.tick(1)
    await drained
    assert.deepEqual(did, ['left', 'drained'])
  })

  it('stops at once where there is nobody else', async () => {
    const stopping = new AbortController()
    const { signal, drain } = createDraining({
      frontEnds: onlyFrontEnd(),
      stopping: stopping.signal,
    })
    await drain()
    assert.equal(signal.aborted, false)
    stopping.abort()
    assert.equal(signal.aborted, true)
  })
})
