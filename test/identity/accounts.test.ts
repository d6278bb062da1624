import assert from 'node:assert/strict'
import { mkdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { openAccounts } from '../../src/identity/accounts.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const now = (): number => Date.UTC(2026, 0, 1)

describe('the accounts of the jobs API', () => {
  const folder = useTemporaryFolder()
  async function open(name: string) {
    const home = folder.pathTo(name)
    await mkdir(home, { recursive: true })
    return { home, accounts: await openAccounts(home, now) }
  }

  it('know a key again, but do not keep it', async () => {
    const { home, accounts } = await open('known')
    const { secret } = await accounts.create({
      name: 'ci',
      username: 'alice',
      scopes: ['task.read'],
    })
    const found = await accounts.identify(secret)
    assert.deepEqual([found?.user.username, found?.key.scopes], ['alice', ['task.read']])
    const file = path.join(home, 'accounts.json')
    assert.ok(!(await readFile(file, 'utf8')).includes(secret.slice(3)))
    assert.equal((await stat(file)).mode & 0o777, 0o600)
  })

  it('know no other key', async () => {
    const { accounts } = await open('other')
    const { secret } = await accounts.create({ name: 'ci', username: 'alice', scopes: [] })
    for (const wrong of ['', 'dk_', secret.slice(0, -1), `${secret}x`, secret.toUpperCase()]) {
      assert.equal(await accounts.identify(wrong), undefined)
    }
  })

  it('give a second key of a user the same user, and another one to another', async () => {
    const { accounts } = await open('users')
    const scopes = ['task.read'] as const
    const keys = []
    for (const username of ['alice', 'bob', 'alice']) {
      keys.push((await accounts.create({ name: 'k', username, scopes })).key.user)
    }
    assert.deepEqual(keys, [1, 2, 1])
  })

  it('learn at once what another process has made or revoked', async () => {
    const { home, accounts } = await open('shared')
    const command = await openAccounts(home, now)
    const { secret, key } = await command.create({ name: 'k', username: 'alice', scopes: [] })
    assert.ok(await accounts.identify(secret))
    assert.equal(await command.revoke(key.id), 1)
    assert.equal(await accounts.identify(secret), undefined)
    assert.equal(await command.revoke(key.id), 0)
  })

  it('have keys that are gone with the process', async () => {
    const { home, accounts } = await open('passing')
    await accounts.create({ name: 'k', username: 'alice', scopes: [] })
    const secret = await accounts.passing('alice')
    assert.equal((await accounts.identify(secret))?.user.username, 'alice')
    assert.equal(accounts.keys().length, 1)
    assert.equal(await (await openAccounts(home, now)).identify(secret), undefined)
    await assert.rejects(accounts.passing('bob'), /no user bob/)
  })
})
