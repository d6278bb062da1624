import { randomUUID } from 'node:crypto'
import type { SQLInputValue } from 'node:sqlite'
import * as z from 'zod/mini'
import type { Database } from '../../../home/database.ts'
import type { Sealing } from '../../../home/sealing.ts'
import {
  type Job,
  type Status,
  type Task,
  type TaskFile,
  toJob,
  toTask,
  toTaskFile,
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
export interface ListQuery {
  readonly user: number
  /** By column; undefined for any. */
  readonly where: Readonly<Record<string, SQLInputValue | undefined>>
  readonly limit: number
  readonly offset: number
}

/** Jobs and tasks as they are on the disk. What changes them is to be called inside {@link Database.write}. */
export interface TaskStore {
  addJob: (job: NewJob) => Job
  addTask: (task: NewTask) => Task
  job: (id: string) => Job | undefined
  jobBySequence: (sequence: number) => Job | undefined
  task: (id: string) => Task | undefined
  taskBySequence: (sequence: number) => Task | undefined
  /** In the order in which they were asked for. */
  tasksOf: (job: Job) => Task[]
  jobs: (query: ListQuery) => Job[]
  tasks: (query: ListQuery) => Task[]
  payloadOf: (task: Task) => Payload
  filesOf: (task: Task) => TaskFile[]
  inputIdsOf: (task: Task) => string[]
  /** Those that wait for a task, and maybe for others. */
  dependentsOf: (task: Task) => Task[]
  retriesOf: (task: Task) => Task[]
  /** Those that have not ended, oldest first. */
  open: () => Task[]
  /** Those that have not ended and whose deadline is over. */
  overdue: (now: number) => Task[]
  /** A task that waits begins; false when it does not wait any more. */
  begin: (task: Task, deadline: number) => boolean
  /** False when it had ended before. */
  end: (task: Task, ending: Ending) => boolean
  setStage: (task: Task, stage: number) => void
  /** Counts that the service begins a task itself; see {@link Task.attempts}. */
  countAttempt: (task: Task) => void
  /** Counts the last attempt no more: the service did not die under the task, but stopped. */
  uncountAttempt: (task: Task) => void
  beginJob: (job: Job) => boolean
  endJob: (job: Job, status: Status) => void
  /** Removes a job with its tasks, or a task. */
  removeJob: (job: Job) => void
  removeTask: (task: Task) => void
  /** Whether an object is a file of a task that is none of these. */
  isFileOfOthers: (object: string, tasks: readonly Task[]) => boolean
  /** Jobs and tasks of their own that ended before a time. */
  endedBefore: (time: number, limit: number) => { jobs: Job[]; tasks: Task[] }
}

const payloadRow = z.object({ payload: z.instanceof(Uint8Array) })
const payloadSchema = z.record(z.string(), z.unknown())
const inputRow = z.object({ input: z.string() })

/** Columns that lists may be filtered by. */
const FILTERS: ReadonlySet<string> = new Set(['status', 'tag', 'operation', 'job'])

/** Opens jobs and tasks in `database`. */
export function openTaskStore(
  database: Database,
  options: { sealing: Sealing; now: () => number },
): TaskStore {
  const { sealing, now } = options
  const sql = {
    insertJob: database.prepare(
      `INSERT INTO jobs (id, user, tag, webhook_url, status, created_at)
         VALUES (?, ?, ?, ?, 'waiting', ?) RETURNING *`,
    ),
    insertTask: database.prepare(
      `INSERT INTO tasks (id, user, job, name, operation, payload, status, message, ignore_error, retry_of, deadline, created_at)
         VALUES (?, ?, ?, ?, ?, ?, 'waiting', ?, ?, ?, ?, ?) RETURNING *`,
    ),
    insertInput: database.prepare(
      'INSERT INTO task_inputs (task, position, input) VALUES (?, ?, ?)',
    ),
    insertFile: database.prepare(
      'INSERT INTO task_files (task, position, filename, object, size, content_type) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    job: database.prepare('SELECT * FROM jobs WHERE id = ?'),
    jobBySequence: database.prepare('SELECT * FROM jobs WHERE sequence = ?'),
    task: database.prepare('SELECT * FROM tasks WHERE id = ?'),
    taskBySequence: database.prepare('SELECT * FROM tasks WHERE sequence = ?'),
    tasksOf: database.prepare('SELECT * FROM tasks WHERE job = ? ORDER BY sequence'),
    payload: database.prepare('SELECT payload FROM tasks WHERE sequence = ?'),
    files: database.prepare('SELECT * FROM task_files WHERE task = ? ORDER BY position'),
    inputs: database.prepare('SELECT input FROM task_inputs WHERE task = ? ORDER BY position'),
    dependents: database.prepare(
      `SELECT * FROM tasks WHERE ended_at IS NULL
         AND sequence IN (SELECT task FROM task_inputs WHERE input = ?) ORDER BY sequence`,
    ),
    retries: database.prepare('SELECT * FROM tasks WHERE retry_of = ? ORDER BY sequence'),
    open: database.prepare('SELECT * FROM tasks WHERE ended_at IS NULL ORDER BY sequence'),
    overdue: database.prepare('SELECT * FROM tasks WHERE ended_at IS NULL AND deadline < ?'),
    begin: database.prepare(
      `UPDATE tasks SET status = 'processing', message = NULL, started_at = ?, deadline = ?
         WHERE sequence = ? AND status = 'waiting'`,
    ),
    end: database.prepare(
      `UPDATE tasks SET status = ?, code = ?, message = ?, result = ?, ended_at = ?
         WHERE sequence = ? AND ended_at IS NULL`,
    ),
    setStage: database.prepare('UPDATE tasks SET stage = ? WHERE sequence = ?'),
    addAttempt: database.prepare('UPDATE tasks SET attempts = attempts + 1 WHERE sequence = ?'),
    removeAttempt: database.prepare(
      'UPDATE tasks SET attempts = max(attempts - 1, 0) WHERE sequence = ?',
    ),
    beginJob: database.prepare(
      `UPDATE jobs SET status = 'processing', started_at = ? WHERE sequence = ? AND status = 'waiting'`,
    ),
    endJob: database.prepare('UPDATE jobs SET status = ?, ended_at = ? WHERE sequence = ?'),
    removeJob: database.prepare('DELETE FROM jobs WHERE sequence = ?'),
    removeTask: database.prepare('DELETE FROM tasks WHERE sequence = ?'),
    isFileOfOthers: database.prepare(
      `SELECT 1 FROM task_files WHERE object = ?
         AND task NOT IN (SELECT value FROM json_each(?)) LIMIT 1`,
    ),
    endedJobs: database.prepare('SELECT * FROM jobs WHERE ended_at < ? ORDER BY ended_at LIMIT ?'),
    endedTasks: database.prepare(
      'SELECT * FROM tasks WHERE job IS NULL AND ended_at < ? ORDER BY ended_at LIMIT ?',
    ),
  }
  /** Lists have few shapes; each is compiled once. */
  const lists = new Map<string, ReturnType<Database['prepare']>>()

  function list(table: 'jobs' | 'tasks', { user, where, limit, offset }: ListQuery): unknown[] {
    const filters = Object.entries(where).filter(([, value]) => value !== undefined)
    const unknown = filters.find(([column]) => !FILTERS.has(column))
    if (unknown !== undefined) throw new RangeError(`lists cannot be filtered by ${unknown[0]}`)
    const conditions = ['user = ?', ...filters.map(([column]) => `${column} = ?`)].join(' AND ')
    const text = `SELECT * FROM ${table} WHERE ${conditions} ORDER BY sequence DESC LIMIT ? OFFSET ?`
    const statement = lists.get(text) ?? database.prepare(text)
    lists.set(text, statement)
    return statement.all(user, ...filters.map(([, value]) => value ?? null), limit, offset)
  }

  return {
    addJob: ({ user, tag, webhookUrl }) =>
      toJob(sql.insertJob.get(randomUUID(), user, tag, webhookUrl, now())),
    addTask(task) {
      const stored = toTask(
        sql.insertTask.get(
          task.id,
          task.user,
          task.job,
          task.name,
          task.operation,
          sealing.seal(JSON.stringify(task.payload)),
          task.message,
          Number(task.ignoreError),
          task.retryOf,
          task.deadline,
          now(),
        ),
      )
      for (const [position, input] of task.inputs.entries()) {
        sql.insertInput.run(stored.sequence, position, input)
      }
      return stored
    },
    job: (id) => oneJob(sql.job.get(id)),
    jobBySequence: (sequence) => oneJob(sql.jobBySequence.get(sequence)),
    task: (id) => oneTask(sql.task.get(id)),
    taskBySequence: (sequence) => oneTask(sql.taskBySequence.get(sequence)),
    tasksOf: ({ sequence }) => sql.tasksOf.all(sequence).map(toTask),
    jobs: (query) => list('jobs', query).map(toJob),
    tasks: (query) => list('tasks', query).map(toTask),
    payloadOf({ sequence }) {
      const { payload } = payloadRow.parse(sql.payload.get(sequence))
      return payloadSchema.parse(JSON.parse(sealing.open(payload)))
    },
    filesOf: ({ sequence }) => sql.files.all(sequence).map(toTaskFile),
    inputIdsOf: ({ sequence }) => sql.inputs.all(sequence).map((row) => inputRow.parse(row).input),
    dependentsOf: ({ id }) => sql.dependents.all(id).map(toTask),
    retriesOf: ({ id }) => sql.retries.all(id).map(toTask),
    open: () => sql.open.all().map(toTask),
    overdue: (time) => sql.overdue.all(time).map(toTask),
    begin: ({ sequence }, deadline) => sql.begin.run(now(), deadline, sequence).changes > 0,
    end({ sequence }, { status, code = null, message = null, result, files = [] }) {
      const found = result === undefined ? null : JSON.stringify(result)
      const { changes } = sql.end.run(status, code, message, found, now(), sequence)
      if (changes === 0) return false
      for (const [position, { filename, object, size, contentType }] of files.entries()) {
        sql.insertFile.run(sequence, position, filename, object, size, contentType)
      }
      return true
    },
    setStage: ({ sequence }, stage) => void sql.setStage.run(stage, sequence),
    countAttempt: ({ sequence }) => void sql.addAttempt.run(sequence),
    uncountAttempt: ({ sequence }) => void sql.removeAttempt.run(sequence),
    beginJob: ({ sequence }) => sql.beginJob.run(now(), sequence).changes > 0,
    endJob: ({ sequence }, status) => void sql.endJob.run(status, now(), sequence),
    removeJob: ({ sequence }) => void sql.removeJob.run(sequence),
    removeTask: ({ sequence }) => void sql.removeTask.run(sequence),
    isFileOfOthers(object, tasks) {
      const these = JSON.stringify(tasks.map(({ sequence }) => sequence))
      return sql.isFileOfOthers.get(object, these) !== undefined
    },
    endedBefore: (time, limit) => ({
      jobs: sql.endedJobs.all(time, limit).map(toJob),
      tasks: sql.endedTasks.all(time, limit).map(toTask),
    }),
  }
}

function oneJob(row: unknown): Job | undefined {
  return row === undefined ? undefined : toJob(row)
}

function oneTask(row: unknown): Task | undefined {
  return row === undefined ? undefined : toTask(row)
}
