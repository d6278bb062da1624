import { type Log, type LogSubject, runAbout } from '../../../../base/log.ts'
import { IpsFault } from '../ips-fault.ts'
import { readSchedule } from '../schedules/schedule.ts'
import type { IpsJob } from './ips-job.ts'
import type { JobKinds } from './job-kind.ts'
import type { JobStore } from './job-store.ts'
import type { ScheduleStore } from './schedule-store.ts'

/**
 * Has jobs run when it is their time. Those of a user in a company run one after the other, and those of others beside them, so
 * that nobody waits for the jobs of somebody else.
 */
export interface JobRunner {
  /** Looks for what is to be run, now and later. */
  readonly wake: () => void
  /** Ends the job if it runs, for a reason that the log tells; without one it begins anew when it is waked. */
  readonly interrupt: (number: number, reason: string | undefined) => Promise<void>
  /** Begins nothing more, and has what runs begin anew at the next start. */
  readonly stop: () => Promise<void>
}

/** What the door is called in logs and metrics. */
const DOOR = 'scene7'

/** What is logged in the course of a job is about it, and about no request. */
function aboutJob({ number }: Pick<IpsJob, 'number'>): LogSubject {
  return { door: DOOR, job: number }
}

/** The longest that a timer waits, in milliseconds: it knows nothing of clocks that are set, nor of a machine that sleeps. */
const LONGEST_TIMER_MS = 60_000

/**
 * Times of schedules that were missed, because the service did not run or the job before went on, are made up for by one job.
 *
 * @param options.mayRun - whether somebody may still have jobs run by a schedule
 * @param options.now - the clock, in milliseconds of the epoch
 */
export function createJobRunner({
  store,
  schedules,
  kinds,
  mayRun,
  onEnd,
  log,
  now,
}: {
  readonly store: JobStore
  readonly schedules: ScheduleStore
  readonly kinds: JobKinds
  readonly mayRun: (job: Pick<IpsJob, 'company' | 'email'>) => boolean
  /** Called when one has ended. */
  readonly onEnd?: () => void
  readonly log: Pick<Log, 'error'>
  readonly now: () => number
}): JobRunner {
  /** By their owners. */
  const running = new Map<
    string,
    { number: number; abort: AbortController; ended: Promise<void> }
  >()
  let firing: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  /** Whoever wakes it, what is done is for all. */
  const wake = (): void => runAbout({ door: DOOR }, look)

  function look(): void {
    if (isStopped) return
    clearTimeout(timer)
    fireSchedules()
    const ahead = store.next()
    for (const job of ahead) if (isDue(job) && !running.has(ownerOf(job))) begin(job)
    const [later] = ahead.filter((job) => !isDue(job))
    const [scheduled] = schedules.due().filter((job) => !isDue(job))
    const times = [later, scheduled].flatMap((job) => job?.execTime ?? [])
    if (times.length > 0) wakeAfter(Math.min(...times) - now())
  }

  function wakeAfter(ms: number): void {
    clearTimeout(timer)
    // What was running may have ended just now.
    if (isStopped) return
    timer = setTimeout(wake, Math.min(ms, LONGEST_TIMER_MS))
    timer.unref()
  }

  function isDue({ execTime = 0 }: IpsJob): boolean {
    return execTime <= now()
  }

  function fireSchedules(): void {
    const due = schedules.due().filter(isDue)
    if (firing || due.length === 0) return
    firing = Promise.all(due.map(fire)).then(
      () => {
        firing = undefined
        wake()
      },
      (error: unknown) => {
        log.error(`jobs that are due by their schedules could not be made: ${String(error)}`)
        firing = undefined
        wakeAfter(LONGEST_TIMER_MS)
      },
    )
  }

  async function fire({ number, schedule = '', execTime = 0 }: IpsJob): Promise<void> {
    await schedules.fire(number, execTime, readSchedule(schedule).next(now()))
  }

  function begin(job: IpsJob): void {
    const owner = ownerOf(job)
    const abort = new AbortController()
    const ended = runAbout(aboutJob(job), () => run(job, abort.signal)).then((isKept) => {
      running.delete(owner)
      onEnd?.()
      if (isKept) wake()
      else wakeAfter(LONGEST_TIMER_MS)
    })
    running.set(owner, { number: job.number, abort, ended })
  }

  /** @returns whether what became of it is kept; without that it would be begun again and again */
  async function run(job: IpsJob, signal: AbortSignal): Promise<boolean> {
    const { number, company, email, scheduledBy } = job
    try {
      const kind = kinds.get(job.kind)
      await store.begin(number, kind?.goesOn)
      if (!kind) throw new IpsFault('exception', `Jobs of the kind ${job.kind} are not run here.`)
      if (scheduledBy !== undefined && !mayRun(job)) {
        throw new IpsFault(
          'exception',
          `${email} may not have jobs run in ${company} any more, so the schedule j|${scheduledBy} should be deleted.`,
        )
      }
      const last = await kind.run(job, {
        signal,
        count: (counts) => store.count(number, counts),
        log: (line) => store.log(number, line),
        tally: (outcome, line) => store.tally(number, outcome, line),
        logged: kind.goesOn ? store.linesOf(number) : [],
      })
      signal.throwIfAborted()
      await store.end(number, false, last ?? { type: 'ReturnSuccess', message: 'The job is done.' })
      return true
    } catch (error) {
      return endWith(number, error, signal)
    }
  }

  async function endWith(number: number, error: unknown, signal: AbortSignal): Promise<boolean> {
    const reason: unknown = signal.aborted ? signal.reason : undefined
    // It was paused, or the service ends: it is the same job when it goes on.
    if (signal.aborted && !(reason instanceof IpsFault)) return true
    const isKnown = error instanceof IpsFault || reason instanceof IpsFault
    if (!isKnown) {
      log.error(`job ${number} failed: ${error instanceof Error ? error.stack : String(error)}`)
    }
    const told = reason instanceof IpsFault ? reason : error
    const message =
      told instanceof IpsFault ? told.message : 'The job failed; the log of the service tells why.'
    try {
      await store.end(number, true, { type: 'FatalError', message })
      return true
    } catch (failure) {
      log.error(`job ${number} could not end: ${String(failure)}`)
      return false
    }
  }

  return {
    wake,
    async interrupt(number, reason) {
      const found = [...running.values()].find((each) => each.number === number)
      found?.abort.abort(reason === undefined ? undefined : new IpsFault('exception', reason))
      await found?.ended
    },
    async stop() {
      isStopped = true
      clearTimeout(timer)
      const all = [...running.values()]
      for (const { abort } of all) abort.abort()
      await Promise.all([firing, ...all.map(({ ended }) => ended)])
    },
  }
}

function ownerOf({ company, email }: IpsJob): string {
  return JSON.stringify([company, email])
}
