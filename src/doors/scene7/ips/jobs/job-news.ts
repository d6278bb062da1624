import type { IpsDatabase, IpsWriting } from '../ips-tables.ts'

/** What is told of each job that was submitted, has come further or was removed. */
const TOPIC = 'ips-jobs'

/** What is told of each of them that may begin, or may be run no more by who runs it. */
const TURNS_TOPIC = 'ips-turns'

/** Tells all front ends of a job that has come further, once that is committed. */
export async function tellOfJob(
  database: IpsDatabase,
  tables: IpsWriting,
  job: number,
): Promise<void> {
  await database.tell(tables, TOPIC, String(job))
}

/** The same of one that may begin, or may be run no more by who runs it, or whose end lets another one begin. */
export async function tellOfTurn(
  database: IpsDatabase,
  tables: IpsWriting,
  job: number,
): Promise<void> {
  await tellOfJob(database, tables, job)
  await database.tell(tables, TURNS_TOPIC, String(job))
}

/** Hears of jobs that come further, whichever front end has them do so; undefined when it may be any. */
export function hearOfJobs(
  database: IpsDatabase,
  listener: (job: number | undefined) => void,
): () => void {
  return database.hear(TOPIC, (job) => listener(job === undefined ? undefined : Number(job)))
}

/** Hears of those that {@link tellOfTurn} tells of. */
export function hearOfTurns(
  database: IpsDatabase,
  listener: (job: number | undefined) => void,
): () => void {
  return database.hear(TURNS_TOPIC, (job) => listener(job === undefined ? undefined : Number(job)))
}
