import assert from 'node:assert/strict'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { createSharedQueue } from '../../src/tasks/shared-queue.ts'

describe('a queue that clients share', () => {
  const never = new AbortController().signal

  /** A queue whose tasks go on until they are ended, and what has begun. */
  function open(places: number) {
    const queue = createSharedQueue({ places })
    const begun: string[] = []
    const ends = new Map<string, () => void>()
    return {
      begun,
      run: (name: string, signal = never) =>
        queue.run(
          name.charAt(0),
          () => {
            begun.push(name)
            const { promise, resolve } = Promise.withResolvers<void>()
            ends.set(name, resolve)
            return promise
          },
          signal,
        ),
      end: async (name: string) => {
        ends.get(name)?.()
        await nextTurn()
      },
    }
  }

  it('has clients take turns, and each of them its tasks in their order', async () => {
    const { run, end, begun } = open(1)
    for (const name of ['a1', 'a2', 'a3', 'b1', 'b2']) void run(name)
    await nextTurn()
    assert.deepEqual(begun, ['a1', 'b1'])
    for (const name of ['a1', 'b1', 'a2', 'b2']) await end(name)
    assert.deepEqual(begun, ['a1', 'b1', 'a2', 'b2', 'a3'])
  })

  it('keeps nobody waiting for tasks of another that do not end', async () => {
    const { run, begun, end } = open(2)
    for (const name of ['a1', 'a2', 'a3']) void run(name)
    for (const name of ['b1', 'b2', 'b3']) {
      void run(name)
      await nextTurn()
      await end(name)
    }
    assert.deepEqual(begun, ['a1', 'a2', 'b1', 'b2', 'b3'])
  })

  it('drops a task that nobody wants any more', async () => {
    const { run, end, begun } = open(1)
    const gone = new AbortController()
    void run('a1')
    const dropped = run('a2', gone.signal)
    void run('a3')
    gone.abort(new Error('gone'))
    await assert.rejects(dropped, { message: 'gone' })
    await end('a1')
    assert.deepEqual(begun, ['a1', 'a3'])
    await assert.rejects(run('a4', gone.signal), { message: 'gone' })
  })

  it('goes on after a task that fails', async () => {
    const queue = createSharedQueue({ places: 1 })
    const failed = queue.run('a', () => Promise.reject(new Error('no')), never)
    const made = queue.run('a', async () => 'made', never)
    await assert.rejects(failed, { message: 'no' })
    assert.equal(await made, 'made')
  })
})
