import assert from 'node:assert/strict'
import { mkdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { openAccounts } from '../../src/identity/accounts-file.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { now, specifyAccounts } from './accounts-contract.ts'

describe('the accounts of the jobs API, in a file', () => {
  const folder = useTemporaryFolder()
  let count = 0
  async function makeHome(): Promise<string> {
    const home = folder.pathTo(`home ${(count += 1)}`)
    await mkdir(home, { recursive: true })
    return home
  }

  specifyAccounts(async () => {
    const home = await makeHome()
    return () => openAccounts(home, now)
  })

  it('are for their owner alone, without the keys', async () => {
    const home = await makeHome()
    const accounts = await openAccounts(home, now)
    const { secret } = await accounts.create({ name: 'ci', username: 'alice', scopes: [] })
    const file = path.join(home, 'accounts.json')
    assert.ok(!(await readFile(file, 'utf8')).includes(secret.slice(3)))
    assert.equal((await stat(file)).mode & 0o777, 0o600)
  })
})
