import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { createFolderSweep } from '../../src/storage/folder-sweep.ts'
import { createLifecycle, type StorageLimits } from '../../src/storage/lifecycle.ts'
import { keysOf, openStorage, type Storage } from '../storage/storage-fixture.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS

describe('objects that clients leave in the storage', () => {
  const folder = useTemporaryFolder()
  let storage: Storage
  let passed: number
  beforeEach(async () => {
    storage = await openStorage(mkdtempSync(folder.pathTo('objects-')))
    passed = 0
  })
  afterEach(() => storage.close())

  async function put(key: string, bytes = 10): Promise<void> {
    const url = await storage.presignUrl(key)
    assert.equal((await storage.put(url, 'x'.repeat(bytes))).status, 201)
  }

  function pass(ms: number): void {
    storage.clock.ms += ms
    passed += ms
  }

  const lifecycle = (limits: Partial<StorageLimits>) =>
    createLifecycle({
      removeOld: createFolderSweep({
        store: storage.store,
        limits: { longestMs: undefined, mostBytes: undefined, ...limits },
        isMeant: (key) => !key.startsWith('jobs/'),
        now: () => storage.clock.ms,
      }),
      atOnce: false,
      log: storage.log,
      now: () => storage.clock.ms,
      elapsed: () => passed,
    })

  it('go when they are too old, and their files with them; what belongs to jobs stays', async () => {
    const { sweep } = lifecycle({ longestMs: 30 * DAY_MS })
    await Promise.all(Array.from({ length: 120 }, (_, index) => put(`jobs/${index}`)))
    await put('old')
    pass(DAY_MS)
    await put('younger')
    pass(29 * DAY_MS)
    await sweep()
    assert.deepEqual((await keysOf(storage.store)).length, 122)
    pass(1)
    await sweep()
    assert.equal(storage.store.here.look('old'), undefined)
    assert.ok(storage.store.here.look('younger'))
    assert.equal((await storage.partFiles()).length, 121)
    assert.match(
      storage.log.lines.join('\n'),
      /removed what was too old or too much \(objects: 1, MB: 1\)/,
    )
  })

  it('are as old as their youngest part', async () => {
    const { sweep } = lifecycle({ longestMs: DAY_MS })
    const { urls } = await storage.presign('parts', { parts: 2, expiresInSeconds: 7 * 24 * 3600 })
    await storage.put(urls[0] ?? '', 'first')
    pass(DAY_MS)
    await storage.put(urls[1] ?? '', 'second')
    pass(HOUR_MS)
    await sweep()
    assert.equal(storage.store.here.look('parts')?.parts.length, 2)
  })

  it('go although their first part never came', async () => {
    const { sweep } = lifecycle({ longestMs: 30 * DAY_MS })
    const { urls } = await storage.presign('parts', { parts: 2, expiresInSeconds: 60 })
    await storage.put(urls[1] ?? '', 'second')
    pass(30 * DAY_MS + 1)
    await sweep()
    assert.deepEqual(await storage.partFiles(), [])
  })

  it('go when there is too much of them, the oldest first, but not within an hour', async () => {
    const { sweep } = lifecycle({ mostBytes: 250 })
    for (const key of ['a', 'b', 'c', 'd']) {
      await put(key, 100)
      pass(1000)
    }
    await sweep()
    assert.equal((await keysOf(storage.store)).length, 4)
    pass(HOUR_MS)
    await sweep()
    assert.deepEqual((await keysOf(storage.store)).toSorted(), ['c', 'd'])
  })

  it('stay for ever without limits', async () => {
    const { sweep } = lifecycle({})
    await put('a')
    pass(10_000 * DAY_MS)
    await sweep()
    assert.ok(storage.store.here.look('a'))
  })

  it('stay when it is only the clock that says that they are old', async () => {
    const { sweep } = lifecycle({ longestMs: 30 * DAY_MS })
    await put('a')
    storage.clock.ms += 365 * DAY_MS
    await sweep()
    assert.ok(storage.store.here.look('a'))
    assert.match(storage.log.lines.join('\n'), /The clock was set, or the machine slept/)
    storage.clock.ms -= 365 * DAY_MS
    await sweep()
    pass(HOUR_MS)
    await sweep()
    assert.ok(storage.store.here.look('a'))
  })
})
