import assert from 'node:assert/strict'
import { checksOf, readDisk, statesOf, type Watched } from '../../src/compose/monitoring.ts'
import { createHealth } from '../../src/monitoring/health.ts'

const GIGABYTE = 1024 ** 3
const NOW = Date.UTC(2026, 0, 1)

/** A service of which nothing is wrong and that has nothing to do. */
function idle(): Watched {
  return {
    disk: async () => ({ size: 8 * GIGABYTE, free: GIGABYTE }),
    database: { tryWriting: async () => undefined },
    stopping: new AbortController().signal,
    orders: { backlog: async () => [], waiting: () => 0 },
    doors: ['asset-compute', 'jobs'],
    runtime: { broken: () => [], status: async () => [], underWay: () => 0, warm: () => undefined },
    objects: { size: () => 0 },
    images: undefined,
    countJobs: undefined,
    certificateEnd: () => NOW + 1,
    now: () => NOW,
  }
}

const backlogOf = (door: string, isElsewhere: boolean, ageMs = 90_000) => ({
  backlog: async () => [{ door, isElsewhere, count: 2, oldest: NOW - ageMs }],
  waiting: (name: string) => (name === door ? 1 : 0),
})

describe('a service is ready', () => {
  let ms = 0

  /** The reasons why it is not, asked so often. */
  async function reasonsOf(change: Partial<Watched>, times = 1, pauseMs = 1000): Promise<string[]> {
    const health = createHealth({
      checks: checksOf({ ...idle(), ...change }, () => ms),
      elapsed: () => ms,
    })
    let reasons = await health.reasons()
    for (let time = 1; time < times; time += 1) {
      ms += pauseMs
      reasons = await health.reasons()
    }
    for (const { message } of reasons) assert.doesNotMatch(message, /[/\\]|\d/, 'strangers read it')
    return reasons.map(({ code }) => code)
  }

  const cases: [what: string, change: Partial<Watched>, expected: string[]][] = [
    ['when nothing is wrong', {}, []],
    ['unless it stops', { stopping: AbortSignal.abort() }, ['stopping']],
    [
      'unless its disk is nearly full',
      { disk: async () => ({ size: 8 * GIGABYTE, free: GIGABYTE / 4 }) },
      ['disk_nearly_full'],
    ],
    ['unless its disk is gone', { disk: () => readDisk('/no/such/folder') }, ['disk_nearly_full']],
    [
      'unless its database cannot be written',
      { database: { tryWriting: () => Promise.reject(new Error('read-only')) } },
      ['database_not_writable'],
    ],
    [
      'unless an action cannot be started',
      { runtime: { ...idle().runtime, broken: () => ['package/worker'] } },
      ['actions_not_starting'],
    ],
    ['unless its certificate has expired', { certificateEnd: () => NOW }, ['certificate_expired']],
    ['when work has waited for long', { orders: backlogOf('jobs', false) }, []],
  ]
  for (const [what, change, expected] of cases) {
    it(what, async () => assert.deepEqual(await reasonsOf(change), expected))
  }

  const standstills: [what: string, change: Partial<Watched>, expected: string[]][] = [
    ['not begun for a minute', { orders: backlogOf('jobs', false) }, ['standstill']],
    ['for workers elsewhere, which may take their time', { orders: backlogOf('jobs', true) }, []],
    ['that has only come', { orders: backlogOf('jobs', false, 59_999) }, []],
    [
      'while something runs',
      {
        orders: backlogOf('jobs', false),
        runtime: { ...idle().runtime, underWay: () => 1 },
      },
      [],
    ],
  ]
  for (const [what, change, expected] of standstills) {
    it(`${expected.length === 0 ? 'though' : 'unless'} work waits ${what}`, async () => {
      assert.deepEqual(await reasonsOf(change, 61), expected)
    })
  }

  it('again when work is begun after all', async () => {
    let underWay = 0
    const runtime = { ...idle().runtime, underWay: () => underWay }
    const [standstill] = checksOf(
      { ...idle(), runtime, orders: backlogOf('jobs', false) },
      () => ms,
    ).filter(({ code }) => code === 'standstill')
    const isGood: boolean[] = []
    for (const begun of [0, 0, 1, 0]) {
      underWay = begun
      isGood.push((await standstill?.isGood()) ?? assert.fail('there is no such check'))
      ms += 60_000
    }
    assert.deepEqual(isGood, [true, false, true, true])
  })

  it('to start an action that could not be started', async () => {
    const warmed: string[] = []
    const runtime = {
      ...idle().runtime,
      broken: () => ['package/worker'],
      warm: (name: string) => void warmed.push(name),
    }
    await reasonsOf({ runtime }, 2)
    assert.deepEqual(warmed, ['package/worker', 'package/worker'])
  })
})

describe('of a service is told', () => {
  const process = { pid: 1, running: 1, memory: 100 }
  const action = {
    name: 'package/worker',
    version: '1',
    kind: 'nodejs:24',
    deployed: false,
    limits: { timeout: 1, memorySize: 1, concurrency: 1 },
    queued: 0,
    processes: [process, { ...process, memory: undefined }, process],
  }
  const busy: Watched = {
    ...idle(),
    orders: backlogOf('jobs', true),
    runtime: { ...idle().runtime, status: async () => [action], underWay: () => 3 },
    objects: { size: () => 12 },
    images: {
      status: () => ({
        pictures: { pids: [], waiting: 4, longestMs: 1500 },
        metadata: { pids: [], waiting: 0, longestMs: 0 },
      }),
    },
    countJobs: async () => [{ kind: 'exportJob', state: 'failed', count: 2 }],
  }
  const states: [name: string, expected: unknown][] = [
    [
      'darkroom_queue_length',
      [
        [['asset-compute'], 0],
        [['jobs'], 1],
        [['scene7'], 4],
      ],
    ],
    ['darkroom_orders_pending', [[['jobs', 'elsewhere'], 2]]],
    ['darkroom_orders_oldest_seconds', [[['jobs', 'elsewhere'], 90]]],
    ['darkroom_pictures_oldest_seconds', [[[], 1.5]]],
    ['darkroom_activations_under_way', [[[], 3]]],
    ['darkroom_objects_bytes', [[[], 12]]],
    ['darkroom_disk_free_bytes', [[[], GIGABYTE]]],
    ['darkroom_disk_size_bytes', [[[], 8 * GIGABYTE]]],
    ['darkroom_ips_jobs', [[['exportJob', 'failed'], 2]]],
    ['darkroom_certificate_expiry_timestamp_seconds', [[[], (NOW + 1) / 1000]]],
  ]
  const stateOf = (name: string, watched = busy) =>
    statesOf(watched).find((state) => state.name === name) ?? assert.fail(`${name} is not told`)
  for (const [name, expected] of states) {
    it(name, async () => assert.deepEqual(await stateOf(name).read(), expected))
  }

  it('darkroom_memory_bytes, of itself and of what it has started', async () => {
    const [[, own] = [], ...others] = await stateOf('darkroom_memory_bytes').read()
    assert.ok(Number(own) > 10_000_000)
    assert.deepEqual(others, [
      [['actions'], 200],
      [['pictures'], 0],
      [['metadata'], 0],
    ])
  })

  it('nothing of pictures where there is no Image Serving', async () => {
    assert.deepEqual(await stateOf('darkroom_pictures_oldest_seconds', idle()).read(), [])
    assert.deepEqual(await stateOf('darkroom_ips_jobs', idle()).read(), [])
  })
})
