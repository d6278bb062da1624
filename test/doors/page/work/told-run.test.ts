import assert from 'node:assert/strict'
import { tellRun } from '../../../../src/doors/page/work/told-run.ts'
import { rendition, requestOf } from '../../../page/known-run.ts'

const another = rendition('failed', { failure: { reason: 'SourceCorrupt', message: 'Another.' } })

describe('a run as a whole', () => {
  it('has its counts, its times and the first of its files', () => {
    const told = tellRun([
      requestOf('run', 0, 'a.jpg', 'created', 'failed'),
      requestOf('run', 1, 'b.jpg', 'stopped', 'created'),
    ])
    assert.deepEqual(told, {
      kind: 'run',
      id: 'run',
      title: 'a.jpg',
      state: 'failed',
      createdAt: 0,
      endedAt: 1000,
      total: 0,
      done: 4,
      failed: 1,
      counts: { queued: 0, running: 0, created: 2, failed: 1, stopped: 1 },
      requests: 2,
      sources: 2,
      failures: [],
    })
  })

  it('has what failed alike of several sources once, with the first of each', () => {
    const { failures } = tellRun([
      requestOf('run', 0, 'a.jpg', 'created', 'failed', 'failed'),
      requestOf('run', 1, 'b.jpg', another),
      requestOf('run', 2, 'c.jpg', 'failed', 'stopped'),
    ])
    assert.deepEqual(failures, [
      {
        reason: 'SourceCorrupt',
        message: 'It is cut off.',
        renditions: 3,
        requests: 2,
        first: [
          { request: 'run 0', position: 1, title: 'a.jpg' },
          { request: 'run 2', position: 0, title: 'c.jpg' },
        ],
      },
    ])
  })

  it('names some of a thousand that failed alike', () => {
    const [first, ...others] = Array.from({ length: 1000 }, (_, at) =>
      requestOf('run', at, `${at}.jpg`, 'failed'),
    )
    assert.ok(first)
    const [failure] = tellRun([first, ...others]).failures
    assert.deepEqual([failure?.requests, failure?.first.length], [1000, 50])
  })
})
