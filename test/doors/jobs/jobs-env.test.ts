import assert from 'node:assert/strict'
import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { writeJobsEnv } from '../../../src/doors/jobs/jobs-env.ts'
import type { IdentityDatabase } from '../../../src/identity/identity-schema.ts'
import { openIdentityFile, openShared } from '../../identity/shared-database.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

const now = (): number => Date.UTC(2026, 0, 1)

describe('jobs.env of front ends that have their keys in common', () => {
  const folder = useTemporaryFolder()
  let database: IdentityDatabase
  beforeEach(function () {
    database = openIdentityFile(folder.pathTo(`${this.currentTest?.title}.sqlite`))
  })
  afterEach(() => database.close())

  /** Starts one more front end; resolves with the key that it writes. */
  async function start(name: string): Promise<string | undefined> {
    const home = folder.pathTo(name)
    await mkdir(home, { recursive: true })
    const { secrets, openAccounts } = openShared(database, now)
    const accounts = await openAccounts()
    const origin = 'https://localhost:9443'
    await writeJobsEnv({ home, accounts, shared: secrets, origin, caFile: 'ca.pem' })
    const text = await readFile(path.join(home, 'jobs.env'), 'utf8')
    return /^export CLOUDCONVERT_API_KEY=(dk_\S+)$/m.exec(text)?.[1]
  }
  const keysOf = async () => (await openShared(database, now).openAccounts()).keys()

  it('has one key', async () => {
    const first = await start('a')
    assert.ok(first)
    assert.deepEqual([await start('b'), await start('c'), await start('a')], [first, first, first])
    assert.equal((await keysOf()).length, 1)
  })

  it('has one key of those that start at once', async () => {
    const [first, ...others] = await Promise.all([start('d'), start('e'), start('f')])
    assert.ok(first)
    assert.deepEqual(others, [first, first])
    assert.equal((await keysOf()).length, 1)
  })

  it('has another key for all, once it was revoked', async () => {
    const first = await start('g')
    await (await openShared(database, now).openAccounts()).revoke('default')
    const [second, ...others] = await Promise.all([start('h'), start('i')])
    assert.deepEqual([others, await start('g')], [[second], second])
    assert.notEqual(second, first)
    assert.equal((await keysOf()).length, 1)
  })
})
