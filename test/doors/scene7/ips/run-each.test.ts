import assert from 'node:assert/strict'
import { setImmediate } from 'node:timers/promises'
import { runEach } from '../../../../src/doors/scene7/ips/jobs/run-each.ts'
import { createQueue } from '../../../../src/tasks/queue.ts'

const NEVER = new AbortController().signal

describe('items that jobs work on', () => {
  it('of a small job do not wait for those of a huge one', async () => {
    const queue = createQueue(2)
    const done: string[] = []
    const work = async (item: string) => {
      await setImmediate()
      done.push(item)
    }
    const options = { queue, atOnce: 2, signal: NEVER }
    const huge = runEach(
      Array.from({ length: 200 }, () => 'huge'),
      options,
      work,
    )
    while (done.length < 10) await setImmediate()
    await runEach(
      Array.from({ length: 10 }, () => 'small'),
      options,
      work,
    )
    const since = done.slice(10)
    assert.ok(since.length >= 10 && since.length <= 26, `${since.length} were done meanwhile`)
    await huge
    assert.equal(done.length, 210)
  })

  it('end with the first that fails', async () => {
    const done: number[] = []
    const options = { queue: createQueue(1), atOnce: 1, signal: NEVER }
    await assert.rejects(
      runEach([0, 1, 2], options, async (item) => {
        if (item === 1) throw new Error('the disk is full')
        done.push(item)
      }),
      /the disk is full/,
    )
    assert.deepEqual(done, [0])
  })

  it('end when their job is stopped, also those that wait for their turn', async () => {
    const queue = createQueue(1)
    const blocking = Promise.withResolvers<void>()
    const other = queue.run(0, () => blocking.promise)
    const stop = new AbortController()
    const waiting = runEach([1, 2], { queue, atOnce: 1, signal: stop.signal }, async () => {
      assert.fail('it has begun')
    })
    stop.abort(new Error('stopped'))
    await assert.rejects(waiting, /stopped/)
    blocking.resolve()
    await other
  })
})
