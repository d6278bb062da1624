import assert from 'node:assert/strict'
import { createQueue } from '../../src/tasks/queue.ts'

describe('createQueue', () => {
  it('runs no more tasks at a time than its limit', async () => {
    const queue = createQueue(2)
    let running = 0
    let most = 0
    const task = async (): Promise<void> => {
      running += 1
      most = Math.max(most, running)
      await Promise.resolve()
      running -= 1
    }
    await Promise.all([0, 1, 2, 3, 4].map((turn) => queue.run(turn, task)))
    assert.equal(most, 2)
  })

  it('starts the lowest turn of those that wait, and equal turns in the order they came', async () => {
    const queue = createQueue(1)
    const order: string[] = []
    const tasks = [
      { turn: 0, name: 'first' },
      { turn: 3, name: 'last' },
      { turn: 1, name: 'second' },
      { turn: 1, name: 'third' },
    ]
    await Promise.all(tasks.map(({ turn, name }) => queue.run(turn, async () => order.push(name))))
    assert.deepEqual(order, ['first', 'second', 'third', 'last'])
  })

  it('drops what nobody wants any more before it begins, and goes on', async () => {
    const queue = createQueue(1)
    const giveUp = new AbortController()
    const free = Promise.withResolvers<void>()
    const begun: string[] = []
    const first = queue.run(0, () => free.promise)
    const dropped = queue.run(1, async () => begun.push('dropped'), giveUp.signal)
    const last = queue.run(2, async () => begun.push('last'))
    giveUp.abort()
    await assert.rejects(dropped, { name: 'AbortError' })
    free.resolve()
    await Promise.all([first, last])
    assert.deepEqual(begun, ['last'])
    await assert.rejects(
      queue.run(0, async () => begun.push('late'), giveUp.signal),
      { name: 'AbortError' },
    )
  })

  it('passes a failure on and goes on with the next task', async () => {
    const queue = createQueue(1)
    const failing = queue.run(0, () => Promise.reject(new Error('no')))
    const following = queue.run(1, () => Promise.resolve('yes'))
    await assert.rejects(failing, { message: 'no' })
    assert.equal(await following, 'yes')
  })
})
