import assert from 'node:assert/strict'
import type { KeptTables } from '../../../src/database/kept-tables.ts'
import {
  createPostgresServer,
  type PostgresServer,
} from '../../../src/database/postgres-database.ts'
import { openScene7Databases } from '../../../src/doors/scene7/scene7-databases.ts'
import { type PostgresCluster, startPostgres } from '../../support/postgres.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { skipWithout } from '../../support/tools.ts'
import { specifyScene7Stores } from './scene7-stores-contract.ts'

describe('the stores of Scene7 in PostgreSQL', () => {
  const folder = useTemporaryFolder()
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

  specifyScene7Stores(async () => {
    const server = createPostgresServer(await cluster.createDatabase(), assert.fail)
    servers.push(server)
    const open = <Tables>({ name, migrations }: KeptTables) => server.open<Tables>(name, migrations)
    return openScene7Databases(open, folder.pathTo('home'))
  })
})
