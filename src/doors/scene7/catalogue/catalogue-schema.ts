import { sql } from 'kysely'
import { required } from '../../../database/columns.ts'
import type { KeptTables } from '../../../database/kept-tables.ts'
import { type Migration, toSqliteMigration } from '../../../database/migrations.ts'

/** As it was at first, see `CatalogueTables`; the names of presets were compared without regard to capital letters. */
const VERSION_1 = `
  CREATE TABLE assets (
    company TEXT NOT NULL,
    name TEXT NOT NULL,
    folder TEXT NOT NULL,
    type TEXT NOT NULL,
    -- The name of the original among those that are kept. Null for one in a mounted folder, a set and a template.
    file TEXT UNIQUE,
    file_name TEXT,
    media_type TEXT,
    size INTEGER,
    modified INTEGER NOT NULL,
    width INTEGER,
    height INTEGER,
    resolution REAL,
    modifier TEXT,
    post_modifier TEXT,
    -- Counts every change.
    revision INTEGER NOT NULL,
    PRIMARY KEY (company, name)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE crops (
    company TEXT NOT NULL,
    asset TEXT NOT NULL,
    name TEXT NOT NULL,
    x REAL NOT NULL,
    y REAL NOT NULL,
    width REAL NOT NULL,
    height REAL NOT NULL,
    for_width INTEGER NOT NULL,
    for_height INTEGER NOT NULL,
    PRIMARY KEY (company, asset, name),
    FOREIGN KEY (company, asset) REFERENCES assets ON DELETE CASCADE
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE members (
    company TEXT NOT NULL,
    asset TEXT NOT NULL,
    position INTEGER NOT NULL,
    member TEXT NOT NULL,
    swatch TEXT,
    PRIMARY KEY (company, asset, position),
    FOREIGN KEY (company, asset) REFERENCES assets ON DELETE CASCADE
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE presets (
    company TEXT NOT NULL,
    name TEXT NOT NULL COLLATE NOCASE,
    commands TEXT NOT NULL,
    modified INTEGER NOT NULL,
    PRIMARY KEY (company, name)
  ) STRICT, WITHOUT ROWID;
`

/** Where the file of an asset has come from, for whoever must not keep it twice. */
const VERSION_2 = `
  ALTER TABLE assets ADD COLUMN origin TEXT;
  CREATE INDEX assets_of_origin ON assets (company, origin) WHERE origin IS NOT NULL;
`

/** Small letters of the names of presets have a column of their own, as no two kinds of databases compare without regard to them alike. */
const VERSION_3 = `
  CREATE TABLE keyed_presets (
    company TEXT NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    commands TEXT NOT NULL,
    modified INTEGER NOT NULL,
    PRIMARY KEY (company, key)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO keyed_presets SELECT company, lower(name), name, commands, modified FROM presets;
  DROP TABLE presets;
  ALTER TABLE keyed_presets RENAME TO presets;
`

/** What has made files of it what they are until they had what {@link createCatalogueTables} makes, see `SqliteOptions.migrations`. */
export const CATALOGUE_FILE_VERSIONS: readonly string[] = [VERSION_1, VERSION_2, VERSION_3]

/** Makes the tables of `CatalogueTables` in an empty database, where each is described. */
export const createCatalogueTables: Migration = (schema, { integer, real }) => [
  schema
    .createTable('assets')
    .addColumn('company', 'text', required)
    .addColumn('name', 'text', required)
    .addColumn('folder', 'text', required)
    .addColumn('type', 'text', required)
    .addColumn('file', 'text', (column) => column.unique())
    .addColumn('file_name', 'text')
    .addColumn('media_type', 'text')
    .addColumn('size', integer)
    .addColumn('modified', integer, required)
    .addColumn('width', integer)
    .addColumn('height', integer)
    .addColumn('resolution', real)
    .addColumn('modifier', 'text')
    .addColumn('post_modifier', 'text')
    .addColumn('revision', integer, required)
    .addColumn('origin', 'text')
    .addPrimaryKeyConstraint('assets_key', ['company', 'name']),
  schema
    .createTable('crops')
    .addColumn('company', 'text', required)
    .addColumn('asset', 'text', required)
    .addColumn('name', 'text', required)
    .addColumn('x', real, required)
    .addColumn('y', real, required)
    .addColumn('width', real, required)
    .addColumn('height', real, required)
    .addColumn('for_width', integer, required)
    .addColumn('for_height', integer, required)
    .addPrimaryKeyConstraint('crops_key', ['company', 'asset', 'name'])
    .addForeignKeyConstraint(
      'crops_of_asset',
      ['company', 'asset'],
      'assets',
      ['company', 'name'],
      (reference) => reference.onDelete('cascade'),
    ),
  schema
    .createTable('members')
    .addColumn('company', 'text', required)
    .addColumn('asset', 'text', required)
    .addColumn('position', integer, required)
    .addColumn('member', 'text', required)
    .addColumn('swatch', 'text')
    .addPrimaryKeyConstraint('members_key', ['company', 'asset', 'position'])
    .addForeignKeyConstraint(
      'members_of_asset',
      ['company', 'asset'],
      'assets',
      ['company', 'name'],
      (reference) => reference.onDelete('cascade'),
    ),
  schema
    .createTable('presets')
    .addColumn('company', 'text', required)
    .addColumn('key', 'text', required)
    .addColumn('name', 'text', required)
    .addColumn('commands', 'text', required)
    .addColumn('modified', integer, required)
    .addPrimaryKeyConstraint('presets_key', ['company', 'key']),
  schema
    .createIndex('assets_of_origin')
    .on('assets')
    .columns(['company', 'origin'])
    .where(sql<boolean>`origin IS NOT NULL`),
]

/** What has changed since, in either kind of database: oldest first, and never changed once it was released. */
const CATALOGUE_CHANGES: readonly Migration[] = []

/** Where the catalogue is, `CatalogueTables`. */
export const CATALOGUE: KeptTables = {
  name: 'catalogue',
  file: 'scene7/catalogue.sqlite',
  fileMigrations: [...CATALOGUE_FILE_VERSIONS, ...CATALOGUE_CHANGES.map(toSqliteMigration)],
  migrations: [createCatalogueTables, ...CATALOGUE_CHANGES],
}

/** Selects the files of all assets that are kept, each with its `name` among the originals and its `size` in bytes. */
export const SELECT_ORIGINALS = 'SELECT file AS name, size FROM assets WHERE file IS NOT NULL'
