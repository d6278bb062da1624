/**
 * Assets that are kept, what is known of those of a mounted folder, and presets. Times are milliseconds of the epoch; texts
 * compare with their letters as they are, but for the names of presets.
 */
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

/** See {@link SqliteOptions.migrations}. */
export const CATALOGUE_MIGRATIONS: readonly string[] = [VERSION_1, VERSION_2]

/** Selects the files of all assets that are kept, each with its `name` among the originals and its `size` in bytes. */
export const SELECT_ORIGINALS = 'SELECT file AS name, size FROM assets WHERE file IS NOT NULL'
