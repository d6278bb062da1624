/** What IPS keeps of assets beside what the catalogue has: their numbers, and folders that may be empty. */
const VERSION_1 = `
  CREATE TABLE assets (
    -- Never given to another one, since it is the handle.
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    company TEXT NOT NULL,
    name TEXT NOT NULL,
    is_ready INTEGER NOT NULL DEFAULT 1,
    -- What a set is called, such as SpinSet; null for what is no set, and for those that other means have made.
    set_type TEXT,
    -- The asset that is shown in place of a set.
    thumb INTEGER REFERENCES assets ON DELETE SET NULL,
    UNIQUE (company, name)
  ) STRICT;
  CREATE TABLE folders (
    company TEXT NOT NULL,
    -- Such as summer/shoes.
    path TEXT NOT NULL,
    made INTEGER NOT NULL,
    PRIMARY KEY (company, path)
  ) STRICT, WITHOUT ROWID;
`

/** See {@link SqliteOptions.migrations}. */
export const IPS_MIGRATIONS: readonly string[] = [VERSION_1]
