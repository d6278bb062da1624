import { AsyncLocalStorage } from 'node:async_hooks'
import { createSign } from 'node:crypto'
import type { Rendition, WorkerParams } from '@adobe/asset-compute-sdk'
import * as z from 'zod/mini'
import { type ProgressEvent, REPORTS_PROGRESS } from '../contract/progress-event.ts'

/** Between two reports of one rendition, in milliseconds. */
const PAUSE_MS = 1000

/** As long as a report may take; the next is held back meanwhile. */
const TIME_LIMIT_MS = 5000

/** What an activation is given when somebody wants to know how far it is: the SDK's own path for events. */
const askedSchema = z.object({
  auth: z.object({ webhookUrl: z.url(), [REPORTS_PROGRESS]: z.literal(true) }),
  /** PEM, as base64. */
  hmacPrivateKey: z.string(),
})

const userDataSchema = z.record(z.string(), z.unknown())

/** Where events go, and how they are signed. */
interface Address {
  readonly url: string
  readonly key: string
}

/** Tells how much of a rendition is done, from 0 to 1. */
export type Report = (done: number) => void

/** Operations are prepared where the parameters of the activation are not at hand, so a rendition is what it is known by. */
const reports = new WeakMap<object, Report>()

/** What is called by this is no part of an activation, whose HTTP exchanges are counted. */
const outside = AsyncLocalStorage.snapshot()

/** From now on {@link reportOf} tells whoever has ordered a rendition how far it is, if he has asked for it. */
export function beginReports(
  rendition: Pick<Rendition, 'instructions'>,
  params: WorkerParams,
): void {
  const { success, data } = z.safeParse(askedSchema, params)
  if (!success || reports.has(rendition)) return
  const userData = z.safeParse(userDataSchema, rendition.instructions['userData'])
  if (!userData.success) return
  const address = {
    url: data.auth.webhookUrl,
    key: Buffer.from(data.hmacPrivateKey, 'base64').toString(),
  }
  const post = (done: number): Promise<void> =>
    outside(postProgress, address, {
      type: 'rendition_progress',
      rendition: { userData: userData.data },
      done,
    })
  reports.set(rendition, createReport(post, Date.now))
}

/** Tells how far a rendition is; nobody, when nobody has asked. */
export function reportOf(rendition: object): Report {
  return reports.get(rendition) ?? (() => undefined)
}

/**
 * Makes a report of one that can be told as often as anybody likes. It posts whole per cents, each more than the last,
 * one at a time and at most one a second; that all is done the end of the rendition says.
 *
 * @param post - never rejects
 * @param now - in milliseconds
 */
export function createReport(post: (done: number) => Promise<void>, now: () => number): Report {
  let told = -1
  let next = Number.NEGATIVE_INFINITY
  let isPosting = false
  return (done) => {
    const percent = Math.floor(done * 100)
    if (percent <= told || percent >= 100 || isPosting || now() < next) return
    told = percent
    next = now() + PAUSE_MS
    isPosting = true
    void post(percent / 100).finally(() => {
      isPosting = false
    })
  }
}

/** Posts one; what comes of it is nobody's concern, since the next says more. */
async function postProgress({ url, key }: Address, event: ProgressEvent): Promise<void> {
  try {
    const body = JSON.stringify({ event_code: 'asset_compute', event })
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-ac-hmac-signature': createSign('sha256').update(body).sign(key, 'base64'),
      },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(TIME_LIMIT_MS),
    })
    await response.body?.cancel()
  } catch {
    // The rendition goes on without.
  }
}
