import { sql } from 'kysely'
import { empty, key, maybePartOf, one, partOf, required, unique, zero } from './columns.ts'
import type { Migration } from './migrations.ts'

/**
 * Makes the tables of `ServiceTables` in an empty database, where each is described. A SQLite file gets the same ones by what has made
 * such files before, see `SERVICE_FILE_VERSIONS`.
 */
export const createServiceTables: Migration = (schema, { integer, bytes, numbered }) => [
  schema
    .createTable('registrations')
    .addColumn('id', 'text', key)
    .addColumn('client_id', 'text', unique)
    .addColumn('org_id', 'text', required)
    .addColumn('swept_position', integer, zero)
    .addColumn('last_position', integer, zero),
  schema
    .createTable('requests')
    .addColumn('id', integer, numbered)
    .addColumn('registration_id', 'text', partOf('registrations.id'))
    .addColumn('request_id', 'text', required)
    .addColumn('client_id', 'text', required)
    .addColumn('org_id', 'text', required)
    .addColumn('token_id', 'text', required)
    .addColumn('source', 'text')
    .addColumn('user_data', 'text')
    .addColumn('accepted_at', integer, required),
  schema
    .createTable('orders')
    .addColumn('id', integer, numbered)
    .addColumn('door', 'text', required)
    .addColumn('worker', 'text', required)
    .addColumn('attempts', integer, zero)
    .addColumn('accepted_at', integer, required)
    .addColumn('client', 'text', empty),
  schema
    .createTable('order_items')
    .addColumn('order_id', integer, partOf('orders.id'))
    .addColumn('item', integer, required)
    .addColumn('pending', integer, one)
    .addPrimaryKeyConstraint('order_items_key', ['order_id', 'item']),
  schema
    .createTable('renditions')
    .addColumn('request', integer, partOf('requests.id'))
    .addColumn('position', integer, required)
    .addColumn('instructions', 'text', required)
    .addColumn('order_id', integer, partOf('orders.id'))
    .addPrimaryKeyConstraint('renditions_key', ['request', 'position']),
  schema
    .createTable('events')
    .addColumn('registration_id', 'text', partOf('registrations.id'))
    .addColumn('position', integer, required)
    .addColumn('token_id', 'text', required)
    .addColumn('created_at', integer, required)
    .addColumn('visible_at', integer, required)
    .addColumn('event', 'text', required)
    .addPrimaryKeyConstraint('events_key', ['registration_id', 'position']),
  schema
    .createTable('readers')
    .addColumn('registration_id', 'text', partOf('registrations.id'))
    .addColumn('token_id', 'text', required)
    .addColumn('delivered', integer, required)
    .addPrimaryKeyConstraint('readers_key', ['registration_id', 'token_id']),
  schema
    .createTable('jobs')
    .addColumn('sequence', integer, numbered)
    .addColumn('id', 'text', unique)
    .addColumn('user', integer, required)
    .addColumn('tag', 'text')
    .addColumn('webhook_url', 'text')
    .addColumn('status', 'text', required)
    .addColumn('created_at', integer, required)
    .addColumn('started_at', integer)
    .addColumn('ended_at', integer),
  schema
    .createTable('tasks')
    .addColumn('sequence', integer, numbered)
    .addColumn('id', 'text', unique)
    .addColumn('user', integer, required)
    .addColumn('job', integer, maybePartOf('jobs.sequence'))
    .addColumn('name', 'text')
    .addColumn('operation', 'text', required)
    .addColumn('payload', bytes, required)
    .addColumn('status', 'text', required)
    .addColumn('code', 'text')
    .addColumn('message', 'text')
    .addColumn('ignore_error', integer, required)
    .addColumn('result', 'text')
    .addColumn('stage', integer, zero)
    .addColumn('retry_of', 'text')
    .addColumn('deadline', integer)
    .addColumn('created_at', integer, required)
    .addColumn('started_at', integer)
    .addColumn('ended_at', integer)
    .addColumn('attempts', integer, zero),
  schema
    .createTable('task_inputs')
    .addColumn('task', integer, partOf('tasks.sequence'))
    .addColumn('position', integer, required)
    .addColumn('input', 'text', required)
    .addPrimaryKeyConstraint('task_inputs_key', ['task', 'position']),
  schema
    .createTable('task_files')
    .addColumn('task', integer, partOf('tasks.sequence'))
    .addColumn('position', integer, required)
    .addColumn('filename', 'text', required)
    .addColumn('object', 'text', required)
    .addColumn('size', integer, required)
    .addColumn('content_type', 'text', required)
    .addPrimaryKeyConstraint('task_files_key', ['task', 'position']),
  schema
    .createTable('task_renditions')
    .addColumn('task', integer, partOf('tasks.sequence'))
    .addColumn('stage', integer, required)
    .addColumn('position', integer, required)
    .addColumn('order_id', integer, required)
    .addColumn('rendition', bytes, required)
    .addColumn('failure', 'text')
    .addColumn('remarks', 'text')
    .addPrimaryKeyConstraint('task_renditions_key', ['task', 'stage', 'position']),
  schema
    .createTable('idempotency_keys')
    .addColumn('user', integer, required)
    .addColumn('key', 'text', required)
    .addColumn('hash', 'text', required)
    .addColumn('subject', 'text', required)
    .addColumn('created_at', integer, required)
    .addPrimaryKeyConstraint('idempotency_keys_key', ['user', 'key']),
  schema
    .createTable('webhooks')
    .addColumn('id', 'text', key)
    .addColumn('user', integer, required)
    .addColumn('url', 'text', required)
    .addColumn('events', 'text', required)
    .addColumn('signing_secret', 'text', required)
    .addColumn('disabled', integer, zero)
    .addColumn('failing', integer, zero)
    .addColumn('created_at', integer, required)
    .addColumn('updated_at', integer, required),
  schema
    .createTable('deliveries')
    .addColumn('id', integer, numbered)
    .addColumn('user', integer, required)
    .addColumn('webhook', 'text', maybePartOf('webhooks.id'))
    .addColumn('url', 'text', required)
    .addColumn('event', 'text', required)
    .addColumn('subject', 'text', required)
    .addColumn('body', 'text', required)
    .addColumn('attempts', integer, zero)
    .addColumn('next_at', integer)
    .addColumn('outcome', 'text')
    .addColumn('created_at', integer, required),
  schema
    .createTable('part_uploads')
    .addColumn('id', 'text', key)
    .addColumn('task', integer, partOf('tasks.sequence'))
    .addColumn('length', integer)
    .addColumn('filename', 'text', required)
    .addColumn('content_type', 'text', required)
    .addColumn('metadata', 'text', required),
  schema.createIndex('requests_of_registration').on('requests').columns(['registration_id']),
  schema.createIndex('orders_by_age').on('orders').columns(['accepted_at']),
  schema
    .createIndex('pending_items')
    .on('order_items')
    .columns(['order_id'])
    .where(sql<boolean>`pending = 1`),
  schema.createIndex('renditions_of_order').on('renditions').columns(['order_id']),
  schema.createIndex('events_by_age').on('events').columns(['registration_id', 'created_at']),
  schema
    .createIndex('events_by_token')
    .on('events')
    .columns(['registration_id', 'token_id', 'position']),
  schema.createIndex('jobs_of_user').on('jobs').columns(['user', 'sequence']),
  schema.createIndex('jobs_by_status').on('jobs').columns(['user', 'status', 'sequence']),
  schema.createIndex('jobs_by_tag').on('jobs').columns(['user', 'tag', 'sequence']),
  schema
    .createIndex('jobs_by_end')
    .on('jobs')
    .columns(['ended_at'])
    .where(sql<boolean>`ended_at IS NOT NULL`),
  schema
    .createIndex('tasks_by_retry')
    .on('tasks')
    .columns(['retry_of'])
    .where(sql<boolean>`retry_of IS NOT NULL`),
  schema
    .createIndex('tasks_by_deadline')
    .on('tasks')
    .columns(['deadline'])
    .where(sql<boolean>`ended_at IS NULL`),
  schema.createIndex('tasks_of_job').on('tasks').columns(['job', 'sequence']),
  schema.createIndex('tasks_of_user').on('tasks').columns(['user', 'sequence']),
  schema.createIndex('tasks_by_status').on('tasks').columns(['user', 'status', 'sequence']),
  schema.createIndex('tasks_by_operation').on('tasks').columns(['user', 'operation', 'sequence']),
  schema
    .createIndex('tasks_not_ended')
    .on('tasks')
    .columns(['sequence'])
    .where(sql<boolean>`ended_at IS NULL`),
  schema
    .createIndex('tasks_alone_by_end')
    .on('tasks')
    .columns(['ended_at'])
    .where(sql<boolean>`job IS NULL AND ended_at IS NOT NULL`),
  schema.createIndex('task_inputs_by_input').on('task_inputs').columns(['input']),
  schema.createIndex('task_files_by_object').on('task_files').columns(['object']),
  schema.createIndex('task_renditions_of_order').on('task_renditions').columns(['order_id']),
  schema.createIndex('webhooks_of_user').on('webhooks').columns(['user']),
  schema
    .createIndex('deliveries_due')
    .on('deliveries')
    .columns(['next_at'])
    .where(sql<boolean>`next_at IS NOT NULL`),
  schema.createIndex('deliveries_of_user').on('deliveries').columns(['user', 'id']),
  schema.createIndex('deliveries_by_age').on('deliveries').columns(['created_at']),
  schema.createIndex('deliveries_of_webhook').on('deliveries').columns(['webhook']),
  schema.createIndex('part_uploads_of_task').on('part_uploads').columns(['task']),
]

/** What has changed since, in either kind of database: oldest first, and never changed once it was released. */
export const SERVICE_CHANGES: readonly Migration[] = [
  (schema, { integer }) => [
    schema
      .createTable('front_ends')
      .addColumn('id', 'text', key)
      .addColumn('objects', 'text', required)
      .addColumn('joined_at', integer, required)
      .addColumn('seen_at', integer, required),
    schema.alterTable('orders').addColumn('holder', 'text', empty),
  ],
  (schema, { integer }) => [schema.alterTable('front_ends').addColumn('leaving', integer, zero)],
  (schema) => [
    schema.alterTable('tasks').addColumn('holder', 'text', empty),
    schema.alterTable('part_uploads').addColumn('holder', 'text', empty),
  ],
]
