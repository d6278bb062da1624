import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Database, Writing } from '../../src/database/database.ts'
import { createPostgresServer } from '../../src/database/postgres-database.ts'
import { createServiceTables, SERVICE_CHANGES } from '../../src/database/service-schema.ts'
import type { ServiceTables } from '../../src/database/service-tables.ts'
import { openJournal } from '../../src/doors/asset-compute/journal.ts'
import { openRegistrations } from '../../src/doors/asset-compute/registrations.ts'
import { startRelay } from '../support/relay.ts'
import { usePostgres } from '../support/use-postgres.ts'
import { specifyServiceStores } from './service-stores-contract.ts'

describe('PostgreSQL', () => {
  const postgres = usePostgres()
  const { connect } = postgres

  describe('the stores of the service', () => {
    specifyServiceStores(async () =>
      connect(await postgres.createDatabase()).open<ServiceTables>('service', [
        createServiceTables,
        ...SERVICE_CHANGES,
      ]),
    )
  })

  it('gets its tables once, when several services start at once', async () => {
    const url = await postgres.createDatabase()
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
    const url = await postgres.createDatabase()
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
    const url = await postgres.createDatabase()
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

  describe('that goes away', () => {
    const said: string[] = []
    const gone = { code: 'database_unavailable', status: 503, headers: { 'retry-after': '5' } }
    beforeEach(() => said.splice(0))

    async function open() {
      const url = new URL(await postgres.createDatabase())
      const relay = await startRelay(Number(url.port))
      url.port = String(relay.port)
      const server = connect(
        url.href,
        () => said.push('lost'),
        () => said.push('back'),
      )
      const database = await server.open<ServiceTables>('service', [createServiceTables])
      return { relay, database }
    }
    it('refuses who reads for now, and says once that it is gone and that it is back', async () => {
      const { relay, database } = await open()
      await database.write(register('a'))
      await relay.cut()
      await assert.rejects(read(database), gone)
      await assert.rejects(database.tryWriting(), gone)
      await relay.mend()
      assert.deepEqual(await read(database), [{ id: 'a' }])
      await database.tryWriting()
      assert.deepEqual(said, ['lost', 'back'])
      await relay.cut()
    })

    it('has a work wait for it that was not to be committed yet', async () => {
      const { relay, database } = await open()
      await database.write(register('a'))
      let attempts = 0
      const written = database.write(async (tables) => {
        attempts += 1
        if (attempts === 1) await relay.cut()
        if (attempts === 1) setImmediate(() => void relay.mend())
        await register('b')(tables)
      })
      await written
      assert.deepEqual([attempts, await read(database)], [2, [{ id: 'a' }, { id: 'b' }]])
      await relay.cut()
    })

    it('refuses a work that may have been committed', async () => {
      const { relay, database } = await open()
      let attempts = 0
      const written = database.write(async (tables) => {
        attempts += 1
        await register('a')(tables)
        await relay.cut()
      })
      await assert.rejects(written, gone)
      assert.equal(attempts, 1)
    })
  })

  it('refuses a text with U+0000 in it, which none of its own has', async () => {
    const { write } = await connect(await postgres.createDatabase()).open<ServiceTables>(
      'service',
      [createServiceTables],
    )
    const values = { id: 'a', client_id: 'a\0', org_id: 'org' }
    await assert.rejects(
      write((tables) => tables.insertInto('registrations').values(values).execute()),
      { code: 'invalid', message: 'A text has the character U+0000 in it; it must have none.' },
    )
  })

  describe('at the start', () => {
    it('is waited for while it is being started', async () => {
      const url = new URL(await postgres.createDatabase())
      const relay = await startRelay(Number(url.port))
      await relay.cut()
      url.port = String(relay.port)
      const server = createPostgresServer(url.href, assert.fail)
      try {
        const said: string[] = []
        await server.answer((why) => {
          said.push(why)
          if (said.length === 1) void relay.mend()
        })
        assert.deepEqual(said, [
          `The database ${server.name} cannot be used: connect ECONNREFUSED 127.0.0.1:${relay.port}.`,
        ])
      } finally {
        await server.close()
        await relay.cut()
      }
    })

    const refusals: [what: string, change: (url: URL) => void, message: RegExp][] = [
      [
        'that is not there',
        (url) => {
          url.pathname = '/nothere'
        },
        /^The database \S+\/nothere cannot be used: database "nothere" does not exist; a database of this name must be made first\.$/,
      ],
      [
        'whose user it does not know',
        (url) => {
          url.username = 'nobody'
          url.password = 'hush'
        },
        /^The database \S+ cannot be used: role "nobody" does not exist; DATABASE_URL must have a user that it lets in from here\.$/,
      ],
      [
        'without TLS that is to have it',
        (url) => url.searchParams.set('sslmode', 'verify-full'),
        /^The database \S+ cannot be used: The server does not support SSL connections; DATABASE_URL must end with sslmode=disable where there is no TLS\.$/,
      ],
    ]
    for (const [what, change, message] of refusals) {
      it(`refuses one ${what}, at once`, async () => {
        const url = new URL(await postgres.createDatabase())
        change(url)
        const server = connect(url.href)
        await assert.rejects(server.answer(assert.fail), { message })
      })
    }

    it('refuses one that lets its user make no tables', async () => {
      const url = new URL(await postgres.createDatabase())
      const admin = connect(url.href)
      const { committed } = await admin.open<ServiceTables>('service', [])
      await sql`DROP TABLE schema_version`.execute(committed)
      await sql`CREATE USER poor`.execute(committed)
      await sql`REVOKE CREATE ON SCHEMA public FROM public`.execute(committed)
      url.username = 'poor'
      await assert.rejects(connect(url.href).open('service', []), {
        message: /the user of DATABASE_URL must be allowed to create tables in its schema\.$/,
      })
    })
  })
})

function register(id: string) {
  return (tables: Writing<ServiceTables>) =>
    tables
      .insertInto('registrations')
      .values({ id, client_id: id, org_id: 'org' })
      .executeTakeFirstOrThrow()
}

function read({ committed }: Database<ServiceTables>) {
  return committed.selectFrom('registrations').select('id').orderBy('id').execute()
}
