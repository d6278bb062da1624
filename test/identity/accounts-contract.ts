import assert from 'node:assert/strict'
import { setImmediate as turn } from 'node:timers/promises'
import type { Accounts } from '../../src/identity/accounts.ts'

/** The moment at which all of it happens. */
export const now = (): number => Date.UTC(2026, 0, 1)

/**
 * What accounts do, wherever they are.
 *
 * @param make - makes a place without any; what it returns opens the accounts there, also several times beside each other
 */
export function specifyAccounts(make: () => Promise<() => Promise<Accounts>>): void {
  it('know a key again, and whose it is', async () => {
    const accounts = await (await make())()
    const { secret } = await accounts.create({
      name: 'ci',
      username: 'alice',
      scopes: ['task.read'],
    })
    const found = await accounts.identify(secret)
    assert.deepEqual([found?.user.username, found?.key.scopes], ['alice', ['task.read']])
  })

  it('know no other key', async () => {
    const accounts = await (await make())()
    const { secret } = await accounts.create({ name: 'ci', username: 'alice', scopes: [] })
    for (const wrong of ['', 'dk_', secret.slice(0, -1), `${secret}x`, secret.toUpperCase()]) {
      assert.equal(await accounts.identify(wrong), undefined)
    }
  })

  it('give a second key of a user the same user, and another one to another', async () => {
    const accounts = await (await make())()
    const scopes = ['task.read'] as const
    const keys = []
    for (const username of ['alice', 'bob', 'alice']) {
      keys.push((await accounts.create({ name: 'k', username, scopes })).key.user)
    }
    assert.deepEqual(keys, [1, 2, 1])
  })

  it('learn what another process has made at once, and soon what it has revoked', async () => {
    const open = await make()
    const [accounts, command] = [await open(), await open()]
    const { secret, key } = await command.create({ name: 'k', username: 'alice', scopes: [] })
    const found = await accounts.identify(secret)
    assert.deepEqual(found, { user: command.users()[0], key })
    assert.deepEqual([accounts.users(), accounts.keys()], [command.users(), [key]])
    assert.equal(await command.revoke(key.id), 1)
    while ((await accounts.identify(secret)) !== undefined) await turn()
    assert.equal(await command.revoke(key.id), 0)
  })

  it('lose nothing of what is made at once, and open later what was sealed before', async () => {
    const open = await make()
    const all = await Promise.all([open(), open(), open()])
    const made = await Promise.all(
      all.map((each, index) =>
        each.create({ name: `k${index}`, username: `user ${index % 2}`, scopes: [] }),
      ),
    )
    const later = await open()
    assert.deepEqual(
      later
        .users()
        .map(({ username }) => username)
        .toSorted(),
      ['user 0', 'user 1'],
    )
    for (const { secret, key } of made) {
      assert.deepEqual((await later.identify(secret))?.key, key)
    }
    assert.equal(new Set([...all, later].map(({ sealingKey }) => sealingKey)).size, 1)
  })

  it('revoke all keys of a name', async () => {
    const accounts = await (await make())()
    for (const name of ['old', 'old', 'new']) {
      await accounts.create({ name, username: 'alice', scopes: [] })
    }
    assert.equal(await accounts.revoke('old'), 2)
    assert.deepEqual(
      accounts.keys().map(({ name }) => name),
      ['new'],
    )
  })

  it('have keys that are gone with the process', async () => {
    const open = await make()
    const accounts = await open()
    await accounts.create({ name: 'k', username: 'alice', scopes: [] })
    const secret = await accounts.passing('alice')
    assert.equal((await accounts.identify(secret))?.user.username, 'alice')
    assert.equal(accounts.keys().length, 1)
    assert.equal(await (await open()).identify(secret), undefined)
    await assert.rejects(accounts.passing('bob'), /no user bob/)
  })
}
