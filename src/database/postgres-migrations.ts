import { type Kysely, sql } from 'kysely'
import { type Migration, POSTGRES_KINDS } from './migrations.ts'

/** Names the lock that those have who migrate; any number that nobody else uses in this database. */
export const MIGRATION_LOCK = 0x6461726b

/**
 * Makes tables, or brings them up to date: all migrations that they have not had, or none. Of several services that start at once one
 * does so, and the others wait.
 *
 * @param name - of these tables among all that are in the database
 * @throws {Error} one sentence, when a newer version has made them
 */
export async function migratePostgres<Tables>(
  database: Kysely<Tables>,
  name: string,
  migrations: readonly Migration[],
): Promise<void> {
  await database.transaction().execute(async (tables) => {
    await sql`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(tables)
    await sql`CREATE TABLE IF NOT EXISTS schema_version (name text PRIMARY KEY, version bigint NOT NULL)`.execute(
      tables,
    )
    const { rows } = await sql<{ version: number }>`
      SELECT version FROM schema_version WHERE name = ${name}`.execute(tables)
    const version = rows[0]?.version ?? 0
    if (version > migrations.length) {
      throw new Error('A newer version of Darkroom has made the tables of DATABASE_URL.')
    }
    for (const migration of migrations.slice(version)) {
      for (const statement of migration(tables.schema, POSTGRES_KINDS)) {
        await tables.executeQuery(statement.compile())
      }
    }
    await sql`
      INSERT INTO schema_version VALUES (${name}, ${migrations.length})
      ON CONFLICT (name) DO UPDATE SET version = excluded.version`.execute(tables)
  })
}
