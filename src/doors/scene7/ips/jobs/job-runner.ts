import { type Log, type LogSubject, runAbout } from '../../../../base/log.ts'
import { wasAway, whenItIsBack } from '../../../../database/away.ts'
import { IpsFault } from '../ips-fault.ts'
import { readSchedule } from '../schedules/schedule.ts'
import type { IpsJob, JobLine } from './ips-job.ts'
import type { JobKinds } from './job-kind.ts'
import type { JobStore } from './job-store.ts'
import type { RunStore } from './run-store.ts'
import type { ScheduleStore } from './schedule-store.ts'

/**
 * Has jobs run when it is their time. Those of a user in a company run one after the other, and those of others beside them, so
 * that nobody waits for the jobs of somebody else.
 */
export interface JobRunner {
  /** Looks for what is to be run, now and later. */
  readonly wake: () => void
  /** Ends what runs here though it should not any more: the job of a number, or any. */
  readonly check: (number: number | undefined) => void
  /** Ends the job if it runs here, for a reason that the log tells; without one it begins anew unless it was paused before. */
  readonly interrupt: (number: number, reason: string | undefined) => Promise<void>
  /** Begins nothing more, and has what runs begin anew, at the next start or by another front end. */
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

/** A job that is run here. */
interface Run {
  readonly number: number
  readonly abort: AbortController
  /** Whether it has begun. */
  isHeld: boolean
  /** Whether something was done to it before it had begun. */
  isDoubted: boolean
  ended: Promise<void>
}

/**
 * Times of schedules that were missed, because the service did not run or the job before went on, are made up for by one job.
 *
 * @param options.mayRun - whether somebody may still have jobs run by a schedule
 * @param options.now - the clock, in milliseconds of the epoch
 */
export function createJobRunner({
  store,
  runs,
  schedules,
  kinds,
  mayRun,
  onEnd,
  log,
  now,
}: {
  readonly store: Pick<JobStore, 'next' | 'linesOf'>
  readonly runs: RunStore
  readonly schedules: ScheduleStore
  readonly kinds: JobKinds
  readonly mayRun: (job: Pick<IpsJob, 'company' | 'email'>) => Promise<boolean>
  /** Called when one has ended. */
  readonly onEnd?: () => void
  readonly log: Pick<Log, 'error'>
  readonly now: () => number
}): JobRunner {
  /** By their owners. */
  const running = new Map<string, Run>()
  /** Of which it could not be kept what has become of them; they are begun anew. */
  const unkept = new Set<number>()
  let looking: Promise<void> | undefined
  let isAgain = false
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  /** Whoever wakes it, what is done is for all. */
  function wake(): void {
    isAgain = true
    looking ??= runAbout({ door: DOOR }, lookAgain).finally(() => {
      looking = undefined
      if (isAgain && !isStopped) wake()
    })
  }

  async function lookAgain(): Promise<void> {
    while (isAgain && !isStopped) {
      isAgain = false
      try {
        await look()
      } catch (error) {
        log.error(`jobs that wait could not be looked for: ${String(error)}`)
        wakeAfter(LONGEST_TIMER_MS)
      }
    }
  }

  async function look(): Promise<void> {
    clearTimeout(timer)
    for (const number of unkept) {
      await runs.letGo(number)
      unkept.delete(number)
    }
    const scheduled = await fireSchedules()
    const ahead = await store.next()
    for (const job of ahead) if (isDue(job) && !running.has(ownerOf(job))) begin(job)
    const [later] = ahead.filter((job) => !isDue(job))
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

  /** @returns the schedule whose time comes next */
  async function fireSchedules(): Promise<IpsJob | undefined> {
    const all = await schedules.due()
    const due = all.filter(isDue)
    if (due.length === 0) return all[0]
    try {
      await Promise.all(due.map(fire))
      isAgain = true
    } catch (error) {
      log.error(`jobs that are due by their schedules could not be made: ${String(error)}`)
      wakeAfter(LONGEST_TIMER_MS)
    }
    return all.find((job) => !isDue(job))
  }

  async function fire({ number, schedule = '', execTime = 0 }: IpsJob): Promise<void> {
    await schedules.fire(number, execTime, readSchedule(schedule).next(now()))
  }

  function begin(job: IpsJob): void {
    if (isStopped) return
    const owner = ownerOf(job)
    const begun: Run = {
      number: job.number,
      abort: new AbortController(),
      isHeld: false,
      isDoubted: false,
      ended: Promise.resolve(),
    }
    running.set(owner, begun)
    begun.ended = runAbout(aboutJob(job), () => run(job, begun)).then((isKept) => {
      running.delete(owner)
      onEnd?.()
      if (isKept) return wake()
      unkept.add(job.number)
      return wakeAfter(LONGEST_TIMER_MS)
    })
  }

  /** Ends one that is not run here any more. */
  async function checkHold(begun: Run): Promise<void> {
    begun.isDoubted = !begun.isHeld
    if (begun.isHeld && !(await runs.holds(begun.number))) begun.abort.abort()
  }

  /** @returns whether what became of it is kept; without that it would be begun again and again */
  async function run(job: IpsJob, begun: Run): Promise<boolean> {
    const { number, company, email, scheduledBy } = job
    const { signal } = begun.abort
    try {
      const kind = kinds.get(job.kind)
      // Another front end may have begun it, or have paused it just now.
      if (!(await runs.begin(number, kind?.goesOn))) return true
      begun.isHeld = true
      if (begun.isDoubted) await checkHold(begun)
      signal.throwIfAborted()
      if (!kind) throw new IpsFault('exception', `Jobs of the kind ${job.kind} are not run here.`)
      if (scheduledBy !== undefined && !(await mayRun(job))) {
        throw new IpsFault(
          'exception',
          `${email} may not have jobs run in ${company} any more, so the schedule j|${scheduledBy} should be deleted.`,
        )
      }
      const last = await kind.run(job, {
        signal,
        count: (counts) => runs.count(number, counts),
        log: (line) => runs.log(number, [line]),
        report: (lines, counts) => runs.log(number, lines, counts),
        tally: (outcome, line) => runs.tally(number, outcome, line),
        logged: kind.goesOn ? await store.linesOf(number) : [],
      })
      signal.throwIfAborted()
      await end(number, false, last ?? { type: 'ReturnSuccess', message: 'The job is done.' })
      return true
    } catch (error) {
      return endWith(number, error, signal)
    }
  }

  async function endWith(number: number, error: unknown, signal: AbortSignal): Promise<boolean> {
    const reason: unknown = signal.aborted ? signal.reason : undefined
    // It was paused, or the service ends: it is the same job when it goes on.
    if (signal.aborted && !(reason instanceof IpsFault)) return letGo(number)
    // The database was away under it, which is no fault of its own.
    if (!signal.aborted && wasAway(error)) return letGo(number)
    const isKnown = error instanceof IpsFault || reason instanceof IpsFault
    if (!isKnown) {
      log.error(`job ${number} failed: ${error instanceof Error ? error.stack : String(error)}`)
    }
    const told = reason instanceof IpsFault ? reason : error
    const message =
      told instanceof IpsFault ? told.message : 'The job failed; the log of the service tells why.'
    try {
      await end(number, true, { type: 'FatalError', message })
      return true
    } catch (failure) {
      log.error(`job ${number} could not end: ${String(failure)}`)
      return false
    }
  }

  /** Whatever it was, it is kept once the database is there again. */
  function end(number: number, isFatal: boolean, line: JobLine): Promise<void> {
    return whenItIsBack(
      () => runs.end(number, isFatal, line),
      () => isStopped,
    )
  }

  /** Has it begin anew, by whichever front end is first, unless others have done something with it. */
  async function letGo(number: number): Promise<boolean> {
    try {
      await whenItIsBack(
        () => runs.letGo(number),
        () => isStopped,
      )
      return true
    } catch (error) {
      log.error(`job ${number} could not be let go: ${String(error)}`)
      return false
    }
  }

  return {
    wake,
    check(number) {
      const meant = [...running.values()].filter(
        (each) => number === undefined || each.number === number,
      )
      for (const each of meant) {
        void checkHold(each).catch((error: unknown) =>
          log.error(`job ${each.number} could not be looked for: ${String(error)}`),
        )
      }
    },
    async interrupt(number, reason) {
      const found = [...running.values()].find((each) => each.number === number)
      found?.abort.abort(reason === undefined ? undefined : new IpsFault('exception', reason))
      await found?.ended
    },
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await looking
      const all = [...running.values()]
      for (const { abort } of all) abort.abort()
      await Promise.all(all.map(({ ended }) => ended))
    },
  }
}

function ownerOf({ company, email }: IpsJob): string {
  return JSON.stringify([company, email])
}
