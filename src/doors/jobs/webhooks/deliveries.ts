import { setTimeout as sleep } from 'node:timers/promises'
import { type Log, runAbout } from '../../../base/log.ts'
import type { Part } from '../../../base/part.ts'
import { nameUrl } from '../../../base/redact.ts'
import type { FrontEnds } from '../../../database/front-ends.ts'
import type { ServiceDatabase, ServiceWriting } from '../../../database/service-database.ts'
import type { Accounts } from '../../../identity/accounts.ts'
import type { Job, Task } from '../tasks/records.ts'
import type { Note } from '../tasks/task-life.ts'
import { DOOR } from '../tasks/wishes.ts'
import { createDeliveryStore, type Delivery, type DeliveryStore } from './delivery-store.ts'
import { createDeliveryTurns } from './delivery-turns.ts'
import { createNoting } from './note-change.ts'
import type { Post } from './post.ts'
import { sign } from './signature.ts'
import { describeAnswer, judge, type Verdict } from './verdict.ts'
import type { WebhookStore } from './webhook-store.ts'

/** Between the attempts of a delivery, in milliseconds. */
export const WAITS_MS = [60_000, 5 * 60_000, 30 * 60_000] as const

/** What is told of deliveries that were noted: their ids. */
const TOPIC = 'deliveries'

/** How many ids are told or asked for at once. */
const MOST_IDS = 500

/** After how many milliseconds it is read again what could not be. */
const AGAIN_MS = 1000

/** A timer cannot wait longer, in milliseconds. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** What came of an attempt: what follows from it, or that it was the last one in vain. */
export type DeliveryResult = Verdict | 'given_up'

/**
 * Tells webhooks what has happened, at least once each. Of several front ends the first tells all, so that things are told in their order;
 * when it is gone, the next one does.
 */
export interface Deliveries extends Part {
  /** Notes what webhooks are to be told of a change, in the state of this moment; it is sent once the transaction is committed. */
  enqueue: Note
  /** Sends what is due, in case that nobody has. */
  wake: () => void
  /** A user's, newest first, for people to look at. */
  list: DeliveryStore['list']
  /** See {@link DeliveryStore.about}. */
  about: DeliveryStore['about']
  /** See {@link DeliveryStore.removeBefore}. */
  removeBefore: DeliveryStore['removeBefore']
  readonly start: () => void
  readonly pause: () => void
  readonly finish: (graceMs: number) => Promise<void>
  readonly close: () => void
}

/**
 * Opens the deliveries in `database`. They begin to be sent at `start`; what is under way when the service is killed is sent
 * again by its next life.
 *
 * @param options.accounts - whose secrets sign what is sent to the `webhook_url` of a job
 * @param options.jobJson - a job as clients see it, with its tasks
 * @param options.noteAttempt - is told of every attempt within the transaction in which what became of it is noted
 * @param options.onAttempt - is told what became of every attempt once it is on the disk
 */
export function openDeliveries(options: {
  database: ServiceDatabase
  frontEnds: Pick<FrontEnds, 'isFirst' | 'onGone'>
  webhooks: WebhookStore
  accounts: Pick<Accounts, 'users'>
  jobJson: (tables: ServiceWriting, job: Job) => Promise<object>
  taskJson: (tables: ServiceWriting, task: Task) => Promise<object>
  post: Post
  noteAttempt: (tables: ServiceWriting, delivery: Delivery) => Promise<void>
  onAttempt: (result: DeliveryResult) => void
  log: Log
  now: () => number
}): Deliveries {
  const { database, frontEnds, webhooks, accounts, jobJson, taskJson, post, log, now } = options
  const store = createDeliveryStore(database.committed, { now })
  let turns = createDeliveryTurns()
  /** Those that are not due; on the disk as well, as everything here. */
  let later: { delivery: Delivery; at: number }[] = []
  /** When the first of them is due. */
  let firstAt = Number.POSITIVE_INFINITY
  /** Those that have been read and are not done with. */
  let known = new Set<number>()
  /** Those that are to be read; undefined for all that there are. */
  let unread: Set<number> | undefined
  let paused = true
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> | undefined
  let isLookDue = false
  const underWay = new Set<Promise<void>>()
  const closing = new AbortController()

  const stopHearing = [
    frontEnds.onGone(wake),
    database.hear(TOPIC, (told) => {
      if (told === undefined) unread = undefined
      else for (const id of told.split(' ')) unread?.add(Number(id))
      wake()
    }),
  ]

  /** Looks for what is new once at a time, and once more for whoever asks meanwhile. */
  function wake(): void {
    if (paused) return
    if (looking !== undefined) {
      isLookDue = true
      return
    }
    looking = lookForNew()
      .catch((error: unknown) => {
        unread = undefined
        if (paused) return
        log.error(`Webhooks that are due could not be read: ${String(error)}`)
        wakeIn(AGAIN_MS)
      })
      .finally(() => {
        looking = undefined
        if (isLookDue) {
          isLookDue = false
          wake()
        }
      })
  }

  async function lookForNew(): Promise<void> {
    if (!frontEnds.isFirst()) return forget()
    const ids = unread && unread.size <= MOST_IDS ? [...unread] : undefined
    unread = new Set()
    const found = ids?.length === 0 ? [] : await store.open(ids)
    if (paused) return
    const time = now()
    for (const delivery of found) {
      const { id, nextAt } = delivery
      if (known.has(id)) continue
      known.add(id)
      // Who has noted it may have another clock.
      if (delivery.attempts === 0 || nextAt === null || nextAt <= time) turns.add(delivery)
      else postpone(delivery, nextAt)
    }
    if (firstAt <= time) {
      const postponed = later
      later = []
      firstAt = Number.POSITIVE_INFINITY
      for (const { delivery, at } of postponed) {
        if (at <= time) turns.add(delivery)
        else postpone(delivery, at)
      }
    }
    sendDue()
    setTimer()
  }

  /** All of it is another one's now, which reads it for itself. */
  function forget(): void {
    clearTimeout(timer)
    turns = createDeliveryTurns()
    later = []
    firstAt = Number.POSITIVE_INFINITY
    known = new Set()
    unread = undefined
  }

  function postpone(delivery: Delivery, at: number): void {
    later.push({ delivery, at })
    firstAt = Math.min(firstAt, at)
  }

  function sendDue(): void {
    for (let next = turns.take(); next !== undefined; next = turns.take()) begin(next)
  }

  function setTimer(): void {
    clearTimeout(timer)
    if (later.length > 0) wakeIn(Math.min(Math.max(firstAt - now(), 0), LONGEST_TIMER_MS))
  }

  function wakeIn(ms: number): void {
    clearTimeout(timer)
    timer = setTimeout(wake, ms).unref()
  }

  function begin(delivery: Delivery): void {
    const ofItsTurn = turns
    const about = { requestId: delivery.subject, door: DOOR }
    const sent = runAbout(about, () => deliver(delivery))
      .catch((error: unknown) => {
        if (paused) return
        // What became of it is not on the disk: it is due again there, and so it is here.
        log.error(`what became of a webhook could not be noted: ${String(error)}`, about)
        postpone(delivery, now() + WAITS_MS[0])
      })
      .finally(() => {
        underWay.delete(sent)
        ofItsTurn.release(delivery)
        if (paused) return
        sendDue()
        setTimer()
      })
    underWay.add(sent)
  }

  async function deliver({ id }: Delivery): Promise<void> {
    const open = await store.openOne(id)
    if (open === undefined) return void known.delete(id)
    if (!frontEnds.isFirst()) return forget()
    const { delivery, body } = open
    const secret = await secretOf(delivery)
    const answer =
      secret === undefined
        ? { forbidden: 'Its user is not known any more.' }
        : await post({
            url: delivery.url,
            body,
            signature: sign(body, secret),
            signal: closing.signal,
          })
    // Whether it has arrived is not known; the next life asks.
    if (closing.signal.aborted) return
    await settle(delivery, judge(answer), describeAnswer(answer))
  }

  async function secretOf({ webhook, user }: Delivery): Promise<string | undefined> {
    return webhook === null
      ? accounts.users().find(({ id }) => id === user)?.webhookSecret
      : (await webhooks.find(database.committed, webhook))?.signingSecret
  }

  async function settle(delivery: Delivery, verdict: Verdict, outcome: string): Promise<void> {
    const { id, webhook, attempts } = delivery
    const wait = verdict === 'again' ? WAITS_MS[attempts] : undefined
    const at = wait === undefined ? null : now() + wait
    await database.write(async (tables) => {
      await store.noteAttempt(tables, id, { outcome, nextAt: at })
      await options.noteAttempt(tables, delivery)
      if (webhook === null) return
      if (verdict === 'gone') {
        await webhooks.disable(tables, webhook)
        await store.endOf(tables, webhook, 'Its webhook was disabled before it was sent.')
      } else if (at === null) {
        await webhooks.setFailing(tables, webhook, verdict !== 'delivered')
      }
    })
    if (at === null) known.delete(id)
    else if (frontEnds.isFirst()) postpone(delivery, at)
    tell(delivery, verdict, outcome, wait)
    options.onAttempt(verdict === 'again' && at === null ? 'given_up' : verdict)
  }

  function tell(delivery: Delivery, verdict: Verdict, outcome: string, wait?: number): void {
    const what = `Webhook ${delivery.event} of ${delivery.subject} to ${nameUrl(delivery.url)}`
    if (verdict === 'delivered') return log.debug(`${what}: ${outcome}`)
    if (wait !== undefined) return log.info(`${what}: ${outcome} Again in ${wait / 60_000} min.`)
    const isDisabled = verdict === 'gone' && delivery.webhook !== null
    log.warn(`${what}: ${outcome} ${isDisabled ? 'It is disabled.' : 'It is given up.'}`)
  }

  return {
    enqueue: createNoting({
      store,
      webhooks,
      jobJson,
      taskJson,
      async onNoted(tables, ids) {
        for (let first = 0; first < ids.length; first += MOST_IDS) {
          await database.tell(tables, TOPIC, ids.slice(first, first + MOST_IDS).join(' '))
        }
      },
    }),
    wake,
    list: store.list,
    about: store.about,
    removeBefore: store.removeBefore,
    start() {
      paused = false
      wake()
    },
    pause() {
      paused = true
      clearTimeout(timer)
    },
    async finish(graceMs) {
      const all = Promise.all(underWay)
      await Promise.race([all, sleep(graceMs, undefined, { ref: false })])
      closing.abort()
      await all
    },
    close() {
      paused = true
      clearTimeout(timer)
      for (const stop of stopHearing) stop()
      closing.abort()
    },
  }
}
