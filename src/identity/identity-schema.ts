import type { Database } from '../database/database.ts'
import type { Migration } from '../database/migrations.ts'

/** What front ends know in common of who may come in. Times are milliseconds since 1970. */
export interface IdentityTables {
  secrets: {
    name: string
    /** JSON, encrypted with the key of the database; the name is in it as well. */
    sealed: Uint8Array
  }
  /** Users of the jobs API. */
  job_users: {
    id: number
    username: string
    /** JSON of what signs for them, encrypted likewise. */
    sealed: Uint8Array
    created_at: number
  }
  job_keys: {
    id: string
    name: string
    user: number
    /** JSON. */
    scopes: string
    /** Of the key itself, which nobody can read. */
    hash: string
    created_at: number
  }
}

/** The database of {@link IdentityTables}. */
export type IdentityDatabase = Database<IdentityTables>

/** What has made these tables, oldest first; never changed once it was released. */
export const IDENTITY_MIGRATIONS: readonly Migration[] = [
  (schema, { integer, bytes }) => [
    schema
      .createTable('secrets')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('sealed', bytes, (column) => column.notNull()),
    schema
      .createTable('job_users')
      .addColumn('id', integer, (column) => column.primaryKey())
      .addColumn('username', 'text', (column) => column.notNull().unique())
      .addColumn('sealed', bytes, (column) => column.notNull())
      .addColumn('created_at', integer, (column) => column.notNull()),
    schema
      .createTable('job_keys')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('user', integer, (column) => column.notNull().references('job_users.id'))
      .addColumn('scopes', 'text', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull().unique())
      .addColumn('created_at', integer, (column) => column.notNull()),
  ],
]
