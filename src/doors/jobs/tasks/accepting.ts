import { createHash } from 'node:crypto'
import * as z from 'zod/mini'
import { ServiceError } from '../../../base/errors.ts'
import { type Database, SWEPT_AT_ONCE } from '../../../home/database.ts'
import type { RequestedJob, RequestedTask } from '../api/job-request.ts'
import type { Job, Task } from './records.ts'
import type { Change, TaskLife } from './task-life.ts'
import { TASK_TIMEOUT_MS, type TaskRunner } from './task-runner.ts'
import type { TaskStore } from './task-store.ts'

/** What a client asks for under one `Idempotency-Key`. */
export interface Attempt {
  readonly user: number
  /** Undefined when it has named none. */
  readonly key: string | undefined
  /** All that it asks for; under one key it must stay the same. */
  readonly request: string
}

/** How jobs and tasks come into being. */
export interface Accepting {
  /**
   * Stores a job with its tasks, and begins those that can. They are on the disk when the promise resolves.
   *
   * @throws {ServiceError} `conflict` when the key was used for something else
   */
  job: (attempt: Attempt, job: RequestedJob) => Promise<Job>
  /** Does the same for a task of its own. */
  task: (attempt: Attempt, task: RequestedTask, retryOf?: Task) => Promise<Task>
  /** Forgets the keys of longer ago. */
  sweep: (before: number) => Promise<void>
}

/** How long a form for an upload is good, in milliseconds. */
export const UPLOAD_MS = 6 * 60 * 60 * 1000

const keyRow = z.object({ hash: z.string(), subject: z.string() })

/** Makes what accepts jobs and tasks. */
export function createAccepting(options: {
  database: Database
  store: TaskStore
  life: TaskLife
  runner: Pick<TaskRunner, 'begin'>
  isUpload: (operation: string) => boolean
  now: () => number
}): Accepting {
  const { database, store, life, runner, isUpload, now } = options
  const selectKey = database.prepare(
    'SELECT hash, subject FROM idempotency_keys WHERE user = ? AND key = ?',
  )
  const insertKey = database.prepare(
    'INSERT INTO idempotency_keys (user, key, hash, subject, created_at) VALUES (?, ?, ?, ?, ?)',
  )
  const deleteKeys = database.prepare(
    `DELETE FROM idempotency_keys WHERE (user, key) IN
       (SELECT user, key FROM idempotency_keys WHERE created_at < ? LIMIT ${SWEPT_AT_ONCE})`,
  )

  /** What was made under a key before; inside a transaction. */
  function madeBefore({ user, key, request }: Attempt): string | undefined {
    const row = key === undefined ? undefined : selectKey.get(user, key)
    if (row === undefined) return undefined
    const { hash, subject } = keyRow.parse(row)
    if (hash === hashOf(request)) return subject
    throw new ServiceError(
      'conflict',
      'This Idempotency-Key was used for another request; each request needs a key of its own.',
    )
  }

  function remember({ user, key, request }: Attempt, subject: string): void {
    if (key !== undefined) insertKey.run(user, key, hashOf(request), subject, now())
  }

  function addTask(user: number, job: Job | undefined, task: RequestedTask, retryOf?: Task): Task {
    const waitsForFile = isUpload(task.operation)
    return store.addTask({
      ...task,
      user,
      job: job?.sequence ?? null,
      message: waitsForFile ? 'Waiting for file upload' : null,
      retryOf: retryOf?.id ?? null,
      deadline: now() + (waitsForFile ? UPLOAD_MS : 4 * TASK_TIMEOUT_MS),
    })
  }

  return {
    async job(attempt, { tag, webhookUrl, tasks }) {
      const changes: Change[] = []
      const added: Task[] = []
      const job = await database.write(() => {
        const before = madeBefore(attempt)
        const known = before === undefined ? undefined : store.job(before)
        if (known !== undefined) return known
        const created = store.addJob({ user: attempt.user, tag, webhookUrl })
        added.push(...tasks.map((task) => addTask(attempt.user, created, task)))
        remember(attempt, created.id)
        changes.push({ event: 'created', job: created })
        for (const task of added) changes.push({ event: 'created', task })
        for (const change of changes) life.note(change)
        return created
      })
      life.announce(changes)
      runner.begin(added)
      return job
    },
    async task(attempt, requested, retryOf) {
      const changes: Change[] = []
      const task = await database.write(() => {
        const before = madeBefore(attempt)
        const known = before === undefined ? undefined : store.task(before)
        if (known !== undefined) return known
        const created = addTask(attempt.user, undefined, requested, retryOf)
        remember(attempt, created.id)
        changes.push({ event: 'created', task: created })
        for (const change of changes) life.note(change)
        return created
      })
      life.announce(changes)
      if (changes.length > 0) runner.begin([task])
      return task
    },
    sweep: (before) => database.sweep(() => deleteKeys.run(before).changes > 0),
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
