import assert from 'node:assert/strict'
import { createPostgresServer, type PostgresServer } from '../../src/database/postgres-database.ts'
import { createServiceTables, SERVICE_CHANGES } from '../../src/database/service-schema.ts'
import type { ServiceTables } from '../../src/database/service-tables.ts'
import { openJournal } from '../../src/doors/asset-compute/journal.ts'
import { openRegistrations } from '../../src/doors/asset-compute/registrations.ts'
import { type PostgresCluster, startPostgres } from '../support/postgres.ts'
import { skipWithout } from '../support/tools.ts'
import { specifyServiceStores } from './service-stores-contract.ts'

describe('PostgreSQL', () => {
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

  function connect(url: string): PostgresServer {
    const server = createPostgresServer(url, assert.fail)
    servers.push(server)
    return server
  }

  describe('the stores of the service', () => {
    specifyServiceStores(async () =>
      connect(await cluster.createDatabase()).open<ServiceTables>('service', [
        createServiceTables,
        ...SERVICE_CHANGES,
      ]),
    )
  })

  it('gets its tables once, when several services start at once', async () => {
    const url = await cluster.createDatabase()
    const opened = await Promise.all(
      Array.from({ length: 4 }, () =>
        connect(url).open<ServiceTables>('service', [createServiceTables]),
      ),
    )
    for (const { committed } of opened) {
      assert.deepEqual(await committed.selectFrom('orders').selectAll().execute(), [])
    }
  })

  it('brings tables up to date, and refuses those of a newer version', async () => {
    const url = await cluster.createDatabase()
    await connect(url).open<ServiceTables>('service', [createServiceTables])
    const migrations = [
      createServiceTables,
      (schema: Parameters<typeof createServiceTables>[0]) => [
        schema.alterTable('orders').addColumn('kept', 'text'),
      ],
    ]
    const newer = await connect(url).open<{ orders: { kept: string | null } }>(
      'service',
      migrations,
    )
    assert.deepEqual(await newer.committed.selectFrom('orders').select('kept').execute(), [])
    await assert.rejects(
      connect(url).open<ServiceTables>('service', [createServiceTables]),
      /A newer version of Darkroom has made the tables of DATABASE_URL/,
    )
  })

  it('loses no event of a journal, however many come to two front ends at once', async () => {
    const url = await cluster.createDatabase()
    const migrations = [createServiceTables, ...SERVICE_CHANGES]
    const open = () => connect(url).open<ServiceTables>('service', migrations)
    const databases = [await open(), await open()]
    const [first = assert.fail()] = databases
    const { id } = await openRegistrations(first).register({
      clientId: 'client',
      orgId: 'org',
      tokenId: 't',
    })
    const journals = databases.map((database) => ({
      database,
      journal: openJournal(database, Date.now),
    }))
    const appended = Array.from({ length: 60 }, (_, name) =>
      journals.map(({ database, journal }) =>
        database.write((tables) =>
          journal.append(tables, {
            registrationId: id,
            tokenId: 't',
            visibleAt: 0,
            event: { name },
          }),
        ),
      ),
    )
    await Promise.all(appended.flat())
    const { events } = await openJournal(first, Date.now).read(id, 0, 200)
    assert.deepEqual(
      events.map(({ position }) => position),
      Array.from({ length: 120 }, (_, index) => index + 1),
    )
  })
})
