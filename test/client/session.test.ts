import assert from 'node:assert/strict'
import { openSession } from '../../src/client/session.ts'
import { useDevtool } from '../doors/page/devtool-service.ts'

describe('a session', () => {
  const { service, signIn } = useDevtool()

  function open(tokens: (string | undefined)[]) {
    let signedIn = 0
    const session = openSession(service().origin, async () => {
      const token = tokens[signedIn]
      signedIn += 1
      const identity = await signIn()
      return token === undefined ? identity : { ...identity, accessToken: token }
    })
    const register = () => session.call('/register', { method: 'POST' })
    return { register, session, signedIn: () => signedIn }
  }

  it('signs in once', async () => {
    const { register, signedIn } = open([])
    await Promise.all([register(), register()])
    await register()
    assert.equal(signedIn(), 1)
  })

  it('signs in anew, once, when its token is not taken any more', async () => {
    const { register, signedIn } = open(['expired'])
    await Promise.all([register(), register()])
    await register()
    assert.equal(signedIn(), 2)
  })

  it('tells what the service refuses', async () => {
    const { session, register } = open(['bad', 'bad', 'bad'])
    await assert.rejects(register(), {
      status: 401,
      message: /^\/register answered 401: The access/,
    })
    await assert.rejects(session.call('/nothing'), {
      status: 404,
      sentence: /nothing at \/nothing/,
    })
  })

  it('tries again after it could not sign in', async () => {
    let isDown = true
    const session = openSession(service().origin, async () => {
      if (isDown) throw new Error('not now')
      return signIn()
    })
    await assert.rejects(session.call('/register', { method: 'POST' }), /not now/)
    isDown = false
    assert.ok((await session.call('/register', { method: 'POST' })).ok)
  })
})
