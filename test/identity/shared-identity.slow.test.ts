import assert from 'node:assert/strict'
import { createPostgresServer, type PostgresServer } from '../../src/database/postgres-database.ts'
import { IDENTITY_MIGRATIONS, type IdentityTables } from '../../src/identity/identity-schema.ts'
import { type PostgresCluster, startPostgres } from '../support/postgres.ts'
import { skipWithout } from '../support/tools.ts'
import { specifySharedIdentity } from './shared-identity-contract.ts'

describe('what front ends have in common, in PostgreSQL', () => {
  let cluster: PostgresCluster
  const servers: PostgresServer[] = []
  before(async function () {
    skipWithout(this, 'PostgreSQL')
    cluster = await startPostgres()
  })
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close()
  })
  after(() => cluster?.stop())

  specifySharedIdentity(async () => {
    const server = createPostgresServer(await cluster.createDatabase(), assert.fail)
    servers.push(server)
    return server.open<IdentityTables>('identity', IDENTITY_MIGRATIONS)
  })
})
