import assert from 'node:assert/strict'
import { ServiceError } from '../../src/base/errors.ts'
import { whenItIsBack } from '../../src/database/away.ts'

describe('work that the database is away for', () => {
  it('is done when it is back', async () => {
    // What is to be waited for must not keep a process alive, so something else does here.
    const alive = setInterval(() => undefined, 1000)
    assert.equal(await whenItIsBack(failing(3), () => false, 0), 4)
    clearInterval(alive)
  })

  it('is given up when nobody is there for it', async () => {
    await assert.rejects(
      whenItIsBack(failing(3), () => true, 0),
      { message: 'away' },
    )
  })

  it('is not done again when something else was wrong', async () => {
    const error = new ServiceError('not_found', 'gone')
    await assert.rejects(
      whenItIsBack(failing(1, error), () => false, 0),
      error,
    )
  })
})

/** Fails so often, then is done. */
function failing(times: number, error: Error = new ServiceError('database_unavailable', 'away')) {
  let attempts = 0
  return async (): Promise<number> => {
    attempts += 1
    if (attempts <= times) throw error
    return attempts
  }
}
