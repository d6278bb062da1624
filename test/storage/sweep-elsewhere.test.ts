import assert from 'node:assert/strict'
import type { ListedBlob } from '../../src/storage/elsewhere/blobs.ts'
import { createSweepElsewhere } from '../../src/storage/elsewhere/sweep-elsewhere.ts'

const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS
const NOW = Date.UTC(2026, 0, 31)

const going = (): boolean => false

describe('the sweep of a store elsewhere', () => {
  let there: Map<string, ListedBlob>
  beforeEach(() => {
    there = new Map()
  })

  const add = (name: string, ageMs: number, size = 10, partOf?: string): void =>
    void there.set(name, { name, size, modified: NOW - ageMs, partOf })
  const sweep = createSweepElsewhere(
    {
      async *list() {
        for (const blob of there.values()) yield blob
      },
      async remove(names) {
        for (const name of names) there.delete(name)
      },
    },
    { passing: 'clients/', now: () => NOW },
  )
  const NO_LIMITS = { longestMs: undefined, mostBytes: undefined }

  it('removes what clients have left for too long, and nothing else that is old', async () => {
    add('clients/old', 30 * DAY_MS + 1)
    add('clients/young', 30 * DAY_MS)
    add('kept/jobs/a/b', 400 * DAY_MS)
    const swept = await sweep({ ...NO_LIMITS, longestMs: 30 * DAY_MS }, going)
    assert.deepEqual(swept, { count: 1, bytes: 10, left: 20 })
    assert.deepEqual([...there.keys()], ['clients/young', 'kept/jobs/a/b'])
  })

  it('removes parts that were never put together when no URL for them is valid any more', async () => {
    add('parts/old', 7 * DAY_MS + 1, 10, 'kept/jobs/a/b')
    add('parts/young', 7 * DAY_MS, 10, 'kept/jobs/a/b')
    await sweep(NO_LIMITS, going)
    assert.deepEqual([...there.keys()], ['parts/young'])
  })

  it('removes the oldest when there is too much, hour by hour, but nothing of the last one', async () => {
    for (const hours of [0.5, 2, 3, 3.5, 4]) add(`clients/${hours}`, hours * HOUR_MS, 100)
    add('kept/jobs/a/b', 9 * DAY_MS, 100)
    const swept = await sweep({ ...NO_LIMITS, mostBytes: 350 }, going)
    assert.deepEqual(swept, { count: 3, bytes: 300, left: 300 })
    assert.deepEqual([...there.keys()], ['clients/0.5', 'clients/2', 'kept/jobs/a/b'])
    await sweep({ ...NO_LIMITS, mostBytes: 1 }, going)
    assert.deepEqual([...there.keys()], ['clients/0.5', 'kept/jobs/a/b'])
  })

  it('removes nothing without limits, and stops when the service does', async () => {
    add('clients/old', 400 * DAY_MS)
    assert.deepEqual(await sweep(NO_LIMITS, going), { count: 0, bytes: 0, left: 10 })
    await sweep({ ...NO_LIMITS, longestMs: 1 }, () => true)
    assert.equal(there.size, 1)
  })
})
