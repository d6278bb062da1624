import assert from 'node:assert/strict'
import type { Update } from '../../../../src/doors/page/api.ts'
import { tellOfJobs } from '../../../../src/doors/page/jobs/job-updates.ts'
import { createUpdates } from '../../../../src/doors/page/update-channel.ts'

type News = { job: string } | { removed: string | undefined; tasks: readonly string[] }

function open() {
  const updates = createUpdates()
  const stopping = new AbortController()
  const listeners = new Set<(news: News) => void>()
  const asked: string[] = []
  tellOfJobs({
    jobs: {
      listen(listener) {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
      async listed(id) {
        asked.push(id)
        return id === 'gone' ? undefined : { id, status: 'waiting' }
      },
    },
    updates,
    stopping: stopping.signal,
    log: { warn: assert.fail },
  })
  const tell = (news: News): void => {
    for (const listener of listeners) listener(news)
  }
  /** Resolves with so many updates. */
  const next = (count: number): Promise<Update[]> =>
    new Promise((resolve) => {
      const heard: Update[] = []
      const stop = updates.subscribe((update) => {
        heard.push(update)
        if (heard.length < count) return
        stop()
        resolve(heard)
      })
    })
  return { tell, next, asked, listeners, stopping }
}

describe('The updates of jobs', () => {
  it('tell once of a job that has come further several times in a moment', async () => {
    const { tell, next, asked } = open()
    const heard = next(2)
    for (const job of ['a', 'a', 'b', 'a']) tell({ job })
    assert.deepEqual(await heard, [
      { about: 'job', job: { id: 'a', status: 'waiting' } },
      { about: 'job', job: { id: 'b', status: 'waiting' } },
    ])
    assert.deepEqual(asked, ['a', 'b'])
  })

  it('tell of a job that is gone, and nothing of a task that was in none', async () => {
    const { tell, next } = open()
    const heard = next(1)
    tell({ removed: undefined, tasks: ['t'] })
    tell({ removed: 'gone', tasks: ['u'] })
    assert.deepEqual(await heard, [{ about: 'removed-job', id: 'gone' }])
  })

  it('tell of all jobs when there are many', async () => {
    const { tell, next } = open()
    const heard = next(120)
    for (let number = 0; number < 120; number += 1) tell({ job: String(number) })
    assert.equal((await heard).length, 120)
  })

  it('read nothing while nobody looks', async () => {
    const { tell, next, asked } = open()
    tell({ job: 'before' })
    const heard = next(1)
    tell({ job: 'a' })
    await heard
    assert.deepEqual(asked, ['a'])
  })

  it('end when the service stops', () => {
    const { listeners, stopping } = open()
    stopping.abort()
    assert.equal(listeners.size, 0)
  })
})
