import assert from 'node:assert/strict'
import { rememberVerified } from '../../src/identity/verified-tokens.ts'

const SECOND = 1000

describe('a token', () => {
  let clock: number
  let verified: string[]
  let read: ReturnType<typeof rememberVerified>
  beforeEach(() => {
    clock = 0
    verified = []
    read = rememberVerified(
      async (token) => {
        verified.push(token)
        if (token.startsWith('forged')) throw new Error('It is forged.')
        if (clock >= 60 * SECOND) throw new Error('It has expired.')
        return token === 'endless' ? { id: token } : { id: token, exp: 60 }
      },
      () => clock,
    )
  })

  it('is verified once, as long as it is good', async () => {
    for (clock = 0; clock < 60 * SECOND; clock += 20 * SECOND) {
      assert.deepEqual(await read('good'), { id: 'good', exp: 60 })
    }
    assert.deepEqual(verified, ['good'])
  })

  it('is refused when it has expired, though it was good', async () => {
    await read('good')
    clock = 60 * SECOND
    await assert.rejects(read('good'), /expired/)
    await assert.rejects(read('good'), /expired/)
  })

  for (const token of ['forged', 'endless']) {
    it(`is verified each time when it is ${token}`, async () => {
      for (let time = 0; time < 3; time += 1) await read(token).catch(() => undefined)
      assert.equal(verified.length, 3)
    })
  }

  it('is told from one that differs from it in a letter', async () => {
    await read('good')
    assert.deepEqual(await read('goof'), { id: 'goof', exp: 60 })
    await assert.rejects(read('forged good'), /forged/)
  })

  it('is forgotten when there are a thousand others, and no sooner', async () => {
    for (let number = 0; number < 1000; number += 1) await read(`token ${number}`)
    await read('token 0')
    assert.equal(verified.length, 1000)
    await read('another')
    await read('token 999')
    assert.equal(verified.length, 1001)
    await read('token 0')
    assert.equal(verified.length, 1002)
  })
})
