import assert from 'node:assert/strict'
import { createSessions } from '../../../../src/doors/page/sign-in/sessions.ts'

describe('the sessions of the developer page', () => {
  it('are known by what each began with, and by nothing else', () => {
    const sessions = createSessions()
    const [one, two] = [sessions.begin(), sessions.begin()]
    assert.notEqual(one, two)
    assert.match(one, /^[\w-]{43}$/)
    for (const token of [one, two]) assert.ok(sessions.isOpen(token))
    for (const token of ['', 'x'.repeat(43), one.slice(1)]) assert.ok(!sessions.isOpen(token))
  })

  it('end with the service', () => {
    const token = createSessions().begin()
    assert.ok(!createSessions().isOpen(token))
  })

  it('end after their time', () => {
    const time = { now: 0 }
    const sessions = createSessions({ lifetimeMs: 1000, now: () => time.now })
    const token = sessions.begin()
    time.now = 999
    assert.ok(sessions.isOpen(token))
    time.now = 1000
    assert.ok(!sessions.isOpen(token))
  })

  it('tell whose they are, as long as they last', () => {
    const isGood = { ann: true }
    const sessions = createSessions()
    const ann = sessions.begin(() => isGood.ann, 'ann@example.com')
    assert.equal(sessions.userOf(ann), 'ann@example.com')
    assert.equal(sessions.userOf(sessions.begin()), undefined)
    isGood.ann = false
    assert.equal(sessions.userOf(ann), undefined)
  })

  it('end when somebody signs out, and no other does', () => {
    const sessions = createSessions()
    const [one, two] = [sessions.begin(), sessions.begin()]
    sessions.end(one)
    sessions.end('none')
    assert.deepEqual([sessions.isOpen(one), sessions.isOpen(two)], [false, true])
  })

  it('are a thousand at most, and the oldest goes first', () => {
    const sessions = createSessions()
    const tokens = Array.from({ length: 1001 }, () => sessions.begin())
    assert.deepEqual(
      tokens.filter((token) => !sessions.isOpen(token)),
      tokens.slice(0, 1),
    )
  })
})
