import {
  type ColumnDefinitionBuilder,
  type Compilable,
  DummyDriver,
  Kysely,
  type SchemaModule,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'

/** What differs between kinds of databases. */
export interface ColumnKinds {
  /** Of 64 bits: there are times in milliseconds among them. */
  readonly integer: 'integer' | 'bigint'
  readonly bytes: 'blob' | 'bytea'
  /** Of 64 bits, with a point that floats. */
  readonly real: 'real' | 'double precision'
  /** A number that the database gives. */
  readonly numbered: (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder
}

/** Brings tables from one version to the next, in any kind of database, by these statements. */
export type Migration = (schema: SchemaModule, kinds: ColumnKinds) => readonly Compilable[]

/** Those of PostgreSQL. */
export const POSTGRES_KINDS: ColumnKinds = {
  integer: 'bigint',
  bytes: 'bytea',
  real: 'double precision',
  numbered: (column) => column.generatedByDefaultAsIdentity().primaryKey(),
}

const SQLITE_KINDS: ColumnKinds = {
  integer: 'integer',
  bytes: 'blob',
  real: 'real',
  numbered: (column) => column.primaryKey(),
}

/** Writes SQL for SQLite, and asks nobody. */
const compiler = new Kysely({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (database) => new SqliteIntrospector(database),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

/** What a migration is in a SQLite file, see `SqliteOptions.migrations`. */
export function toSqliteMigration(migration: Migration): string {
  return migration(compiler.schema, SQLITE_KINDS)
    .map((statement) => `${statement.compile().sql};`)
    .join('\n')
}
