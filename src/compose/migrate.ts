import { existsSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import * as z from 'zod/mini'
import { isRecord, parseJson } from '../base/json.ts'
import { type DatabaseSettings, nameDatabase } from '../database/database-url.ts'
import type { KeptTables } from '../database/kept-tables.ts'
import { type CopiedTable, copyRows, requireEmptyTables } from '../database/postgres-copy.ts'
import { createPostgresServer } from '../database/postgres-database.ts'
import { readSqliteRows } from '../database/sqlite-rows.ts'
import type { TableRows } from '../database/table-rows.ts'
import { readJobsKey } from '../doors/jobs/jobs-env.ts'
import { CATALOGUE, SELECT_ORIGINALS } from '../doors/scene7/catalogue/catalogue-schema.ts'
import { ORIGINALS } from '../doors/scene7/catalogue/originals.ts'
import { keyOfExport } from '../doors/scene7/ips/exports/kept-exports.ts'
import { IPS } from '../doors/scene7/ips/ips-schema.ts'
import { readScene7Env } from '../doors/scene7/scene7-env.ts'
import { takeSnapshots } from '../home/backup/snapshots.ts'
import { openSqliteFile, readSqliteFile } from '../home/sqlite-file.ts'
import { holdStateFolder } from '../home/state-folder.ts'
import { makeTemporaryFolder } from '../home/temporary-folder.ts'
import { accountsSchema } from '../identity/accounts-file.ts'
import { identityRows, type KeptIdentity } from '../identity/identity-rows.ts'
import { IDENTITY_MIGRATIONS } from '../identity/identity-schema.ts'
import { createNamedSealing } from '../identity/named-sealing.ts'
import { type CopiedObject, copyObject, objectsOfFolder } from '../storage/copy-objects.ts'
import { PART_INDEX_MIGRATIONS } from '../storage/part-index.ts'
import type { StorageSettings } from '../storage/storage-url.ts'
import { KEPT_TABLES } from './kept-tables.ts'
import { openStoreElsewhere } from './objects.ts'

/** The SQLite file of the objects in the state folder. */
const INDEX = 'objects/index.sqlite'

const originalSchema = z.object({ name: z.string(), size: z.int() })

const SELECT_EXPORTS = 'SELECT job, token FROM exports'
const exportSchema = z.object({ job: z.int(), token: z.string() })

/** What became of it. */
export interface Migrated {
  readonly tables: readonly CopiedTable[]
  /** What was copied to the storage elsewhere; undefined where all of it stays in the state folder. */
  readonly objects: { readonly count: number; readonly bytes: number } | undefined
}

/**
 * Copies what a state folder has in its databases and secrets to PostgreSQL, all of it or nothing, and its objects to the storage
 * elsewhere where there is one; the folder stays as it is. What was copied is read there and compared.
 *
 * @param options.storage - where objects go; undefined when they stay
 * @param options.onWait - is told why the database cannot be used yet
 * @param options.onObject - is told of each object that is there
 * @throws {Error} one sentence: a service has the folder, there is no instance in it, or the database is in use already
 */
export async function migrateHome(options: {
  home: string
  database: DatabaseSettings
  storage: StorageSettings | undefined
  now: () => number
  onWait: (message: string) => void
  onObject: (count: number) => void
  signal: AbortSignal
}): Promise<Migrated> {
  const { home, database, signal } = options
  if (!existsSync(path.join(home, 'credentials.json'))) {
    throw new Error(`There is no service's state in ${home}; --from must name its state folder.`)
  }
  const letGo = holdStateFolder(home)
  if (letGo === undefined) {
    throw new Error(`A service has the state folder ${home}; it must be stopped first.`)
  }
  const passing = makeTemporaryFolder()
  try {
    await copyDatabases(home, passing.path, signal)
    const identity = identityRows(await readIdentity(home), createNamedSealing(database.key))
    await makeTables(options)
    const kept = readKept(passing.path)
    try {
      const tables = [...identity, ...kept.tables]
      const place = { url: database.url, name: nameDatabase(database.url) }
      const names = tables.map(({ table }) => table)
      await requireEmptyTables(place, names, signal)
      const objects = await copyObjects(options, passing.path)
      return { tables: await copyRows(place, tables, signal), objects }
    } finally {
      kept.close()
    }
  } finally {
    await passing.remove()
    letGo()
  }
}

/** Copies the databases of a state folder as they are at this moment, and brings the copies up to date. */
async function copyDatabases(home: string, folder: string, signal: AbortSignal): Promise<void> {
  const files = [
    ...KEPT_TABLES.map(({ file, fileMigrations }) => ({ file, migrations: fileMigrations })),
    { file: INDEX, migrations: PART_INDEX_MIGRATIONS },
  ]
  const snapshots = takeSnapshots(
    home,
    files.map(({ file }) => file).filter((name) => existsSync(path.join(home, name))),
  )
  try {
    await snapshots.copyTo(folder, signal)
  } finally {
    snapshots.close()
  }
  for (const { file, migrations } of files) {
    const copy = path.join(folder, file)
    // The copy is thrown away in the end.
    if (existsSync(copy)) openSqliteFile(copy, { migrations, synchronous: 'NORMAL' }).close()
  }
}

/** Makes the tables, which takes no more than a start of the service does. */
async function makeTables({
  database,
  onWait,
}: Pick<Parameters<typeof migrateHome>[0], 'database' | 'onWait'>): Promise<void> {
  // What breaks is told by whatever is asked next.
  const server = createPostgresServer(database.url, () => undefined)
  try {
    await server.answer(onWait)
    await server.open('identity', IDENTITY_MIGRATIONS)
    for (const { name, migrations } of KEPT_TABLES) await server.open(name, migrations)
  } finally {
    await server.close()
  }
}

/** What the copied databases have in their tables. */
function readKept(folder: string): { tables: TableRows[]; close: () => void } {
  const connections = KEPT_TABLES.map(({ file }) => path.join(folder, file))
    .filter((file) => existsSync(file))
    .map(readSqliteFile)
  return {
    tables: connections.flatMap(readSqliteRows),
    close() {
      for (const connection of connections) connection.close()
    },
  }
}

async function readIdentity(home: string): Promise<KeptIdentity> {
  const accounts = await readJson(home, 'accounts.json')
  const found = accounts === undefined ? undefined : z.safeParse(accountsSchema, accounts)
  if (found?.success === false) throw damaged(home, 'accounts.json')
  const credentials = await readJson(home, 'credentials.json')
  if (!isRecord(credentials)) throw damaged(home, 'credentials.json')
  const { user, password, company } = await readScene7Env(home)
  const scene7 =
    user === undefined || password === undefined || company === undefined
      ? undefined
      : { user, password, company }
  return {
    secrets: {
      credentials,
      scene7,
      'sealing-key': found?.data.sealingKey,
      'jobs-key': await readJobsKey(home),
    },
    accounts: found?.data ?? { users: [], keys: [] },
  }
}

async function readJson(home: string, name: string): Promise<unknown> {
  const file = path.join(home, name)
  return existsSync(file) ? (parseJson(await readFile(file, 'utf8')) ?? null) : undefined
}

function damaged(home: string, name: string): Error {
  return new Error(`${path.join(home, name)} is damaged; npm run doctor tells more.`)
}

/** Copies the objects, one after the other. */
async function copyObjects(
  { home, storage, now, onObject, signal }: Parameters<typeof migrateHome>[0],
  folder: string,
): Promise<Migrated['objects']> {
  if (storage === undefined) return undefined
  const { store, close } = await openStoreElsewhere(storage, now)
  let [count, bytes] = [0, 0]
  try {
    for (const object of objectsOf(home, folder)) {
      signal.throwIfAborted()
      bytes += await copyObject(object, store)
      count += 1
      onObject(count)
    }
    return { count, bytes }
  } finally {
    close()
  }
}

/** Those of the storage, the originals of assets, and the ZIPs of exports. */
function* objectsOf(home: string, folder: string): Generator<CopiedObject> {
  const index = path.join(folder, INDEX)
  if (existsSync(index)) yield* objectsOfFolder(index, path.join(home, 'objects', 'parts'))
  for (const { name, size } of select(folder, CATALOGUE, SELECT_ORIGINALS, originalSchema)) {
    const file = path.join(home, 'scene7', 'originals', name)
    yield objectOf(`${ORIGINALS}${name}`, 'application/octet-stream', file, size)
  }
  for (const { job, token } of select(folder, IPS, SELECT_EXPORTS, exportSchema)) {
    const file = path.join(home, 'scene7', 'exports', String(job), 'export.zip')
    const found = statSync(file, { throwIfNoEntry: false })
    // One that is being made, or gone already.
    if (found === undefined) continue
    yield objectOf(keyOfExport(job, token), 'application/zip', file, found.size)
  }
}

function objectOf(key: string, contentType: string, file: string, size: number): CopiedObject {
  return { key, contentType, slices: [{ path: file, start: 0, end: size }] }
}

/** What a query finds in a database that was copied. */
function select<Row>(
  folder: string,
  { file }: KeptTables,
  query: string,
  schema: z.ZodMiniType<Row>,
): Row[] {
  const copy = path.join(folder, file)
  if (!existsSync(copy)) return []
  const connection = readSqliteFile(copy)
  try {
    return connection
      .prepare(query)
      .all()
      .map((row) => z.parse(schema, row))
  } finally {
    connection.close()
  }
}
