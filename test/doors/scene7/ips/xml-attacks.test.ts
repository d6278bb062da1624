import assert from 'node:assert/strict'
import { setImmediate } from 'node:timers/promises'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import { type OpenedDoor, openDoor } from '../open-door.ts'
import { at, faultOf, post } from './call-ips.ts'
import { HARMLESS, LONG_MESSAGE, XINCLUDE, XML_ATTACKS } from './xml-attacks.ts'

describe('IPS answers with 30003', () => {
  const temporary = useTemporaryFolder()
  let opened: OpenedDoor

  before(async () => {
    opened = await openDoor(temporary.pathTo('home'))
  })
  after(async () => {
    await opened.door.close?.()
    assert.deepEqual([opened.errors, opened.messages], [[], []])
  })

  for (const { what, body, reason, headers } of XML_ATTACKS) {
    it(`to ${what}`, async () => {
      const answer = await post(opened.app, body, headers)
      assert.equal(answer.status, 500)
      const { reason: why, ...fault } = faultOf(answer)
      assert.deepEqual(fault, { element: 'ipsApiFault', code: 30003 }, why)
      assert.match(why, reason)
      assert.ok(why.length < 600, why)
    })
  }

  for (const { what, body, headers } of HARMLESS) {
    it(`not to ${what}, which does nothing`, async () => {
      const { content, text } = await post(opened.app, body, headers)
      assert.equal(at(content, 'status')?.text, 'InvalidLogin', text)
    })
  }

  it('not to XInclude, which is a member that there is not', async () => {
    const { code, reason } = faultOf(await post(opened.app, XINCLUDE))
    assert.equal(code, 30001)
    assert.match(reason, /has no member "include"/)
  })

  it('and has turns for others while it reads a long message', async () => {
    let turns = 0
    let isAnswered = false
    const answered = post(opened.app, LONG_MESSAGE).finally(() => {
      isAnswered = true
    })
    while (!isAnswered) {
      await setImmediate()
      turns += 1
    }
    assert.equal(faultOf(await answered).code, 30001)
    // It is of a dozen pieces.
    assert.ok(turns > 12, `${turns} turns`)
  })
})
