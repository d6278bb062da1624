/** A task as the jobs door has it, besides what the jobs API says. Times are milliseconds since 1970. */
export interface TaskFacts {
  readonly id: string
  readonly name: string
  readonly operation: string
  readonly status: 'waiting' | 'processing' | 'finished' | 'error'
  readonly createdAt: number
  readonly startedAt: number | null
  readonly endedAt: number | null
  /** From 0 to 1; undefined when it is not known. */
  readonly progress: number | undefined
  readonly options: Readonly<Record<string, string | number | boolean>>
  readonly files: readonly TaskObject[]
}

/** A file of a task, in the storage. */
export interface TaskObject {
  readonly filename: string
  /** The key of its object. */
  readonly object: string
  readonly size: number
  readonly contentType: string
}

/** What a receiver was told of a job or one of its tasks, or is to be told. */
export interface DeliveryFacts {
  readonly id: number
  readonly event: string
  readonly subject: string
  readonly url: string
  readonly attempts: number
  readonly nextAt: number | null
  readonly outcome: string | null
  readonly createdAt: number
}

/** The jobs of whoever sits at this machine, as their door has them. */
export interface InspectedJobs {
  /**
   * Tells of each job that has come further, and of jobs and tasks that are gone; the job is undefined for a task that was
   * in none. Returns what ends it.
   */
  listen: (
    listener: (
      news:
        | { readonly job: string }
        | { readonly removed: string | undefined; readonly tasks: readonly string[] },
    ) => void,
  ) => () => void
  /** Has it told that the job of a task has come further. */
  touch: (id: string) => void
  /** A job as the jobs API lists it, with its tasks. */
  listed: (id: string) => Promise<object | undefined>
  job: (id: string) => Promise<
    | {
        readonly job: object
        readonly retries: readonly object[]
        readonly tasks: readonly TaskFacts[]
        readonly deliveries: readonly DeliveryFacts[]
      }
    | undefined
  >
  hasTask: (id: string) => Promise<boolean>
  /** What makes each format of each operation. */
  makers: () => readonly object[]
  filesOf: (taskId: string) => Promise<readonly TaskObject[] | undefined>
  /** @throws {ServiceError} when there is no such job, or it cannot be run again */
  runAgain: (id: string) => Promise<string>
}
