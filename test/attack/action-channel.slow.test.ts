import assert from 'node:assert/strict'
import { linesOf, resultOf, runAction, useHost } from '../runtime/host-fixture.ts'

describe('an action that writes to the channel of its process', function () {
  this.slow(10_000)
  const { host } = useHost('../attack/hostile.yml')

  const TOO_MUCH = 'it has sent more than 4194304 bytes of JSON at a time'
  const attacks: [what: string, act: string, told: RegExp][] = [
    ['what no channel says', 'garbage', new RegExp(TOO_MUCH)],
    ['lines with nothing in them', 'emptyLines', new RegExp(TOO_MUCH)],
    ['the announcement of all that there is room for', 'announceMuch', new RegExp(TOO_MUCH)],
    ['without an end', 'endless', new RegExp(TOO_MUCH)],
    [
      'JSON that the runtime does not know',
      'unknownJson',
      /it has sent what the runtime does not know/,
    ],
    ['nothing any more', 'hangUp', /exited unexpectedly/],
  ]
  for (const [what, act, told] of attacks) {
    it(`is ended with its process alone when it writes ${what}`, async () => {
      const before = process.memoryUsage().rss
      const innocent = host().invoke('test/innocent', {})
      const activation = await runAction(host(), 'hostile', { act })
      assert.match(String(resultOf(activation)['error']), told)
      assert.equal((await innocent.ended).response.success, true)
      assert.equal((await runAction(host(), 'hostile')).response.success, true)
      assert.ok(process.memoryUsage().rss - before < 300_000_000)
    })
  }

  it('is told the length of a result that is too large, as long as it may be', async () => {
    const activation = await runAction(host(), 'hostile', { act: 'returnHuge' })
    assert.deepEqual(activation.response.result, {
      error:
        'The action produced a response that exceeded the allowed length: 3000011 > 1048576 bytes.',
    })
    assert.deepEqual(linesOf(activation), [])
  })
})
