import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { checkDatabase } from '../../src/cli/doctor/check-database.ts'
import { createPostgresServer } from '../../src/database/postgres-database.ts'
import { IDENTITY_MIGRATIONS, type IdentityTables } from '../../src/identity/identity-schema.ts'
import { KEY, openShared } from '../identity/shared-database.ts'
import { type PostgresCluster, startPostgres } from '../support/postgres.ts'
import { skipWithout } from '../support/tools.ts'

const ANSWERS =
  /^DATABASE_URL: 127\.0\.0\.1:\d+\/test_\w+ answers, a PostgreSQL \d+.*, in \d+\.\d ms\.$/

describe('the doctor tells of a database elsewhere', () => {
  let cluster: PostgresCluster
  before(async function () {
    skipWithout(this, 'PostgreSQL')
    cluster = await startPostgres()
  })
  after(() => cluster?.stop())

  it('that it answers, and has no secrets yet', async () => {
    const told = await check(await cluster.createDatabase())
    answers(told)
    assert.deepEqual(told.slice(1), [
      'sound: There are no secrets in the database yet; the first npm start makes them.',
    ])
  })

  it('whether the key is the right one', async () => {
    const url = await cluster.createDatabase()
    const server = createPostgresServer(url, assert.fail)
    const database = await server.open<IdentityTables>('identity', IDENTITY_MIGRATIONS)
    await openShared(database, Date.now).openAccounts()
    await server.close()
    assert.deepEqual((await check(url)).slice(1), [
      'sound: DATABASE_KEY opens the secrets of the database.',
    ])
    assert.deepEqual((await check(url, 'f'.repeat(64))).slice(1), [
      'wrong: DATABASE_KEY is not the one that the secrets of this database were encrypted with.',
    ])
  })

  it('that its user may make no tables', async () => {
    const url = new URL(await cluster.createDatabase())
    const server = createPostgresServer(url.href, assert.fail)
    const { committed } = await server.open('none', [])
    await sql`CREATE USER poor`.execute(committed)
    await sql`REVOKE CREATE ON SCHEMA public FROM public`.execute(committed)
    await server.close()
    url.username = 'poor'
    const told = await check(url.href)
    answers(told)
    assert.equal(
      told[1],
      'wrong: The user of DATABASE_URL must be allowed to create tables in its schema.',
    )
  })

  it('that it does not answer, without its password', async () => {
    assert.deepEqual(await check('postgres://me:hush@127.0.0.1:1/dark'), [
      'wrong: DATABASE_URL: The database 127.0.0.1:1/dark cannot be used: connect ECONNREFUSED 127.0.0.1:1.',
    ])
  })
})

async function check(url: string, key = KEY): Promise<string[]> {
  const told: string[] = []
  for await (const { state, sentence } of checkDatabase({ url, key })) {
    told.push(`${state}: ${sentence}`)
  }
  return told
}

function answers([first = '']: string[]): void {
  assert.match(first.replace(/^sound: /, ''), ANSWERS)
}
