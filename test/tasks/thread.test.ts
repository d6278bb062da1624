import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { createThread } from '../../src/tasks/thread.ts'
import type { countForever } from './counting-thread.ts'
import type { tellThread } from './telling-thread.ts'

const createTelling = () =>
  createThread<typeof tellThread>({
    module: new URL('./telling-thread.ts', import.meta.url),
    longestMs: 5000,
    mostHeldBytes: 1e9,
  })

describe('createThread', function () {
  this.timeout(300_000)

  it('has all tasks done in one thread, which is another than this', async () => {
    const { run } = createTelling()
    const told = await Promise.all(['a', 'b'].map((name) => run({ name })))
    assert.deepEqual(
      told.map((each) => each?.name),
      ['a', 'b'],
    )
    assert.equal(told[0]?.thread, told[1]?.thread)
    assert.notEqual(told[0]?.thread, 0)
  })

  it('can be started before the first task, once', async () => {
    const { run, warm } = createTelling()
    warm()
    warm()
    const first = await run({ name: 'a' })
    const other = await createTelling().run({ name: 'a' })
    assert.equal(Number(other?.thread) - Number(first?.thread), 1)
  })

  it('is not started a second time while it works', async () => {
    const { run, warm } = createTelling()
    const first = run({ name: 'a' })
    // The first task takes its thread when its turn comes, which is before anything else here goes on.
    await Promise.resolve()
    warm()
    assert.equal((await run({ name: 'b' }))?.thread, (await first)?.thread)
  })

  it('is gone when its task is given up, and does the next one anew', async () => {
    const { run } = createThread<typeof countForever>({
      module: new URL('./counting-thread.ts', import.meta.url),
      longestMs: 60_000,
      mostHeldBytes: 1e9,
    })
    const giveUp = new AbortController()
    const counter = new Int32Array(new SharedArrayBuffer(4))
    const counting = run({ counter }, giveUp.signal)
    const waiting = run({ counter }, giveUp.signal)
    while (Atomics.load(counter, 0) === 0) await sleep(10)
    giveUp.abort()
    await assert.rejects(waiting, { name: 'AbortError' })
    await assert.rejects(counting, { name: 'AbortError' })
    const counted = Atomics.load(counter, 0)
    await sleep(50)
    assert.equal(Atomics.load(counter, 0), counted)
  })

  it('hands over what a result says is transferred', async () => {
    const { run } = createTelling()
    assert.equal((await run({ name: 'a' }))?.bytes.length, 3)
  })
})
