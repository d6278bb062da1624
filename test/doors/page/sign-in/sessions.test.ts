import assert from 'node:assert/strict'
import { createSessions } from '../../../../src/doors/page/sign-in/sessions.ts'

describe('the sessions of the developer page', () => {
  it('are known by what each began with, and by nothing else', async () => {
    const sessions = createSessions()
    const [one, two] = [sessions.begin(), sessions.begin()]
    assert.notEqual(one, two)
    assert.match(one, /^[\w-]{43}$/)
    for (const token of [one, two]) assert.ok(await sessions.isOpen(token))
    for (const token of ['', 'x'.repeat(43), one.slice(1)])
      assert.ok(!(await sessions.isOpen(token)))
  })

  it('end with the service', async () => {
    const token = createSessions().begin()
    assert.ok(!(await createSessions().isOpen(token)))
  })

  it('end after their time', async () => {
    const time = { now: 0 }
    const sessions = createSessions({ lifetimeMs: 1000, now: () => time.now })
    const token = sessions.begin()
    time.now = 999
    assert.ok(await sessions.isOpen(token))
    time.now = 1000
    assert.ok(!(await sessions.isOpen(token)))
  })

  it('tell whose they are, as long as they last', async () => {
    const isGood = { ann: true }
    const sessions = createSessions()
    const ann = sessions.begin(() => isGood.ann, 'ann@example.com')
    assert.equal(await sessions.userOf(ann), 'ann@example.com')
    assert.equal(await sessions.userOf(sessions.begin()), undefined)
    isGood.ann = false
    assert.equal(await sessions.userOf(ann), undefined)
  })

  it('end when somebody signs out, and no other does', async () => {
    const sessions = createSessions()
    const [one, two] = [sessions.begin(), sessions.begin()]
    sessions.end(one)
    sessions.end('none')
    assert.deepEqual([await sessions.isOpen(one), await sessions.isOpen(two)], [false, true])
  })

  it('are a thousand at most, and the oldest goes first', async () => {
    const sessions = createSessions()
    const tokens = Array.from({ length: 1001 }, () => sessions.begin())
    const areOpen = await Promise.all(tokens.map(sessions.isOpen))
    assert.deepEqual([areOpen[0], areOpen.slice(1).every(Boolean)], [false, true])
  })
})
