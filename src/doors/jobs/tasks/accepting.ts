import { createHash } from 'node:crypto'
import { ServiceError } from '../../../base/errors.ts'
import type {
  ServiceDatabase,
  ServiceReading,
  ServiceWriting,
} from '../../../database/service-database.ts'
import { SWEPT_AT_ONCE } from '../../../home/group-commit.ts'
import type { RequestedJob, RequestedTask } from '../api/job-request.ts'
import type { Change } from './change.ts'
import type { Job, Task } from './records.ts'
import type { TaskLife } from './task-life.ts'
import { TASK_TIMEOUT_MS, type TaskRunner } from './task-runner.ts'
import type { TaskChanges, TaskStore } from './task-store.ts'

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

/** Makes what accepts jobs and tasks. */
export function createAccepting(options: {
  database: ServiceDatabase
  store: TaskStore
  life: TaskLife
  runner: Pick<TaskRunner, 'begin'>
  isUpload: (operation: string) => boolean
  now: () => number
}): Accepting {
  const { database, store, life, runner, isUpload, now } = options

  async function remember(
    tables: ServiceWriting,
    { user, key, request }: Attempt,
    subject: string,
  ): Promise<void> {
    if (key === undefined) return
    await tables
      .insertInto('idempotency_keys')
      .values({ user, key, hash: hashOf(request), subject, created_at: now() })
      .execute()
  }

  function addTask(
    tasks: Pick<TaskChanges, 'addTask'>,
    task: RequestedTask,
    of: { readonly user: number; readonly job?: Job; readonly retryOf?: Task | undefined },
  ): Promise<Task> {
    const waitsForFile = isUpload(task.operation)
    return tasks.addTask({
      ...task,
      user: of.user,
      job: of.job?.sequence ?? null,
      message: waitsForFile ? 'Waiting for file upload' : null,
      retryOf: of.retryOf?.id ?? null,
      deadline: now() + (waitsForFile ? UPLOAD_MS : 4 * TASK_TIMEOUT_MS),
    })
  }

  return {
    async job(attempt, { tag, webhookUrl, tasks: requested }) {
      const { user } = attempt
      const { job, added, changes } = await database.write(async (tables) => {
        const tasks = store.within(tables)
        const before = await madeBefore(tables, attempt)
        const known = before === undefined ? undefined : await tasks.job(before)
        if (known !== undefined) return { job: known, added: [], changes: [] }
        const created = await tasks.addJob({ user, tag, webhookUrl })
        const all: Task[] = []
        for (const task of requested) all.push(await addTask(tasks, task, { user, job: created }))
        await remember(tables, attempt, created.id)
        const told: Change[] = [
          { event: 'created', job: created },
          ...all.map((task): Change => ({ event: 'created', task })),
        ]
        await life.note(tables, told)
        return { job: created, added: all, changes: told }
      })
      life.announce(changes)
      runner.begin(added)
      return job
    },
    async task(attempt, requested, retryOf) {
      const { user } = attempt
      const { task, isNew } = await database.write(async (tables) => {
        const tasks = store.within(tables)
        const before = await madeBefore(tables, attempt)
        const known = before === undefined ? undefined : await tasks.task(before)
        if (known !== undefined) return { task: known, isNew: false }
        const created = await addTask(tasks, requested, { user, retryOf })
        await remember(tables, attempt, created.id)
        await life.note(tables, [{ event: 'created', task: created }])
        return { task: created, isNew: true }
      })
      if (!isNew) return task
      life.announce([{ event: 'created', task }])
      runner.begin([task])
      return task
    },
    sweep: (before) =>
      database.sweep(async (tables) => {
        const old = await tables
          .selectFrom('idempotency_keys')
          .select(['user', 'key'])
          .where('created_at', '<', before)
          .limit(SWEPT_AT_ONCE)
          .execute()
        for (const { user, key } of old) {
          await tables
            .deleteFrom('idempotency_keys')
            .where('user', '=', user)
            .where('key', '=', key)
            .execute()
        }
        return old.length > 0
      }),
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** What was made under a key before. */
async function madeBefore(
  tables: ServiceReading,
  { user, key, request }: Attempt,
): Promise<string | undefined> {
  if (key === undefined) return undefined
  const known = await tables
    .selectFrom('idempotency_keys')
    .select(['hash', 'subject'])
    .where('user', '=', user)
    .where('key', '=', key)
    .executeTakeFirst()
  if (known === undefined || known.hash === hashOf(request)) return known?.subject
  throw new ServiceError(
    'conflict',
    'This Idempotency-Key was used for another request; each request needs a key of its own.',
  )
}
