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

/** Jobs, and what is logged of them. Times are milliseconds of the epoch. */
const VERSION_2 = `
  CREATE TABLE jobs (
    -- Never given to another one, since it is in the handle.
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    company TEXT NOT NULL,
    name TEXT NOT NULL,
    -- The member of submitJob that says what it does, and what is in it, as JSON.
    kind TEXT NOT NULL,
    details TEXT NOT NULL,
    -- Who has submitted it.
    email TEXT NOT NULL,
    locale TEXT,
    description TEXT,
    -- waiting, running or done.
    state TEXT NOT NULL,
    is_paused INTEGER NOT NULL DEFAULT 0,
    submitted INTEGER NOT NULL,
    -- When it is to begin, where somebody has said so.
    exec_time INTEGER,
    started INTEGER,
    ended INTEGER,
    total INTEGER NOT NULL DEFAULT 0,
    successes INTEGER NOT NULL DEFAULT 0,
    errors INTEGER NOT NULL DEFAULT 0,
    warnings INTEGER NOT NULL DEFAULT 0,
    is_fatal INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX jobs_of_company ON jobs (company, state, number);
  CREATE INDEX jobs_by_state ON jobs (state, number);
  CREATE TABLE job_details (
    job INTEGER NOT NULL REFERENCES jobs ON DELETE CASCADE,
    position INTEGER NOT NULL,
    type TEXT NOT NULL,
    message TEXT NOT NULL,
    created INTEGER NOT NULL,
    -- The number of the asset that it is about, its name and its type at that time.
    asset INTEGER,
    asset_name TEXT,
    asset_type TEXT,
    PRIMARY KEY (job, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX job_details_of_asset ON job_details (asset) WHERE asset IS NOT NULL;
`

/** ZIPs that jobs have made, and who may fetch them: whoever knows the token. */
const VERSION_3 = `
  CREATE TABLE exports (
    job INTEGER PRIMARY KEY REFERENCES jobs ON DELETE CASCADE,
    token TEXT NOT NULL UNIQUE,
    -- Of the file.
    name TEXT NOT NULL,
    expires INTEGER NOT NULL
  ) STRICT;
`

/** Mails about jobs that have ended: whether one is still to be thought of. */
const VERSION_4 = `
  ALTER TABLE jobs ADD COLUMN is_mail_due INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX jobs_with_mail_due ON jobs (number) WHERE is_mail_due = 1;
`

/** Jobs that are run again and again, and what lines of a log are about where a job goes on rather than begins anew. */
const VERSION_5 = `
  -- The execSchedule of a job that is never run itself, but has another one made each time; exec_time is when that is next.
  ALTER TABLE jobs ADD COLUMN schedule TEXT;
  -- The one that has it made.
  ALTER TABLE jobs ADD COLUMN scheduled_by INTEGER REFERENCES jobs ON DELETE SET NULL;
  CREATE INDEX jobs_of_schedule ON jobs (scheduled_by, state) WHERE scheduled_by IS NOT NULL;
  -- Counted from 0.
  ALTER TABLE job_details ADD COLUMN item INTEGER;
`

/** When what a line of a log is about was worked on. */
const VERSION_6 = `
  ALTER TABLE job_details ADD COLUMN began INTEGER;
  ALTER TABLE job_details ADD COLUMN ended INTEGER;
`

/** See {@link SqliteOptions.migrations}. */
export const IPS_MIGRATIONS: readonly string[] = [
  VERSION_1,
  VERSION_2,
  VERSION_3,
  VERSION_4,
  VERSION_5,
  VERSION_6,
]
