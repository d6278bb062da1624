import assert from 'node:assert/strict'
import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { migrateHome } from '../../src/compose/migrate.ts'
import { copyRows } from '../../src/database/postgres-copy.ts'
import { createPostgresServer, type PostgresServer } from '../../src/database/postgres-database.ts'
import { SERVICE } from '../../src/database/service-database.ts'
import type { ServiceTables } from '../../src/database/service-tables.ts'
import type { RowValue, TableRows } from '../../src/database/table-rows.ts'
import { holdStateFolder } from '../../src/home/state-folder.ts'
import { openAccounts } from '../../src/identity/accounts-file.ts'
import { openSharedAccounts } from '../../src/identity/accounts-tables.ts'
import { credentialsSchema, openCredentials } from '../../src/identity/credentials.ts'
import { IDENTITY_MIGRATIONS, type IdentityTables } from '../../src/identity/identity-schema.ts'
import { createNamedSealing } from '../../src/identity/named-sealing.ts'
import { createSharedSecrets } from '../../src/identity/shared-secrets.ts'
import { KEY } from '../identity/shared-database.ts'
import { type PostgresCluster, startPostgres } from '../support/postgres.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { skipWithout } from '../support/tools.ts'

const now = (): number => Date.UTC(2026, 0, 1)

describe('what a state folder has', function () {
  this.timeout(60_000)
  const folder = useTemporaryFolder()
  let cluster: PostgresCluster
  let url: string
  let home: string
  const servers: PostgresServer[] = []

  before(async function () {
    skipWithout(this, 'PostgreSQL')
    cluster = await startPostgres()
  })
  let count = 0
  beforeEach(async () => {
    url = await cluster.createDatabase()
    count += 1
    home = folder.pathTo(`home ${count}`)
  })
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close()
  })
  after(() => cluster?.stop())

  function connect(): PostgresServer {
    const server = createPostgresServer(url, assert.fail)
    servers.push(server)
    return server
  }
  const openService = () => connect().open<ServiceTables>(SERVICE.name, SERVICE.migrations)
  const migrate = (key = KEY) =>
    migrateHome({
      home,
      database: { url, key },
      storage: undefined,
      now,
      onWait: assert.fail,
      onObject: (object) => assert.fail(String(object)),
      signal: new AbortController().signal,
    })

  /** A folder that the first version has left when it was killed, with keys that were made since. */
  async function makeOlderHome() {
    cpSync('test/homes/0.1.0', home, { recursive: true })
    cpSync('test/homes/0.1.0-scene7', home, { recursive: true })
    const credentials = await openCredentials(home)
    const accounts = await openAccounts(home, now)
    const { secret } = await accounts.create({ name: 'k', username: 'alice', scopes: [] })
    return { credentials, accounts, secret }
  }

  it('is in PostgreSQL as a whole, and stays as it is', async () => {
    const { credentials, accounts, secret } = await makeOlderHome()
    const before = contentsOf(home)
    const { tables, objects } = await migrate()
    assert.deepEqual(contentsOf(home), before)
    assert.equal(objects, undefined)
    const rowsOf = new Map(tables.map(({ table, rows }) => [table, rows]))
    assert.deepEqual(
      [
        'registrations',
        'events',
        'orders',
        'job_users',
        'job_keys',
        'secrets',
        'assets',
        'exports',
      ].map((table) => rowsOf.get(table)),
      [2, 3, 5, 1, 1, 2, 3, 2],
    )

    const { committed } = await openService()
    const registered = await committed.selectFrom('registrations').select('id').execute()
    assert.ok(registered.some(({ id }) => id === '329e38c3-51aa-4d5c-9442-ba085370b7b8'))
    const database = await connect().open<IdentityTables>('identity', IDENTITY_MIGRATIONS)
    const sealing = createNamedSealing(KEY)
    const secrets = createSharedSecrets(database, sealing)
    assert.deepEqual(await secrets.open('credentials', credentialsSchema, never), credentials)
    const moved = await openSharedAccounts({ database, secrets, sealing, now })
    assert.deepEqual(
      [moved.sealingKey, moved.users(), moved.keys()],
      [accounts.sealingKey, accounts.users(), accounts.keys()],
    )
    assert.equal((await moved.identify(secret))?.user.username, 'alice')
  })

  it('has its numbers go on where they were', async () => {
    await makeOlderHome()
    await migrate()
    const { committed, write } = await openService()
    const last = await committed
      .selectFrom('orders')
      .select(({ fn }) => fn.max('id').as('id'))
      .executeTakeFirstOrThrow()
    const { id } = await write((tables) =>
      tables
        .insertInto('orders')
        .values({ door: 'd', client: 'c', worker: 'w', accepted_at: 0 })
        .returning('id')
        .executeTakeFirstOrThrow(),
    )
    assert.equal(id, last.id + 1)
  })

  it('is refused by a database that is in use, which stays as it is', async () => {
    await makeOlderHome()
    await migrate()
    const { committed } = await openService()
    const before = await committed.selectFrom('orders').selectAll().execute()
    await assert.rejects(migrate(), {
      message:
        /^The database \S+ is in use already: there are rows in its table secrets; it must be an empty one\.$/,
    })
    assert.deepEqual(await committed.selectFrom('orders').selectAll().execute(), before)
  })

  it('is not copied while a service has it, nor when there is none', async () => {
    await assert.rejects(migrate(), {
      message: `There is no service's state in ${home}; --from must name its state folder.`,
    })
    await makeOlderHome()
    const letGo = holdStateFolder(home)
    await assert.rejects(migrate(), {
      message: `A service has the state folder ${home}; it must be stopped first.`,
    })
    letGo?.()
  })

  function copy(rows: Iterable<RowValue[]>, signal = new AbortController().signal) {
    return copyRows({ url, name: 'the database' }, [registrations(rows)], signal)
  }

  describe('and rows in general', () => {
    it('are there all or not at all, and after an interruption at the next try', async () => {
      const { committed } = await openService()
      const interruption = new AbortController()
      function* interrupted() {
        for (let index = 0; index < 3000; index += 1) {
          if (index === 1500) interruption.abort()
          yield row(String(index))
        }
      }
      await assert.rejects(copy(interrupted(), interruption.signal), { name: 'AbortError' })
      const all = committed.selectFrom('registrations').select('id')
      assert.deepEqual(await all.execute(), [])
      const rows = Array.from({ length: 3000 }, (_, index) => row(String(index)))
      const [copied] = await copy(rows)
      assert.equal(copied?.rows, 3000)
      assert.equal((await all.execute()).length, 3000)
    })

    const refused: [what: string, rows: RowValue[][], message: RegExp][] = [
      [
        'twice the same',
        [row('a'), row('b', 'a')],
        /^The table registrations cannot be copied: duplicate key value violates .+; nothing was kept\.$/,
      ],
      [
        'with U+0000',
        [row('a\0')],
        /^The table registrations cannot be copied: invalid byte sequence .+; nothing was kept\.$/,
      ],
    ]
    for (const [what, rows, message] of refused) {
      it(`are refused ${what}`, async () => {
        const { committed } = await openService()
        await assert.rejects(copy(rows), { message })
        assert.deepEqual(await committed.selectFrom('registrations').select('id').execute(), [])
      })
    }

    it('are refused when they are not the same there', async () => {
      const { committed } = await openService()
      // What UTF-8 cannot say becomes another character on the way.
      await assert.rejects(copy([row('\ud800')]), {
        message:
          'The table registrations is not the same in the database: 1 rows were sent, and 1 are there, with another checksum; nothing was kept.',
      })
      assert.deepEqual(await committed.selectFrom('registrations').select('id').execute(), [])
    })
  })
})

async function never(): Promise<never> {
  throw new Error('it is there already')
}

/** The files of a folder, but for what a lock or a look leaves beside others. */
function contentsOf(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => statSync(path.join(folder, name)).isFile() && !/\.lock(-journal)?$|-shm$/.test(name),
  )
  return new Map(
    names.map((name) => [name, readFileSync(path.join(folder, name)).toString('base64')]),
  )
}

function row(id: string, clientId: string = id): RowValue[] {
  return [id, clientId, 'org', 0, 7]
}

function registrations(rows: Iterable<RowValue[]>): TableRows {
  return {
    table: 'registrations',
    columns: ['id', 'client_id', 'org_id', 'swept_position', 'last_position'],
    rows,
    lastNumber: 0,
  }
}
