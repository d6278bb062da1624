import { isTold } from '../operations/task-options.ts'
import type { Job, Task } from '../tasks/records.ts'
import type { TaskFiles } from '../tasks/task-files.ts'
import type { TaskProgress } from '../tasks/task-progress.ts'
import type { TaskReads } from '../tasks/task-store.ts'
import type { TusUrls } from '../uploads/tus-urls.ts'
import type { UploadForm } from '../uploads/upload-form.ts'
import { toTime } from './times.ts'

/** How long jobs, tasks and files are kept after they have ended, in milliseconds. */
export const RETENTION_MS = 24 * 60 * 60 * 1000

/** What may be asked for besides. */
export const INCLUDES = ['payload', 'retries', 'depends_on_tasks', 'job', 'tasks'] as const

/** One of {@link INCLUDES}. */
export type Include = (typeof INCLUDES)[number]

/** Jobs and tasks as clients see them. */
export interface Shapes {
  job: (job: Job, include?: ReadonlySet<Include>) => Promise<object>
  task: (task: Task, include?: ReadonlySet<Include>) => Promise<object>
  /** The same of what is to be read otherwise, such as within a transaction. */
  of: (store: TaskReads) => Pick<Shapes, 'job' | 'task'>
}

const NOTHING: ReadonlySet<Include> = new Set()
const TASKS: ReadonlySet<Include> = new Set(['tasks'])

/** Makes what jobs and tasks look like. */
export function createShapes(options: {
  store: TaskReads
  files: TaskFiles
  progress: Pick<TaskProgress, 'of'>
  form: UploadForm
  tusUrls: TusUrls
  /** Members of a payload that open something elsewhere. */
  secretsOf: (operation: string) => readonly string[]
  baseUrl: () => string
}): Shapes {
  const { files, form, tusUrls, secretsOf, baseUrl } = options

  function of(store: TaskReads): Pick<Shapes, 'job' | 'task'> {
    /** Some clients ask for `null` in one place and for an object in another. */
    async function resultOf(task: Task): Promise<object | null> {
      if (task.operation === 'import/upload' && task.status === 'waiting') {
        return { form: form.of(task), tus: { url: tusUrls.of(task) } }
      }
      if (task.status !== 'finished') return null
      const made = await store.filesOf(task)
      const isExport = task.operation === 'export/url'
      const inline = isExport && isTold(await store.payloadOf(task), 'inline')
      const expiresAt = (task.endedAt ?? 0) + RETENTION_MS
      return {
        ...task.result,
        ...((made.length > 0 || task.result === null) && {
          files: made.map((file) => ({
            filename: file.filename,
            size: file.size,
            ...(isExport && { url: files.downloadOf(file, { inline, expiresAt }) }),
          })),
        }),
      }
    }

    async function payloadOf(task: Task): Promise<object> {
      const secrets = secretsOf(task.operation)
      return Object.fromEntries(
        Object.entries(await store.payloadOf(task)).map(([name, value]) => [
          name,
          secrets.includes(name) ? '***' : value,
        ]),
      )
    }

    async function taskJson(task: Task, include: ReadonlySet<Include> = NOTHING): Promise<object> {
      const job = task.job === null ? undefined : await store.jobBySequence(task.job)
      return toTaskJson(task, job, include)
    }

    /** @param job - that of the task */
    async function toTaskJson(
      task: Task,
      job: Job | undefined,
      include: ReadonlySet<Include>,
    ): Promise<object> {
      const progress = await options.progress.of(task)
      const dependsOn = await store.inputIdsOf(task)
      return {
        id: task.id,
        job_id: job?.id ?? null,
        ...(task.name !== null && { name: task.name }),
        operation: task.operation,
        status: task.status,
        credits: 0,
        code: task.code,
        message: progress?.sentence ?? task.message,
        // Clients are used to 100 before and after, and .NET's takes no null.
        percent: task.status === 'processing' ? Math.floor((progress?.done ?? 0) * 100) : 100,
        result: await resultOf(task),
        created_at: toTime(task.createdAt),
        started_at: toTime(task.startedAt),
        ended_at: toTime(task.endedAt),
        retry_of_task_id: task.retryOf,
        copy_of_task_id: task.retryOf,
        user_id: task.user,
        priority: 0,
        host_name: null,
        storage: null,
        depends_on_task_ids: dependsOn,
        ...(include.has('payload') && { payload: await payloadOf(task) }),
        ...(include.has('retries') && {
          retries: await each(await store.retriesOf(task), taskJson),
        }),
        ...(include.has('depends_on_tasks') && {
          depends_on_tasks: await each(
            (await store.inputsOf(task)).filter((input) => input !== undefined),
            taskJson,
          ),
        }),
        ...(include.has('job') && job !== undefined && { job: await jobJson(job, NOTHING) }),
        links: { self: `${baseUrl()}/tasks/${task.id}` },
      }
    }

    async function jobJson(job: Job, include: ReadonlySet<Include> = TASKS): Promise<object> {
      return {
        id: job.id,
        tag: job.tag,
        status: job.status,
        created_at: toTime(job.createdAt),
        started_at: toTime(job.startedAt),
        ended_at: toTime(job.endedAt),
        ...(include.has('tasks') && {
          tasks: await each(await store.tasksOf(job), (task) => toTaskJson(task, job, include)),
        }),
        links: { self: `${baseUrl()}/jobs/${job.id}` },
      }
    }

    return { job: jobJson, task: taskJson }
  }

  return { ...of(options.store), of }
}

/** One after the other: within a transaction there is one connection. */
async function each<T, Result>(
  values: readonly T[],
  make: (value: T) => Promise<Result>,
): Promise<Result[]> {
  const made: Result[] = []
  for (const value of values) made.push(await make(value))
  return made
}
