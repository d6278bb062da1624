import assert from 'node:assert/strict'
import { setImmediate as turn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createEnding } from '../../src/base/ending.ts'

const never = new Promise<never>(() => undefined)

describe('an ending', () => {
  it('lets work settle as it does', async () => {
    const { unless } = createEnding()
    assert.equal(await unless(Promise.resolve('done')), 'done')
    await assert.rejects(unless(Promise.reject(new Error('failed'))), /failed/)
  })

  it('rejects what is under way, and what comes later, with its first reason', async () => {
    const { end, unless } = createEnding()
    const under = [unless(never), unless(never)]
    end(new Error('gone'))
    end(new Error('gone again'))
    for (const work of [...under, unless(never), unless(Promise.resolve('late'))])
      await assert.rejects(work, /^Error: gone$/)
  })

  it('keeps nothing of what was done', async () => {
    setFlagsFromString('--expose-gc')
    const { unless } = createEnding()
    const chunk = new WeakRef(await unless(Promise.resolve({})))
    await turn()
    runInNewContext('gc')()
    assert.equal(chunk.deref(), undefined)
    await unless(Promise.resolve())
  })
})
