/** Users beside the one of scene7.env, and what each is in which company. */
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

/** See {@link SqliteOptions.migrations}. */
export const USERS_MIGRATIONS: readonly string[] = [VERSION_1]
