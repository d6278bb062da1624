import { ServiceError } from '../../../base/errors.ts'
import { nameUrl } from '../../../base/redact.ts'
import type { FoundPrograms } from '../../../programs/programs.ts'
import type { Shapes } from '../api/shapes.ts'
import { listMakers, type OperationMaker } from '../operations/grades.ts'
import type { Accepting } from '../tasks/accepting.ts'
import type { Job, Task, TaskFile } from '../tasks/records.ts'
import type { TaskProgress } from '../tasks/task-progress.ts'
import type { TaskStore } from '../tasks/task-store.ts'
import type { Deliveries } from '../webhooks/deliveries.ts'
import type { JobNewsChannel } from './job-news.ts'
import { type PlainOptions, plainOptionsOf } from './plain-options.ts'
import { runAgain } from './run-again.ts'

/** What there is to say of a task besides what its clients see. Times are milliseconds since 1970. */
export interface InspectedTask extends Pick<Task, 'id' | 'operation' | 'status'> {
  /** Its id where its client has given it none. */
  readonly name: string
  readonly createdAt: number
  readonly startedAt: number | null
  readonly endedAt: number | null
  /** How far it is, from 0 to 1; undefined when that is not known, or it does not run. */
  readonly progress: number | undefined
  readonly options: PlainOptions
  readonly files: readonly TaskFile[]
}

/** Something that a receiver was told of a job or one of its tasks, or is to be told. */
export interface InspectedDelivery {
  readonly id: number
  readonly event: string
  /** The id of the job or task that it is about. */
  readonly subject: string
  /** Without what opens something. */
  readonly url: string
  readonly attempts: number
  readonly nextAt: number | null
  readonly outcome: string | null
  readonly createdAt: number
}

/** A job with all that its clients see of it, and what they do not. */
export interface InspectedJob {
  /** As clients see it. */
  readonly job: object
  /** As clients see them: the tasks that are retries of tasks of the job, which are in none. */
  readonly retries: readonly object[]
  /** All of them, retries as well. */
  readonly tasks: readonly InspectedTask[]
  readonly deliveries: readonly InspectedDelivery[]
}

/** What the user at this machine sees of jobs besides the API, to find out what became of them. */
export interface JobInspection {
  readonly listen: JobNewsChannel['listen']
  readonly touch: JobNewsChannel['touch']
  /** As clients see it, with its tasks. */
  listed: (id: string) => Promise<object | undefined>
  job: (id: string) => Promise<InspectedJob | undefined>
  hasTask: (id: string) => Promise<boolean>
  /** What makes each format of each operation. */
  makers: () => readonly OperationMaker[]
  /** The files of a task that has finished. */
  filesOf: (taskId: string) => Promise<readonly TaskFile[] | undefined>
  /**
   * Has all tasks of a job run once more; the id of the new one.
   *
   * @throws {ServiceError} `not_found`, `conflict` see {@link runAgain}
   */
  runAgain: (id: string) => Promise<string>
}

/** Payloads of which is remembered what they say; a payload never changes, and may be as large as a file. */
const MOST_REMEMBERED = 1000

/** The clock goes on while things of one moment are written, in milliseconds. */
const MOMENT_MS = 1000

/** @param options.user - whose jobs are seen; nobody's for undefined */
export function createJobInspection(options: {
  store: TaskStore
  progress: Pick<TaskProgress, 'of'>
  deliveries: Pick<Deliveries, 'about'>
  shapes: Shapes
  accepting: Pick<Accepting, 'job'>
  news: JobNewsChannel
  secretsOf: (operation: string) => readonly string[]
  isUpload: (operation: string) => boolean
  programs: FoundPrograms
  user: () => number | undefined
  now: () => number
}): JobInspection {
  const { store, deliveries, shapes, news, secretsOf, user, now } = options
  let makers: readonly OperationMaker[] | undefined
  const remembered = new Map<number, PlainOptions>()

  async function jobOf(id: string): Promise<Job | undefined> {
    const job = await store.job(id)
    return job !== undefined && job.user === user() ? job : undefined
  }

  async function taskOf(id: string): Promise<Task | undefined> {
    const task = await store.task(id)
    return task !== undefined && task.user === user() ? task : undefined
  }

  async function optionsOf(task: Task): Promise<PlainOptions> {
    const known = remembered.get(task.sequence)
    if (known !== undefined) return known
    const found = plainOptionsOf(await store.payloadOf(task), secretsOf(task.operation))
    if (remembered.size >= MOST_REMEMBERED) remembered.clear()
    remembered.set(task.sequence, found)
    return found
  }

  async function inspect(task: Task): Promise<InspectedTask> {
    const { id, name, operation, status, createdAt, startedAt, endedAt } = task
    return {
      id,
      name: name ?? id,
      operation,
      status,
      createdAt,
      startedAt,
      endedAt,
      progress: (await options.progress.of(task))?.done,
      options: await optionsOf(task),
      files: await store.filesOf(task),
    }
  }

  async function retriesOf(tasks: readonly Task[]): Promise<Task[]> {
    const found: Task[] = []
    for (const task of tasks) {
      for (const retry of await store.retriesOf(task)) {
        found.push(retry, ...(await retriesOf([retry])))
      }
    }
    return found
  }

  /** What receivers are told comes into being with what it is about. */
  async function deliveriesOf(
    job: Job,
    tasks: readonly Task[],
    retries: readonly Task[],
  ): Promise<InspectedDelivery[]> {
    const subjects = [job.id, ...tasks.map(({ id }) => id)]
    const about = await deliveries.about(subjects, {
      from: job.createdAt,
      to: (job.endedAt ?? now()) + MOMENT_MS,
    })
    for (const { id, createdAt: from, endedAt } of retries) {
      about.push(...(await deliveries.about([id], { from, to: (endedAt ?? now()) + MOMENT_MS })))
    }
    return about.map(({ id, event, subject, url, attempts, nextAt, outcome, createdAt }) => ({
      id,
      event,
      subject,
      url: nameUrl(url),
      attempts,
      nextAt,
      outcome,
      createdAt,
    }))
  }

  return {
    listen: news.listen,
    touch: news.touch,
    async listed(id) {
      const job = await jobOf(id)
      return job && shapes.job(job)
    },
    async job(id) {
      const job = await jobOf(id)
      if (job === undefined) return undefined
      const tasks = await store.tasksOf(job)
      const retries = await retriesOf(tasks)
      return {
        job: await shapes.job(job),
        retries: await Promise.all(retries.map((task) => shapes.task(task))),
        tasks: await Promise.all([...tasks, ...retries].map(inspect)),
        deliveries: await deliveriesOf(job, tasks, retries),
      }
    },
    makers: () => (makers ??= listMakers(options.programs)),
    hasTask: async (id) => (await taskOf(id)) !== undefined,
    async filesOf(id) {
      const task = await taskOf(id)
      return task && store.filesOf(task)
    },
    async runAgain(id) {
      const job = await jobOf(id)
      if (job === undefined) {
        throw new ServiceError('not_found', `There is no job ${JSON.stringify(id.slice(0, 60))}.`)
      }
      return (await runAgain(job, options)).id
    },
  }
}
