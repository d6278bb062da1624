/**
 * Everything of the service that must outlive a killed process: who is registered, what was accepted and how it ended, and
 * the journal. One file, so that the end of a piece of work and what its door tells of it are one transaction. Times are
 * milliseconds since 1970.
 */

/** As version 0.1.0 made it, which did not say so in `user_version`. */
const VERSION_1 = `
  CREATE TABLE IF NOT EXISTS registrations (
    id TEXT PRIMARY KEY,
    client_id TEXT NOT NULL UNIQUE,
    org_id TEXT NOT NULL,
    -- Events up to this position were swept: a reader who has not come so far has missed some.
    swept_position INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE IF NOT EXISTS requests (
    id INTEGER PRIMARY KEY,
    registration_id TEXT NOT NULL REFERENCES registrations ON DELETE CASCADE,
    request_id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    org_id TEXT NOT NULL,
    token_id TEXT NOT NULL,
    source TEXT,
    user_data TEXT,
    accepted_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS requests_of_registration ON requests (registration_id);
  CREATE TABLE IF NOT EXISTS renditions (
    request INTEGER NOT NULL REFERENCES requests ON DELETE CASCADE,
    position INTEGER NOT NULL,
    instructions TEXT NOT NULL,
    worker TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    pending INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (request, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS pending_renditions ON renditions (request) WHERE pending = 1;
  CREATE TABLE IF NOT EXISTS events (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    registration_id TEXT NOT NULL REFERENCES registrations ON DELETE CASCADE,
    -- The token with which the rendition was asked for, and so the program that waits for the event.
    token_id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    visible_at INTEGER NOT NULL,
    event TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS events_of_registration ON events (registration_id, position);
  CREATE INDEX IF NOT EXISTS events_by_age ON events (registration_id, created_at);
  CREATE INDEX IF NOT EXISTS events_by_token ON events (registration_id, token_id, position);
  CREATE TABLE IF NOT EXISTS readers (
    registration_id TEXT NOT NULL REFERENCES registrations ON DELETE CASCADE,
    token_id TEXT NOT NULL,
    -- The last position that was handed to this program.
    delivered INTEGER NOT NULL,
    PRIMARY KEY (registration_id, token_id)
  ) STRICT, WITHOUT ROWID;
`

/** Work that is accepted is an order, whichever door it came in by; the renditions of a request are items of orders. */
const VERSION_2 = `
  CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    -- The door that has accepted it, and is told how it ends.
    door TEXT NOT NULL,
    -- The name of an action, or the URL of a custom worker.
    worker TEXT NOT NULL,
    -- How often a worker was started for it.
    attempts INTEGER NOT NULL DEFAULT 0,
    accepted_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX orders_by_age ON orders (accepted_at);
  CREATE TABLE order_items (
    order_id INTEGER NOT NULL REFERENCES orders ON DELETE CASCADE,
    -- What the door calls it.
    item INTEGER NOT NULL,
    pending INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (order_id, item)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX pending_items ON order_items (order_id) WHERE pending = 1;

  CREATE TEMPORARY TABLE old_orders AS
    SELECT row_number() OVER (ORDER BY request, min(position)) AS id, request, worker, max(attempts) AS attempts
      FROM renditions WHERE worker IS NOT NULL GROUP BY request, worker;
  INSERT INTO orders (id, door, worker, attempts, accepted_at)
    SELECT old.id, 'asset-compute', old.worker, old.attempts, requests.accepted_at
      FROM old_orders old JOIN requests ON requests.id = old.request;
  INSERT INTO order_items (order_id, item, pending)
    SELECT old.id, r.position, r.pending
      FROM renditions r JOIN old_orders old ON old.request = r.request AND old.worker = r.worker;

  CREATE TABLE ordered_renditions (
    request INTEGER NOT NULL REFERENCES requests ON DELETE CASCADE,
    -- In the request, and so its item in the order.
    position INTEGER NOT NULL,
    instructions TEXT NOT NULL,
    order_id INTEGER NOT NULL REFERENCES orders ON DELETE CASCADE,
    PRIMARY KEY (request, position)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO ordered_renditions (request, position, instructions, order_id)
    SELECT r.request, r.position, r.instructions, old.id
      FROM renditions r JOIN old_orders old ON old.request = r.request AND old.worker = r.worker;
  DROP TABLE renditions;
  ALTER TABLE ordered_renditions RENAME TO renditions;
  CREATE INDEX renditions_of_order ON renditions (order_id);
  DROP TABLE old_orders;
`

/** The jobs of the jobs API, and tasks, which may be alone; who owns them is told by `user`, the number of an account. */
const VERSION_3 = `
  CREATE TABLE jobs (
    -- Lists are in the order of creation.
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    user INTEGER NOT NULL,
    tag TEXT,
    webhook_url TEXT,
    status TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    ended_at INTEGER
  ) STRICT;
  CREATE INDEX jobs_of_user ON jobs (user, sequence);
  CREATE INDEX jobs_by_status ON jobs (user, status, sequence);
  CREATE INDEX jobs_by_tag ON jobs (user, tag, sequence);
  CREATE INDEX jobs_by_end ON jobs (ended_at) WHERE ended_at IS NOT NULL;

  CREATE TABLE tasks (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    user INTEGER NOT NULL,
    job INTEGER REFERENCES jobs ON DELETE CASCADE,
    -- Within its job.
    name TEXT,
    operation TEXT NOT NULL,
    -- What the client sent besides, as JSON, encrypted: there may be passwords in it.
    payload BLOB NOT NULL,
    status TEXT NOT NULL,
    code TEXT,
    message TEXT,
    -- Whether the job goes on without it.
    ignore_error INTEGER NOT NULL,
    -- What it has found out, as JSON; files are in task_files.
    result TEXT,
    -- Of those that work in several stages, the one that is under way.
    stage INTEGER NOT NULL DEFAULT 0,
    retry_of TEXT,
    -- When it fails if it has not ended.
    deadline INTEGER,
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    ended_at INTEGER
  ) STRICT;
  CREATE INDEX tasks_by_retry ON tasks (retry_of) WHERE retry_of IS NOT NULL;
  CREATE INDEX tasks_by_deadline ON tasks (deadline) WHERE ended_at IS NULL;
  CREATE INDEX tasks_of_job ON tasks (job, sequence);
  CREATE INDEX tasks_of_user ON tasks (user, sequence);
  CREATE INDEX tasks_by_status ON tasks (user, status, sequence);
  CREATE INDEX tasks_by_operation ON tasks (user, operation, sequence);
  CREATE INDEX tasks_not_ended ON tasks (sequence) WHERE ended_at IS NULL;
  CREATE INDEX tasks_alone_by_end ON tasks (ended_at) WHERE job IS NULL AND ended_at IS NOT NULL;
  CREATE TABLE task_inputs (
    task INTEGER NOT NULL REFERENCES tasks ON DELETE CASCADE,
    position INTEGER NOT NULL,
    -- Stays when the input is deleted, whose files are then not there.
    input TEXT NOT NULL,
    PRIMARY KEY (task, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX task_inputs_by_input ON task_inputs (input);
  CREATE TABLE task_files (
    task INTEGER NOT NULL REFERENCES tasks ON DELETE CASCADE,
    position INTEGER NOT NULL,
    filename TEXT NOT NULL,
    -- The key of its object, which several tasks may share.
    object TEXT NOT NULL,
    size INTEGER NOT NULL,
    content_type TEXT NOT NULL,
    PRIMARY KEY (task, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX task_files_by_object ON task_files (object);
  -- What actions make for a task: the items of its orders.
  CREATE TABLE task_renditions (
    task INTEGER NOT NULL REFERENCES tasks ON DELETE CASCADE,
    stage INTEGER NOT NULL,
    position INTEGER NOT NULL,
    order_id INTEGER NOT NULL,
    rendition BLOB NOT NULL,
    -- NULL until it has ended; then empty, or why it failed.
    failure TEXT,
    PRIMARY KEY (task, stage, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX task_renditions_of_order ON task_renditions (order_id);

  -- What a client asked for under an Idempotency-Key, so that it gets the same when it asks again.
  CREATE TABLE idempotency_keys (
    user INTEGER NOT NULL,
    key TEXT NOT NULL,
    -- Of what was asked for.
    hash TEXT NOT NULL,
    -- The id of the job or task.
    subject TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (user, key)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE webhooks (
    id TEXT PRIMARY KEY,
    user INTEGER NOT NULL,
    url TEXT NOT NULL,
    events TEXT NOT NULL,
    signing_secret TEXT NOT NULL,
    disabled INTEGER NOT NULL DEFAULT 0,
    failing INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX webhooks_of_user ON webhooks (user);
  CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY,
    user INTEGER NOT NULL,
    -- NULL for the webhook_url of a job.
    webhook TEXT REFERENCES webhooks ON DELETE CASCADE,
    url TEXT NOT NULL,
    event TEXT NOT NULL,
    -- What it is about, for whoever looks through them.
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    -- NULL when there is no further attempt.
    next_at INTEGER,
    -- What became of the last attempt, in words.
    outcome TEXT,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX deliveries_due ON deliveries (next_at) WHERE next_at IS NOT NULL;
  CREATE INDEX deliveries_of_user ON deliveries (user, id);
  CREATE INDEX deliveries_by_age ON deliveries (created_at);
  CREATE INDEX deliveries_of_webhook ON deliveries (webhook);
`

/** Uploads that come in parts; how much of one has come is told by its object in the storage. */
const VERSION_4 = `
  CREATE TABLE part_uploads (
    id TEXT PRIMARY KEY,
    task INTEGER NOT NULL REFERENCES tasks ON DELETE CASCADE,
    -- In bytes; NULL until the client knows it.
    length INTEGER,
    filename TEXT NOT NULL,
    content_type TEXT NOT NULL,
    -- What the client has sent about it, as JSON.
    metadata TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX part_uploads_of_task ON part_uploads (task);
`

/** What the service does itself for a task is counted, as the attempts of orders are. */
const VERSION_5 = `
  -- How often it was begun, of a task without actions.
  ALTER TABLE tasks ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
`

/** What could not be done though there is the file is told at the end of the task. */
const VERSION_6 = `
  -- A JSON array of sentences; NULL when there are none.
  ALTER TABLE task_renditions ADD COLUMN remarks TEXT;
`

/** Orders wait in a line of their client. */
const VERSION_7 = `
  -- As its door tells its clients apart; empty for what was accepted before.
  ALTER TABLE orders ADD COLUMN client TEXT NOT NULL DEFAULT '';
`

/** Each journal counts its own events, and no id of a delivery is given twice. */
const VERSION_8 = `
  -- That of the newest event.
  ALTER TABLE registrations ADD COLUMN last_position INTEGER NOT NULL DEFAULT 0;
  -- Readers may have come so far: positions were those of all journals.
  UPDATE registrations SET last_position = coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'events'), 0);
  CREATE TABLE counted_events (
    registration_id TEXT NOT NULL REFERENCES registrations ON DELETE CASCADE,
    position INTEGER NOT NULL,
    -- The token with which the rendition was asked for, and so the program that waits for the event.
    token_id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    visible_at INTEGER NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (registration_id, position)
  ) STRICT;
  INSERT INTO counted_events SELECT registration_id, position, token_id, created_at, visible_at, event FROM events ORDER BY position;
  DROP TABLE events;
  ALTER TABLE counted_events RENAME TO events;
  CREATE INDEX events_by_age ON events (registration_id, created_at);
  CREATE INDEX events_by_token ON events (registration_id, token_id, position);

  CREATE TABLE numbered_deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user INTEGER NOT NULL,
    -- NULL for the webhook_url of a job.
    webhook TEXT REFERENCES webhooks ON DELETE CASCADE,
    url TEXT NOT NULL,
    event TEXT NOT NULL,
    -- What it is about, for whoever looks through them.
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    -- NULL when there is no further attempt.
    next_at INTEGER,
    -- What became of the last attempt, in words.
    outcome TEXT,
    created_at INTEGER NOT NULL
  ) STRICT;
  INSERT INTO numbered_deliveries SELECT id, user, webhook, url, event, subject, body, attempts, next_at, outcome, created_at FROM deliveries;
  DROP TABLE deliveries;
  ALTER TABLE numbered_deliveries RENAME TO deliveries;
  CREATE INDEX deliveries_due ON deliveries (next_at) WHERE next_at IS NOT NULL;
  CREATE INDEX deliveries_of_user ON deliveries (user, id);
  CREATE INDEX deliveries_by_age ON deliveries (created_at);
  CREATE INDEX deliveries_of_webhook ON deliveries (webhook);
`

/** What has made such files what they are until they had what `createServiceTables` makes, see `SqliteOptions.migrations`. */
export const SERVICE_FILE_VERSIONS: readonly string[] = [
  VERSION_1,
  VERSION_2,
  VERSION_3,
  VERSION_4,
  VERSION_5,
  VERSION_6,
  VERSION_7,
  VERSION_8,
]
