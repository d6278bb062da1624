import { sql } from 'kysely'
import { one, partOf, required, zero } from '../../../database/columns.ts'
import type { KeptTables } from '../../../database/kept-tables.ts'
import { type Migration, toSqliteMigration } from '../../../database/migrations.ts'

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

/** Names that no other store has, since all are in one database where that is PostgreSQL; and which front end does what of a job. */
const VERSION_7 = `
  ALTER TABLE assets RENAME TO asset_records;
  ALTER TABLE jobs RENAME TO ips_jobs;
  ALTER TABLE job_details RENAME TO ips_job_details;
  -- The front end that runs it, and the one that sends the mail about it.
  ALTER TABLE ips_jobs ADD COLUMN holder TEXT;
  ALTER TABLE ips_jobs ADD COLUMN mailer TEXT;
  -- When a client was seen to send files for it that takes files.
  ALTER TABLE ips_jobs ADD COLUMN active_at INTEGER;
`

/** What has made files of it what they are until they had what {@link createIpsTables} makes, see `SqliteOptions.migrations`. */
export const IPS_FILE_VERSIONS: readonly string[] = [
  VERSION_1,
  VERSION_2,
  VERSION_3,
  VERSION_4,
  VERSION_5,
  VERSION_6,
  VERSION_7,
]

/** Makes the tables of `IpsTables` in an empty database, where each is described. */
export const createIpsTables: Migration = (schema, { integer, numbered }) => [
  schema
    .createTable('asset_records')
    .addColumn('number', integer, numbered)
    .addColumn('company', 'text', required)
    .addColumn('name', 'text', required)
    .addColumn('is_ready', integer, one)
    .addColumn('set_type', 'text')
    .addColumn('thumb', integer, (column) =>
      column.references('asset_records.number').onDelete('set null'),
    )
    .addUniqueConstraint('asset_records_by_name', ['company', 'name']),
  schema
    .createTable('folders')
    .addColumn('company', 'text', required)
    .addColumn('path', 'text', required)
    .addColumn('made', integer, required)
    .addPrimaryKeyConstraint('folders_key', ['company', 'path']),
  schema
    .createTable('ips_jobs')
    .addColumn('number', integer, numbered)
    .addColumn('company', 'text', required)
    .addColumn('name', 'text', required)
    .addColumn('kind', 'text', required)
    .addColumn('details', 'text', required)
    .addColumn('email', 'text', required)
    .addColumn('locale', 'text')
    .addColumn('description', 'text')
    .addColumn('state', 'text', required)
    .addColumn('is_paused', integer, zero)
    .addColumn('submitted', integer, required)
    .addColumn('exec_time', integer)
    .addColumn('started', integer)
    .addColumn('ended', integer)
    .addColumn('total', integer, zero)
    .addColumn('successes', integer, zero)
    .addColumn('errors', integer, zero)
    .addColumn('warnings', integer, zero)
    .addColumn('is_fatal', integer, zero)
    .addColumn('is_mail_due', integer, zero)
    .addColumn('schedule', 'text')
    .addColumn('scheduled_by', integer, (column) =>
      column.references('ips_jobs.number').onDelete('set null'),
    )
    .addColumn('holder', 'text')
    .addColumn('mailer', 'text')
    .addColumn('active_at', integer),
  schema
    .createTable('ips_job_details')
    .addColumn('job', integer, partOf('ips_jobs.number'))
    .addColumn('position', integer, required)
    .addColumn('type', 'text', required)
    .addColumn('message', 'text', required)
    .addColumn('created', integer, required)
    .addColumn('asset', integer)
    .addColumn('asset_name', 'text')
    .addColumn('asset_type', 'text')
    .addColumn('item', integer)
    .addColumn('began', integer)
    .addColumn('ended', integer)
    .addPrimaryKeyConstraint('ips_job_details_key', ['job', 'position']),
  schema
    .createTable('exports')
    .addColumn('job', integer, (column) =>
      column.references('ips_jobs.number').onDelete('cascade').primaryKey(),
    )
    .addColumn('token', 'text', (column) => column.notNull().unique())
    .addColumn('name', 'text', required)
    .addColumn('expires', integer, required),
  schema.createIndex('jobs_of_company').on('ips_jobs').columns(['company', 'state', 'number']),
  schema.createIndex('jobs_by_state').on('ips_jobs').columns(['state', 'number']),
  schema
    .createIndex('jobs_with_mail_due')
    .on('ips_jobs')
    .columns(['number'])
    .where(sql<boolean>`is_mail_due = 1`),
  schema
    .createIndex('jobs_of_schedule')
    .on('ips_jobs')
    .columns(['scheduled_by', 'state'])
    .where(sql<boolean>`scheduled_by IS NOT NULL`),
  schema
    .createIndex('job_details_of_asset')
    .on('ips_job_details')
    .columns(['asset'])
    .where(sql<boolean>`asset IS NOT NULL`),
]

/** What has changed since, in either kind of database: oldest first, and never changed once it was released. */
const IPS_CHANGES: readonly Migration[] = []

/** Where what IPS keeps is, `IpsTables`. */
export const IPS: KeptTables = {
  name: 'ips',
  file: 'scene7/ips.sqlite',
  fileMigrations: [...IPS_FILE_VERSIONS, ...IPS_CHANGES.map(toSqliteMigration)],
  migrations: [createIpsTables, ...IPS_CHANGES],
}
