import type { ServiceWriting } from '../../../database/service-database.ts'
import type { Job, Task } from '../tasks/records.ts'
import type { Note } from '../tasks/task-life.ts'
import type { DeliveryStore, NewDelivery } from './delivery-store.ts'
import { WEBHOOK_EVENTS, type WebhookEvent } from './webhook-events.ts'
import type { WebhookStore } from './webhook-store.ts'

/** The events that the `webhook_url` of a job is told. */
const JOB_URL_EVENTS: readonly string[] = ['job.finished', 'job.failed'] satisfies WebhookEvent[]

/**
 * Makes what notes which receivers are to be told of a change: one delivery for each, in the state of this moment.
 *
 * @param options.onNoted - is told the ids of these, within the same transaction
 */
export function createNoting(options: {
  store: DeliveryStore
  webhooks: WebhookStore
  /** A job and a task as clients see them at that moment of a transaction. */
  jobJson: (tables: ServiceWriting, job: Job) => Promise<object>
  taskJson: (tables: ServiceWriting, task: Task) => Promise<object>
  onNoted: (tables: ServiceWriting, ids: readonly number[]) => Promise<void>
}): Note {
  const { store, webhooks, jobJson, taskJson, onNoted } = options
  return async (tables, { event: what, job, task }) => {
    const subject = job ?? task
    if (subject === undefined) return
    const name = `${job === undefined ? 'task' : 'job'}.${what}`
    const event = WEBHOOK_EVENTS.find((known) => known === name)
    if (event === undefined) return
    const { user } = subject
    const wanting = (await webhooks.list(tables, user)).filter(
      ({ events, disabled }) => !disabled && events.includes(event),
    )
    const receivers: Pick<NewDelivery, 'webhook' | 'url'>[] = wanting.map(({ id, url }) => ({
      webhook: id,
      url,
    }))
    const jobUrl = job?.webhookUrl ?? null
    if (jobUrl !== null && JOB_URL_EVENTS.includes(event)) {
      receivers.push({ webhook: null, url: jobUrl })
    }
    if (receivers.length === 0) return
    const body = JSON.stringify({
      event,
      ...(job && { job: await jobJson(tables, job) }),
      ...(task && { task: await taskJson(tables, task) }),
    })
    const noted: number[] = []
    for (const receiver of receivers) {
      noted.push(await store.add(tables, { ...receiver, user, event, subject: subject.id, body }))
    }
    await onNoted(tables, noted)
  }
}
