import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { waitFor } from '../../../src/runtime/api/waiting.ts'
import { readManifest } from '../../../src/runtime/deploy/manifest.ts'

describe('a call that waits for an activation', () => {
  const [action] = readManifest('test/actions/host.yml')
  assert.ok(action)

  before(() => mock.timers.enable({ apis: ['setTimeout'] }))
  after(() => mock.timers.reset())

  const WAITING = [
    { title: 'is answered after a minute', action, isAnswered: true },
    {
      title: 'waits as long as somebody debugs it',
      action: { ...action, inspector: { address: '127.0.0.1:0', waits: true } },
      isAnswered: false,
    },
  ]
  for (const { title, action: waiting, isAnswered } of WAITING) {
    it(title, async () => {
      const { promise: ended } = Promise.withResolvers<never>()
      const answered = waitFor({ activationId: 'a', ended }, waiting).then(() => true)
      mock.timers.tick(60_000)
      const soon = new Promise((resolve) => setImmediate(resolve, false))
      assert.equal(await Promise.race([answered, soon]), isAnswered)
    })
  }
})
