import type { IpsCall } from '../ips-call.ts'
import { IpsFault } from '../ips-fault.ts'
import { readSchedule } from '../schedules/schedule.ts'
import type { Takes } from '../schema/signatures.ts'
import type { JobKinds } from './job-kind.ts'
import type { NewJob } from './job-store.ts'

/** The most letters of the name of a job. */
const LONGEST_NAME = 200

/**
 * Reads what is submitted: one job, and when it is to run.
 *
 * @param now - in milliseconds of the epoch
 * @throws {@link IpsFault} `missingParameter` without a job, `invalidParameter` for several of them and for what is not as it must
 *   be, and `exception` for what is not run here
 */
export async function readSubmission(
  takes: Takes<'submitJob'>,
  kinds: JobKinds,
  call: Pick<IpsCall, 'company' | 'origin' | 'signal'>,
  now: number,
): Promise<
  Pick<NewJob, 'name' | 'kind' | 'details' | 'locale' | 'description' | 'execTime' | 'schedule'>
> {
  const { locale, description } = takes
  const [kind, wanted] = demandOneJob(takes)
  const known = kinds.get(kind)
  if (!known) {
    throw new IpsFault(
      'exception',
      `This service runs no ${kind}: it runs ${[...kinds.keys()].join(', ')}.`,
    )
  }
  const details = await known.check(wanted, call)
  const name = readJobName(takes.jobName)
  checkLocale(locale)
  // Clients send what was left empty in a form, too.
  const schedule = takes.execSchedule?.trim() || undefined
  const execTime = readTime(takes.execTime, schedule, now)
  return { name, kind, details, locale, description, execTime, schedule }
}

/**
 * Reads what a job is called.
 *
 * @throws {@link IpsFault} `invalidParameter` when nothing can be called so
 */
export function readJobName(jobName: string): string {
  const name = jobName.trim()
  if (name.includes('\0')) {
    throw new IpsFault('invalidParameter', 'jobName must not have the letter U+0000.')
  }
  if (name !== '' && name.length <= LONGEST_NAME) return name
  throw new IpsFault(
    'invalidParameter',
    `jobName must have from 1 to ${LONGEST_NAME} letters, and it has ${name.length}.`,
  )
}

/** @throws {@link IpsFault} `invalidParameter` for what is no locale */
export function checkLocale(locale: string | undefined): void {
  if (locale === undefined || /^[a-z]{2}(?:-[A-Z]{2})?$/.test(locale)) return
  throw new IpsFault(
    'invalidParameter',
    `locale must be such as en-US, and it is ${JSON.stringify(locale.slice(0, 20))}.`,
  )
}

/** When it is to run, or to run first; undefined for at once. */
function readTime(
  execTime: Date | undefined,
  schedule: string | undefined,
  now: number,
): number | undefined {
  if (schedule === undefined) return execTime?.getTime()
  if (execTime !== undefined) {
    throw new IpsFault('invalidParameter', 'There must be execTime or execSchedule, and not both.')
  }
  const first = readSchedule(schedule).next(now)
  if (first !== undefined) return first
  throw new IpsFault(
    'invalidParameter',
    `execSchedule must have a time that is still to come, and ${JSON.stringify(schedule)} has none.`,
  )
}

function demandOneJob(takes: object): readonly [kind: string, details: unknown] {
  const jobs = Object.entries(takes).filter(
    ([name, value]) => name.endsWith('Job') && value !== undefined,
  )
  const [first, second] = jobs
  if (!first) {
    throw new IpsFault('missingParameter', 'submitJobParam needs a job, such as an exportJob.')
  }
  if (!second) return first
  throw new IpsFault(
    'invalidParameter',
    `submitJobParam must have one job, and it has ${jobs.map(([name]) => name).join(', ')}.`,
  )
}
