import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import type {
  ServiceDatabase,
  ServiceReading,
  ServiceWriting,
} from '../../../database/service-database.ts'
import type { Sealing } from '../../../home/sealing.ts'
import { toStorable } from './failure-text.ts'
import {
  FILE_COLUMNS,
  JOB_COLUMNS,
  type Job,
  type Status,
  TASK_COLUMNS,
  type Task,
  type TaskFile,
  toTask,
} from './records.ts'

/** What a client sent for a task besides `operation` and `name`. */
export type Payload = Readonly<Record<string, unknown>>

/** A job that is to be stored. */
export interface NewJob {
  readonly user: number
  readonly tag: string | null
  readonly webhookUrl: string | null
}

/** A task that is to be stored. */
export interface NewTask {
  readonly id: string
  readonly user: number
  /** {@link Job.sequence}; null for a task of its own. */
  readonly job: number | null
  readonly name: string | null
  readonly operation: string
  readonly payload: Payload
  /** The ids of the tasks whose files it takes, in their order. */
  readonly inputs: readonly string[]
  readonly ignoreError: boolean
  readonly message: string | null
  readonly retryOf: string | null
  /** When it fails if it has not ended, in milliseconds since 1970. */
  readonly deadline: number | null
}

/** How a task ends. */
export interface Ending {
  readonly status: 'finished' | 'error'
  readonly code?: string
  readonly message?: string | undefined
  readonly result?: Readonly<Record<string, unknown>> | undefined
  readonly files?: readonly TaskFile[]
}

/** What a list shows: the newest of what fits, a page of them. */
export interface ListQuery<Filters> {
  readonly user: number
  /** By column; undefined for any. */
  readonly where: { readonly [column in keyof Filters]?: Filters[column] | undefined }
  readonly limit: number
  readonly offset: number
}

/** What lists of jobs may be filtered by. */
export interface JobFilters {
  readonly status: Status
  readonly tag: string
}

/** What lists of tasks may be filtered by. */
export interface TaskFilters {
  /** {@link Job.sequence} */
  readonly job: number
  readonly status: Status
  readonly operation: string
}

/** Jobs and tasks as they are. */
export interface TaskReads {
  job: (id: string) => Promise<Job | undefined>
  jobBySequence: (sequence: number) => Promise<Job | undefined>
  task: (id: string) => Promise<Task | undefined>
  taskBySequence: (sequence: number) => Promise<Task | undefined>
  /** In the order in which they were asked for. */
  tasksOf: (job: Job) => Promise<Task[]>
  jobs: (query: ListQuery<JobFilters>) => Promise<Job[]>
  tasks: (query: ListQuery<TaskFilters>) => Promise<Task[]>
  payloadOf: (task: Task) => Promise<Payload>
  filesOf: (task: Task) => Promise<TaskFile[]>
  inputIdsOf: (task: Task) => Promise<string[]>
  /** The tasks that it takes files of, in their order, as far as they are there. */
  inputsOf: (task: Task) => Promise<(Task | undefined)[]>
  /** Those that wait for a task, and maybe for others. */
  dependentsOf: (task: Task) => Promise<Task[]>
  retriesOf: (task: Task) => Promise<Task[]>
  /**
   * Those that can go on at once, oldest first, of which whoever was to see to it may be gone: what waits, and for nobody any more;
   * what is under way here, and not made by actions; and what actions have made all of that its stage wants.
   *
   * @param holder - the front end that is meant by here
   */
  idle: (holder: string) => Promise<Task[]>
  /**
   * Those that have not ended and whose deadline is over: of those under way, what a front end has begun by its own clock.
   *
   * @param holder - that front end
   * @param waiting - whether those that wait count as well, which are nobody's
   */
  overdue: (of: { now: number; holder: string; waiting: boolean }) => Promise<Task[]>
  /** The front end that sees to a task; empty when none does, or it has ended. */
  holderOf: (task: Pick<Task, 'sequence'>) => Promise<string>
  /** Whether an object is a file of a task that is none of these. */
  isFileOfOthers: (object: string, tasks: readonly Task[]) => Promise<boolean>
  /** Jobs and tasks of their own that ended before a time. */
  endedBefore: (time: number, limit: number) => Promise<{ jobs: Job[]; tasks: Task[] }>
}

/** What changes jobs and tasks, within a transaction. */
export interface TaskChanges {
  addJob: (job: NewJob) => Promise<Job>
  addTask: (task: NewTask) => Promise<Task>
  /** A task that waits begins, at a front end that sees to it from then on; false when it does not wait any more. */
  begin: (task: Task, by: { deadline: number; holder: string }) => Promise<boolean>
  /** Has a front end see to what is under way and whose own front end is not there any more. */
  adopt: (holder: string) => Promise<void>
  /** False when it had ended before. */
  end: (task: Task, ending: Ending) => Promise<boolean>
  setStage: (task: Task, stage: number) => Promise<void>
  /** Counts that the service begins a task itself; see {@link Task.attempts}. */
  countAttempt: (task: Task) => Promise<void>
  /** Counts the last attempt no more, and has nobody see to the task: the service did not die under it, but stopped. */
  leave: (task: Task, holder: string) => Promise<void>
  beginJob: (job: Job) => Promise<boolean>
  endJob: (job: Job, status: Status) => Promise<void>
  /** Removes a job with its tasks, or a task. */
  removeJob: (job: Job) => Promise<void>
  removeTask: (task: Task) => Promise<void>
}

/** Jobs and tasks as they are committed. */
export interface TaskStore extends TaskReads {
  /** Those of a transaction. */
  readonly within: (tables: ServiceWriting) => TaskReads & TaskChanges
}

const payloadSchema = z.record(z.string(), z.unknown())

/** Opens jobs and tasks in `database`. */
export function openTaskStore(
  { committed }: Pick<ServiceDatabase, 'committed'>,
  options: { sealing: Sealing; now: () => number },
): TaskStore {
  return {
    ...readTasks(committed, options.sealing),
    within: (tables) => ({
      ...readTasks(tables, options.sealing),
      ...changeTasks(tables, options),
    }),
  }
}

function readTasks(tables: ServiceReading, sealing: Sealing): TaskReads {
  const jobs = () => tables.selectFrom('jobs').select(JOB_COLUMNS)
  const tasks = () => tables.selectFrom('tasks').select(TASK_COLUMNS)
  const openTasks = () => tasks().where('ended_at', 'is', null)

  async function task(id: string): Promise<Task | undefined> {
    const row = await tasks().where('id', '=', id).executeTakeFirst()
    return row && toTask(row)
  }

  async function inputIdsOf({ sequence }: Task): Promise<string[]> {
    const rows = await tables
      .selectFrom('task_inputs')
      .select('input')
      .where('task', '=', sequence)
      .orderBy('position')
      .execute()
    return rows.map(({ input }) => input)
  }

  return {
    job: (id) => jobs().where('id', '=', id).executeTakeFirst(),
    jobBySequence: (sequence) => jobs().where('sequence', '=', sequence).executeTakeFirst(),
    task,
    async taskBySequence(sequence) {
      const row = await tasks().where('sequence', '=', sequence).executeTakeFirst()
      return row && toTask(row)
    },
    async tasksOf({ sequence }) {
      const rows = await tasks().where('job', '=', sequence).orderBy('sequence').execute()
      return rows.map(toTask)
    },
    jobs({ user, where: { status, tag }, limit, offset }) {
      let query = jobs().where('user', '=', user)
      if (status !== undefined) query = query.where('status', '=', status)
      if (tag !== undefined) query = query.where('tag', '=', tag)
      return query.orderBy('sequence', 'desc').limit(limit).offset(offset).execute()
    },
    async tasks({ user, where: { status, job, operation }, limit, offset }) {
      let query = tasks().where('user', '=', user)
      if (status !== undefined) query = query.where('status', '=', status)
      if (job !== undefined) query = query.where('job', '=', job)
      if (operation !== undefined) query = query.where('operation', '=', operation)
      const rows = await query.orderBy('sequence', 'desc').limit(limit).offset(offset).execute()
      return rows.map(toTask)
    },
    async payloadOf({ sequence }) {
      const { payload } = await tables
        .selectFrom('tasks')
        .select('payload')
        .where('sequence', '=', sequence)
        .executeTakeFirstOrThrow()
      return payloadSchema.parse(JSON.parse(sealing.open(payload)))
    },
    filesOf: ({ sequence }) =>
      tables
        .selectFrom('task_files')
        .select(FILE_COLUMNS)
        .where('task', '=', sequence)
        .orderBy('position')
        .execute(),
    inputIdsOf,
    async inputsOf(of) {
      const inputs: (Task | undefined)[] = []
      for (const id of await inputIdsOf(of)) inputs.push(await task(id))
      return inputs
    },
    async dependentsOf({ id }) {
      const rows = await openTasks()
        .where('sequence', 'in', (eb) =>
          eb.selectFrom('task_inputs').select('task').where('input', '=', id),
        )
        .orderBy('sequence')
        .execute()
      return rows.map(toTask)
    },
    async retriesOf({ id }) {
      const rows = await tasks().where('retry_of', '=', id).orderBy('sequence').execute()
      return rows.map(toTask)
    },
    async idle(holder) {
      const rows = await openTasks()
        .where((eb) => {
          const awaited = eb
            .selectFrom('task_inputs')
            .innerJoin('tasks as given', 'given.id', 'task_inputs.input')
            .select('given.id')
            .whereRef('task_inputs.task', '=', 'tasks.sequence')
            .where('given.ended_at', 'is', null)
          const wanted = eb
            .selectFrom('task_renditions')
            .select('task_renditions.position')
            .whereRef('task_renditions.task', '=', 'tasks.sequence')
            .whereRef('task_renditions.stage', '=', 'tasks.stage')
          const isMade = eb.exists(wanted)
          const isLeft = eb.exists(wanted.where('task_renditions.failure', 'is', null))
          return eb.or([
            eb.and([eb('status', '=', 'waiting'), eb.not(eb.exists(awaited))]),
            eb.and([
              eb('status', '=', 'processing'),
              eb.or([
                eb.and([isMade, eb.not(isLeft)]),
                eb.and([eb.not(isMade), eb('holder', '=', holder)]),
              ]),
            ]),
          ])
        })
        .orderBy('sequence')
        .execute()
      return rows.map(toTask)
    },
    async overdue({ now, holder, waiting }) {
      const rows = await openTasks()
        .where('deadline', '<', now)
        .where((eb) =>
          eb.or([eb('holder', '=', holder), ...(waiting ? [eb('status', '=', 'waiting')] : [])]),
        )
        .execute()
      return rows.map(toTask)
    },
    async holderOf({ sequence }) {
      const row = await tables
        .selectFrom('tasks')
        .select('holder')
        .where('sequence', '=', sequence)
        .where('ended_at', 'is', null)
        .executeTakeFirst()
      return row?.holder ?? ''
    },
    async isFileOfOthers(object, those) {
      const rows = await tables
        .selectFrom('task_files')
        .select('task')
        .where('object', '=', object)
        .execute()
      return rows.some((row) => those.every(({ sequence }) => sequence !== row.task))
    },
    async endedBefore(time, limit) {
      const endedTasks = await tasks()
        .where('job', 'is', null)
        .where('ended_at', '<', time)
        .orderBy('ended_at')
        .limit(limit)
        .execute()
      return {
        jobs: await jobs().where('ended_at', '<', time).orderBy('ended_at').limit(limit).execute(),
        tasks: endedTasks.map(toTask),
      }
    },
  }
}

function changeTasks(
  tables: ServiceWriting,
  { sealing, now }: { sealing: Sealing; now: () => number },
): TaskChanges {
  return {
    addJob: ({ user, tag, webhookUrl }) =>
      tables
        .insertInto('jobs')
        .values({
          id: randomUUID(),
          user,
          tag,
          webhook_url: webhookUrl,
          status: 'waiting',
          created_at: now(),
        })
        .returning(JOB_COLUMNS)
        .executeTakeFirstOrThrow(),
    async addTask({ inputs, payload, ignoreError, retryOf, ...task }) {
      const row = await tables
        .insertInto('tasks')
        .values({
          id: task.id,
          user: task.user,
          job: task.job,
          name: task.name,
          operation: task.operation,
          payload: sealing.seal(JSON.stringify(payload)),
          status: 'waiting',
          message: task.message,
          ignore_error: Number(ignoreError),
          retry_of: retryOf,
          deadline: task.deadline,
          created_at: now(),
        })
        .returning(TASK_COLUMNS)
        .executeTakeFirstOrThrow()
      const { sequence } = row
      for (const [position, input] of inputs.entries()) {
        await tables.insertInto('task_inputs').values({ task: sequence, position, input }).execute()
      }
      return toTask(row)
    },
    async begin({ sequence }, { deadline, holder }) {
      const { numUpdatedRows } = await tables
        .updateTable('tasks')
        .set({ status: 'processing', message: null, started_at: now(), deadline, holder })
        .where('sequence', '=', sequence)
        .where('status', '=', 'waiting')
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },
    async adopt(holder) {
      await tables
        .updateTable('tasks')
        .set({ holder })
        .where('ended_at', 'is', null)
        .where('status', '=', 'processing')
        .where('holder', 'not in', (eb) => eb.selectFrom('front_ends').select('id'))
        .execute()
    },
    async end({ sequence }, { status, code = null, message = null, result, files = [] }) {
      const { numUpdatedRows } = await tables
        .updateTable('tasks')
        .set({
          status,
          code,
          message: message && toStorable(message),
          result: result === undefined ? null : JSON.stringify(result),
          ended_at: now(),
        })
        .where('sequence', '=', sequence)
        .where('ended_at', 'is', null)
        .executeTakeFirst()
      if (numUpdatedRows === 0n) return false
      for (const [position, { filename, object, size, contentType }] of files.entries()) {
        await tables
          .insertInto('task_files')
          .values({ task: sequence, position, filename, object, size, content_type: contentType })
          .execute()
      }
      return true
    },
    async setStage({ sequence }, stage) {
      await tables.updateTable('tasks').set({ stage }).where('sequence', '=', sequence).execute()
    },
    async countAttempt({ sequence }) {
      await tables
        .updateTable('tasks')
        .set(({ eb }) => ({ attempts: eb('attempts', '+', 1) }))
        .where('sequence', '=', sequence)
        .execute()
    },
    async leave({ sequence }, holder) {
      await tables
        .updateTable('tasks')
        .set(({ eb }) => ({ attempts: eb('attempts', '-', 1), holder: '' }))
        .where('sequence', '=', sequence)
        .where('holder', '=', holder)
        .where('attempts', '>', 0)
        .execute()
    },
    async beginJob({ sequence }) {
      const { numUpdatedRows } = await tables
        .updateTable('jobs')
        .set({ status: 'processing', started_at: now() })
        .where('sequence', '=', sequence)
        .where('status', '=', 'waiting')
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },
    async endJob({ sequence }, status) {
      await tables
        .updateTable('jobs')
        .set({ status, ended_at: now() })
        .where('sequence', '=', sequence)
        .execute()
    },
    async removeJob({ sequence }) {
      await tables.deleteFrom('jobs').where('sequence', '=', sequence).execute()
    },
    async removeTask({ sequence }) {
      await tables.deleteFrom('tasks').where('sequence', '=', sequence).execute()
    },
  }
}
