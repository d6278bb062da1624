import type { Database, Reading, Writing } from './database.ts'
import type { KeptTables } from './kept-tables.ts'
import { toSqliteMigration } from './migrations.ts'
import { SERVICE_FILE_VERSIONS } from './service-file-schema.ts'
import { createServiceTables, SERVICE_CHANGES } from './service-schema.ts'
import type { ServiceTables } from './service-tables.ts'
import { openSqliteDatabase } from './sqlite-database.ts'

/** The database of the service. */
export type ServiceDatabase = Database<ServiceTables>

/** Reads the database of the service. */
export type ServiceReading = Reading<ServiceTables>

/** Reads and changes the database of the service, within a transaction. */
export type ServiceWriting = Writing<ServiceTables>

/** What has made the file of a service what it is, see `SqliteOptions.migrations`. */
export const SERVICE_FILE_MIGRATIONS: readonly string[] = [
  ...SERVICE_FILE_VERSIONS,
  ...SERVICE_CHANGES.map(toSqliteMigration),
]

/** Where the tables of the service are, {@link ServiceTables}. */
export const SERVICE: KeptTables = {
  name: 'service',
  file: 'gateway.sqlite',
  fileMigrations: SERVICE_FILE_MIGRATIONS,
  migrations: [createServiceTables, ...SERVICE_CHANGES],
}

/**
 * Opens the database of a service that has it in a file of its own.
 *
 * @throws {Error} one sentence, see {@link openSqliteDatabase}
 */
export function openServiceFile(file: string): ServiceDatabase {
  return openSqliteDatabase<ServiceTables>(file, SERVICE_FILE_MIGRATIONS)
}
