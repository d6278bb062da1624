import assert from 'node:assert/strict'
import type { Transfer, TransferOperation } from '../../../src/doors/jobs/operations/operation.ts'
import type { Task } from '../../../src/doors/jobs/tasks/records.ts'
import { createTransfers, type Transfers } from '../../../src/doors/jobs/tasks/transfers.ts'
import { createTrials, type Trials } from '../../../src/orders/trials.ts'
import { collectLog } from '../asset-compute/gateway-fixture.ts'

const task = (sequence: number, more: Partial<Task> = {}): Task => ({
  sequence,
  id: `task-${sequence}`,
  user: 1,
  job: null,
  name: null,
  operation: 'import/url',
  status: 'waiting',
  code: null,
  message: null,
  ignoreError: false,
  result: null,
  stage: 0,
  attempts: 0,
  retryOf: null,
  createdAt: 0,
  startedAt: null,
  endedAt: null,
  ...more,
})

/** As an earlier life of the service left it, which died under it so many times. */
const left = (sequence: number, attempts: number): Task =>
  task(sequence, { status: 'processing', attempts })

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('transfers', () => {
  let trials: Trials
  let transfers: Transfers
  /** What is on the disk, by the tasks' numbers. */
  let attempts: Map<number, number>
  let begun: number[]
  let log: ReturnType<typeof collectLog>
  /** When set, nothing comes to the disk before it. */
  let disk: Promise<void>
  /** Ends the transfer of a task. */
  let end: Map<number, () => void>

  beforeEach(() => {
    trials = createTrials()
    trials.start()
    attempts = new Map()
    begun = []
    end = new Map()
    log = collectLog()
    disk = Promise.resolve()
    async function count(counted: Task, by: number): Promise<void> {
      await disk
      attempts.set(counted.sequence, (attempts.get(counted.sequence) ?? 0) + by)
    }
    transfers = createTransfers({
      attempts: {
        count: (counted) => count(counted, 1),
        async leave(tasks) {
          for (const counted of tasks) await count(counted, -1)
        },
      },
      files: { put: () => assert.fail(), read: () => assert.fail() },
      trials,
      reachable: () => ({ reach: 'machine' }),
      onProgress: () => undefined,
      log,
      now: Date.now,
    })
  })
  afterEach(() => trials.close())

  /** Runs what takes until it is ended. */
  function run(one: Task): Promise<unknown> {
    const operation: Pick<TransferOperation, 'run'> = {
      run: (_payload, { signal }: Transfer) => {
        begun.push(one.sequence)
        return new Promise((resolve, reject) => {
          end.set(one.sequence, () => resolve({ files: [] }))
          signal.addEventListener('abort', () => reject(signal.reason))
        })
      },
    }
    return transfers.run(one, operation, {}, [])
  }

  it('under which the service died are tried four at a time, and others beside them', async () => {
    const runs = [1, 2, 3, 4, 5].map((sequence) => run(left(sequence, 1)))
    const other = run(task(6))
    await turn()
    assert.deepEqual(begun, [6, 1, 2, 3, 4])
    end.get(1)?.()
    await runs[0]
    await turn()
    assert.deepEqual(begun, [6, 1, 2, 3, 4, 5])
    for (const each of end.values()) each()
    await Promise.all([other, ...runs])
  })

  it('share their trials with orders', async () => {
    const ends = [1, 2, 3, 4].map(() => trials.begin(1))
    const running = run(left(1, 1))
    await turn()
    assert.deepEqual(begun, [])
    ends[2]?.()
    await turn()
    assert.deepEqual(begun, [1])
    end.get(1)?.()
    await running
  })

  it('are counted when they begin, and not while they wait for their user’s other transfers', async () => {
    const runs = Array.from({ length: 33 }, (_, index) => run(task(index)))
    await turn()
    assert.equal(begun.length, 32)
    assert.deepEqual([attempts.size, attempts.get(31), attempts.get(32)], [32, 1, undefined])
    end.get(0)?.()
    await runs[0]
    await turn()
    assert.equal(attempts.get(32), 1)
    for (const each of end.values()) each()
    await Promise.all(runs)
  })

  it('begin anew only when that is on the disk, lest one is tried for ever that leaves no time for it', async () => {
    const written = Promise.withResolvers<void>()
    disk = written.promise
    const first = run(task(1))
    const anew = run(left(2, 0))
    await turn()
    assert.deepEqual(begun, [1])
    written.resolve()
    await turn()
    assert.deepEqual(begun, [1, 2])
    for (const each of end.values()) each()
    await Promise.all([first, anew])
  })

  it('go on for the first time without their count, and the log says so', async () => {
    disk = Promise.reject(new Error('the disk is full'))
    const first = run(task(1))
    await turn()
    assert.deepEqual(log.lines, [
      'task-1: an attempt could not be counted: Error: the disk is full',
    ])
    end.get(1)?.()
    await first
    await assert.rejects(run(left(2, 0)), /the disk is full/)
  })

  it('that end because the service stops are as if they had never begun', async () => {
    const runs = [run(task(1)), run(task(2))]
    await turn()
    end.get(1)?.()
    await runs[0]
    transfers.close()
    await assert.rejects(runs[1] ?? assert.fail())
    assert.deepEqual(
      [...attempts],
      [
        [1, 1],
        [2, 1],
      ],
    )
    await transfers.finish()
    assert.deepEqual(
      [...attempts],
      [
        [1, 1],
        [2, 0],
      ],
    )
  })

  it('that are aborted while they wait for their trial never begin', async () => {
    const one = left(1, 2)
    const running = run(one)
    transfers.abort(one)
    await assert.rejects(running)
    assert.deepEqual([begun, attempts.size], [[], 0])
    assert.equal(transfers.progressOf(one), undefined)
  })
})
