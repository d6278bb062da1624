import assert from 'node:assert/strict'
import type { Update } from '../../../../src/doors/page/api.ts'
import { tellOfAssets } from '../../../../src/doors/page/images/asset-updates.ts'
import { createUpdates } from '../../../../src/doors/page/update-channel.ts'

describe('What open pages are told of assets', () => {
  let stopping: AbortController
  beforeEach(() => {
    stopping = new AbortController()
  })
  afterEach(() => stopping.abort())

  it('is that they have changed, once for each change, also where looking fails', async () => {
    const updates = createUpdates()
    const told: Update[] = []
    let looks = 0
    const stamps = ['a', 'a', 'b', new Error('gone'), 'b', 'b']
    const over = Promise.withResolvers<void>()
    updates.subscribe((update) => void told.push(update))
    tellOfAssets({
      updates,
      stopping: stopping.signal,
      intervalMs: 1,
      assets: {
        async stamp() {
          const stamp = stamps[Math.min(looks, stamps.length - 1)] ?? ''
          looks += 1
          if (looks > stamps.length) over.resolve()
          if (stamp instanceof Error) throw stamp
          return stamp
        },
      },
    })
    await over.promise
    assert.deepEqual(
      told,
      Array.from({ length: 4 }, () => ({ about: 'assets' })),
    )
  })

  it('is nothing, and nothing is looked at, as long as no page is open', async () => {
    const askedThrice = Promise.withResolvers<void>()
    let asked = 0
    tellOfAssets({
      updates: {
        ...createUpdates(),
        hasListeners() {
          asked += 1
          if (asked === 3) askedThrice.resolve()
          return false
        },
      },
      stopping: stopping.signal,
      intervalMs: 1,
      assets: { stamp: () => assert.fail('nothing is looked at') },
    })
    await askedThrice.promise
  })
})
