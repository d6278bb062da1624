import { SERVICE_MIGRATIONS } from '../home/service-schema.ts'
import type { Database, Reading, Writing } from './database.ts'
import type { ServiceTables } from './service-tables.ts'
import { openSqliteDatabase } from './sqlite-database.ts'

/** The database of the service. */
export type ServiceDatabase = Database<ServiceTables>

/** Reads the database of the service. */
export type ServiceReading = Reading<ServiceTables>

/** Reads and changes the database of the service, within a transaction. */
export type ServiceWriting = Writing<ServiceTables>

/**
 * Opens the database of a service that has it in a file of its own.
 *
 * @throws {Error} one sentence, see {@link openSqliteDatabase}
 */
export function openServiceFile(file: string): ServiceDatabase {
  return openSqliteDatabase<ServiceTables>(file, SERVICE_MIGRATIONS)
}
