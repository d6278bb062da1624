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

/** What has made the file what it is, see `SqliteOptions.migrations`. */
export const SERVICE_MIGRATIONS: readonly string[] = [VERSION_1, VERSION_2]
