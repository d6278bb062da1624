import type { Migration } from './migrations.ts'

/** Tables that belong together, wherever they are. */
export interface KeptTables {
  /** What they are called in PostgreSQL, where the tables of all are in one database. */
  readonly name: string
  /** The SQLite file that has them, relative to the state folder. */
  readonly file: string
  /** What has made that file what it is, see `SqliteOptions.migrations`. */
  readonly fileMigrations: readonly string[]
  /** What makes them in PostgreSQL; likewise never changed once it was released. */
  readonly migrations: readonly Migration[]
}
