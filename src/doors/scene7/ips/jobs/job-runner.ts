import type { Log } from '../../../../base/log.ts'
import { IpsFault } from '../ips-fault.ts'
import type { IpsJob } from './ips-job.ts'
import type { JobKinds } from './job-kind.ts'
import type { JobStore } from './job-store.ts'

/** Has jobs run when it is their time, one after the other. */
export interface JobRunner {
  /** Looks for what is to be run, now and later. */
  readonly wake: () => void
  /** Ends the job if it runs, for a reason that the log tells; without one it begins anew when it is waked. */
  readonly interrupt: (number: number, reason: string | undefined) => Promise<void>
  /** Begins nothing more, and has what runs begin anew at the next start. */
  readonly stop: () => Promise<void>
}

/** The longest that a timer waits, in milliseconds; whoever is due later is looked for again. */
const LONGEST_TIMER_MS = 24 * 60 * 60_000

/** @param options.now - the clock, in milliseconds of the epoch */
export function createJobRunner({
  store,
  kinds,
  onEnd,
  log,
  now,
}: {
  readonly store: JobStore
  readonly kinds: JobKinds
  /** Called when one has ended. */
  readonly onEnd?: () => void
  readonly log: Pick<Log, 'error'>
  readonly now: () => number
}): JobRunner {
  let running: { number: number; abort: AbortController; ended: Promise<void> } | undefined
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  function wake(): void {
    if (isStopped || running) return
    clearTimeout(timer)
    const [next] = store.waiting()
    if (!next) return
    const wait = (next.execTime ?? 0) - now()
    if (wait > 0) {
      timer = setTimeout(wake, Math.min(wait, LONGEST_TIMER_MS))
      timer.unref()
      return
    }
    const abort = new AbortController()
    const ended = run(next, abort.signal).finally(() => {
      running = undefined
      onEnd?.()
      wake()
    })
    running = { number: next.number, abort, ended }
  }

  async function run(job: IpsJob, signal: AbortSignal): Promise<void> {
    const { number } = job
    try {
      await store.begin(number)
      const kind = kinds.get(job.kind)
      if (!kind) throw new IpsFault('exception', `Jobs of the kind ${job.kind} are not run here.`)
      const last = await kind.run(job, {
        signal,
        count: (counts) => store.count(number, counts),
        log: (line) => store.log(number, line),
      })
      signal.throwIfAborted()
      await store.end(number, false, last ?? { type: 'ReturnSuccess', message: 'The job is done.' })
    } catch (error) {
      await endWith(number, error, signal)
    }
  }

  async function endWith(number: number, error: unknown, signal: AbortSignal): Promise<void> {
    const reason: unknown = signal.aborted ? signal.reason : undefined
    // It was paused, or the service ends: it is the same job when it goes on.
    if (signal.aborted && !(reason instanceof IpsFault)) return
    const isKnown = error instanceof IpsFault || reason instanceof IpsFault
    if (!isKnown) {
      log.error(`job ${number} failed: ${error instanceof Error ? error.stack : String(error)}`)
    }
    const told = reason instanceof IpsFault ? reason : error
    const message =
      told instanceof IpsFault ? told.message : 'The job failed; the log of the service tells why.'
    await store
      .end(number, true, { type: 'FatalError', message })
      .catch((failure: unknown) => log.error(`job ${number} could not end: ${String(failure)}`))
  }

  return {
    wake,
    async interrupt(number, reason) {
      if (running?.number !== number) return
      const { abort, ended } = running
      abort.abort(reason === undefined ? undefined : new IpsFault('exception', reason))
      await ended
    },
    async stop() {
      isStopped = true
      clearTimeout(timer)
      const { abort, ended } = running ?? {}
      abort?.abort()
      await ended
    },
  }
}
