import * as z from 'zod/mini'
import { STATUSES } from '../tasks/records.ts'
import { WEBHOOK_EVENTS } from '../webhooks/webhook-events.ts'

const time = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/))
const laterTime = z.nullable(time)
const text = z.nullable(z.string())
const links = z.strictObject({ self: z.string() })

const file = z.strictObject({
  filename: z.string(),
  /** In bytes. */
  size: z.int(),
  /** Only of `export/url`. */
  url: z.optional(z.string()),
})

const result = z.looseObject({
  files: z.optional(z.array(file)),
  /** Only of an `import/upload` that waits. */
  form: z.optional(
    z.strictObject({ url: z.string(), parameters: z.record(z.string(), z.string()) }),
  ),
  /** Likewise: where a client of tus begins an upload. CloudConvert does not have it. */
  tus: z.optional(z.strictObject({ url: z.string() })),
  /** Only of `metadata`. */
  metadata: z.optional(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
})

/** A task as it is answered. What is optional is there when it is asked for with `include`, the name when it has one. */
export const taskSchema = z.strictObject({
  id: z.string(),
  job_id: text,
  name: z.optional(z.string()),
  operation: z.string(),
  status: z.enum(STATUSES),
  credits: z.int(),
  code: text,
  message: text,
  percent: z.int(),
  result: z.nullable(result),
  created_at: time,
  started_at: laterTime,
  ended_at: laterTime,
  retry_of_task_id: text,
  copy_of_task_id: text,
  user_id: z.int(),
  priority: z.int(),
  host_name: z.null(),
  storage: z.null(),
  depends_on_task_ids: z.array(z.string()),
  payload: z.optional(z.record(z.string(), z.unknown())),
  get retries() {
    return z.optional(z.array(taskSchema))
  },
  get depends_on_tasks() {
    return z.optional(z.array(taskSchema))
  },
  get job() {
    return z.optional(jobSchema)
  },
  links,
})

/** A job as it is answered; lists have its tasks only when they are asked for with `include`. */
export const jobSchema = z.strictObject({
  id: z.string(),
  tag: text,
  status: z.enum(STATUSES),
  created_at: time,
  started_at: laterTime,
  ended_at: laterTime,
  get tasks() {
    return z.optional(z.array(taskSchema))
  },
  links,
})

/** A webhook as it is answered. */
export const webhookSchema = z.strictObject({
  id: z.string(),
  url: z.string(),
  disabled: z.boolean(),
  events: z.array(z.enum(WEBHOOK_EVENTS)),
  failing: z.boolean(),
  signing_secret: z.string(),
  created_at: time,
  updated_at: time,
  links,
})

/** Whose a key is, as it is answered. */
export const userSchema = z.strictObject({
  id: z.int(),
  username: z.string(),
  email: z.string(),
  created_at: time,
  credits: z.int(),
  paying: z.boolean(),
  links,
})

/** A row of `GET /operations`. */
export const operationSchema = z.strictObject({
  operation: z.string(),
  input_format: text,
  output_format: text,
  engine: z.string(),
  credits: z.int(),
  meta: z.strictObject({ group: z.string(), grade: z.enum(['embedded', 'program']) }),
  options: z.optional(
    z.array(
      z.strictObject({
        name: z.string(),
        type: z.enum(['string', 'boolean', 'integer', 'float', 'enum', 'dictionary']),
        default: z.unknown(),
        possible_values: z.nullable(z.array(z.unknown())),
      }),
    ),
  ),
  engine_versions: z.optional(z.array(z.looseObject({}))),
  deprecated: z.boolean(),
  experimental: z.boolean(),
})

/** Where the pages of a list are; there is no last one, since nobody counts. */
export const listLinksSchema = z.strictObject({
  first: z.string(),
  last: z.null(),
  prev: text,
  next: text,
})

/** Which page of a list it is. */
export const listMetaSchema = z.strictObject({
  current_page: z.int(),
  from: z.nullable(z.int()),
  path: z.string(),
  per_page: z.int(),
  to: z.nullable(z.int()),
})

/** Whatever is refused. */
export const errorSchema = z.strictObject({
  message: z.string(),
  code: z.string(),
  /** What is wrong with which fields. */
  errors: z.optional(z.record(z.string(), z.array(z.string()))),
})
