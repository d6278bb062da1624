import type { Job, Task } from '../tasks/records.ts'
import type { Change } from '../tasks/task-life.ts'
import type { DeliveryStore, NewDelivery } from './delivery-store.ts'
import { WEBHOOK_EVENTS, type WebhookEvent } from './webhook-events.ts'
import type { WebhookStore } from './webhook-store.ts'

/** The events that the `webhook_url` of a job is told. */
const JOB_URL_EVENTS: readonly string[] = ['job.finished', 'job.failed'] satisfies WebhookEvent[]

/** Makes what notes which receivers are to be told of a change: one delivery for each, in the state of this moment. */
export function createNoting(options: {
  store: DeliveryStore
  webhooks: WebhookStore
  jobJson: (job: Job) => object
  taskJson: (task: Task) => object
}): (change: Change) => void {
  const { store, webhooks, jobJson, taskJson } = options
  return ({ event: what, job, task }) => {
    const subject = job ?? task
    if (subject === undefined) return
    const name = `${job === undefined ? 'task' : 'job'}.${what}`
    const event = WEBHOOK_EVENTS.find((known) => known === name)
    if (event === undefined) return
    const { user } = subject
    const wanting = webhooks
      .list(user)
      .filter(({ events, disabled }) => !disabled && events.includes(event))
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
      ...(job && { job: jobJson(job) }),
      ...(task && { task: taskJson(task) }),
    })
    for (const receiver of receivers) {
      store.add({ ...receiver, user, event, subject: subject.id, body })
    }
  }
}
