import { required } from '../../../../database/columns.ts'
import type { KeptTables } from '../../../../database/kept-tables.ts'
import { type Migration, toSqliteMigration } from '../../../../database/migrations.ts'

/** As it was at first, see `UsersTables`; addresses were compared without regard to capital letters. */
const VERSION_1 = `
  CREATE TABLE users (
    -- Never given to another one, since it is in handles.
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    email TEXT NOT NULL UNIQUE COLLATE NOCASE,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    -- How it was hashed, the salt and the hash.
    password TEXT NOT NULL
  ) STRICT;
  CREATE TABLE memberships (
    user INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
    company TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (user, company)
  ) STRICT, WITHOUT ROWID;
`

/**
 * Names that no other store has, since all are in one database where that is PostgreSQL; and a column for the small letters of addresses,
 * as no two kinds of databases compare without regard to them alike.
 */
const VERSION_2 = `
  CREATE TABLE ips_users (
    -- Never given to another one, since it is in handles.
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    email TEXT NOT NULL,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    -- How it was hashed, the salt and the hash.
    password TEXT NOT NULL
  ) STRICT;
  INSERT INTO ips_users SELECT number, lower(email), email, first_name, last_name, password FROM users;
  -- Those who are gone had numbers as well.
  DELETE FROM sqlite_sequence WHERE name = 'ips_users';
  INSERT INTO sqlite_sequence (name, seq) SELECT 'ips_users', seq FROM sqlite_sequence WHERE name = 'users';
  CREATE TABLE ips_memberships (
    user INTEGER NOT NULL REFERENCES ips_users ON DELETE CASCADE,
    company TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (user, company)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO ips_memberships SELECT user, company, role FROM memberships;
  DROP TABLE memberships;
  DROP TABLE users;
`

/** What has made files of them what they are until they had what {@link createUsersTables} makes, see `SqliteOptions.migrations`. */
export const USERS_FILE_VERSIONS: readonly string[] = [VERSION_1, VERSION_2]

/** Makes the tables of `UsersTables` in an empty database, where each is described. */
export const createUsersTables: Migration = (schema, { integer, numbered }) => [
  schema
    .createTable('ips_users')
    .addColumn('number', integer, numbered)
    .addColumn('key', 'text', (column) => column.notNull().unique())
    .addColumn('email', 'text', required)
    .addColumn('first_name', 'text', required)
    .addColumn('last_name', 'text', required)
    .addColumn('password', 'text', required),
  schema
    .createTable('ips_memberships')
    .addColumn('user', integer, (column) =>
      column.notNull().references('ips_users.number').onDelete('cascade'),
    )
    .addColumn('company', 'text', required)
    .addColumn('role', 'text', required)
    .addPrimaryKeyConstraint('ips_memberships_key', ['user', 'company']),
]

/** What has changed since, in either kind of database: oldest first, and never changed once it was released. */
const USERS_CHANGES: readonly Migration[] = []

/** Where the users are, `UsersTables`. */
export const USERS: KeptTables = {
  name: 'users',
  file: 'scene7/users.sqlite',
  fileMigrations: [...USERS_FILE_VERSIONS, ...USERS_CHANGES.map(toSqliteMigration)],
  migrations: [createUsersTables, ...USERS_CHANGES],
}
