/** What webhooks can be told of. CloudConvert has those of jobs; those of tasks are for tasks that are in no job too. */
export const WEBHOOK_EVENTS = [
  'job.created',
  'job.finished',
  'job.failed',
  'task.created',
  'task.finished',
  'task.failed',
] as const

/** One of {@link WEBHOOK_EVENTS}. */
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number]
