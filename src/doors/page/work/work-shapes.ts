import * as z from 'zod/mini'

/**
 * How far a piece of work is, or a part of one. `problems` is an end at which something of it is missing, `stopped` that somebody
 * did not want to wait for the end.
 */
export const WORK_STATES = [
  'waiting',
  'scheduled',
  'paused',
  'running',
  'done',
  'problems',
  'failed',
  'stopped',
] as const

/** See {@link WORK_STATES}. */
export type WorkState = (typeof WORK_STATES)[number]

/**
 * A piece of work, whatever door it came in by: a run of renditions, a job, or an export. Times are milliseconds since 1970.
 */
export const workSchema = z.object({
  kind: z.enum(['run', 'job', 'export']),
  id: z.string(),
  /** What it is called, or the first of its files. */
  title: z.string(),
  state: z.enum(WORK_STATES),
  createdAt: z.number(),
  endedAt: z.optional(z.number()),
  /** How many parts it has, how many of them have ended in whatever way, and how many of those in a bad one. */
  total: z.int(),
  done: z.int(),
  failed: z.int(),
})

/** See {@link workSchema}. */
export type Work = z.infer<typeof workSchema>

/**
 * How a file can be looked at; `picture` when a browser shows it, or the service can draw it as a PNG, and `archive` when the
 * service can list what is in it.
 */
export const shownAsSchema = z.enum([
  'picture',
  'text',
  'xml',
  'archive',
  'video',
  'audio',
  'font',
  'nothing',
])

/** See {@link shownAsSchema}. */
export type ShownAs = z.infer<typeof shownAsSchema>

/** A file that was brought in or made, whatever door it is of. Its size is in bytes, its sides are in pixels. */
export const workFileSchema = z.object({
  name: z.string(),
  type: z.string(),
  size: z.int(),
  width: z.optional(z.int()),
  height: z.optional(z.int()),
  shownAs: shownAsSchema,
})

/** See {@link workFileSchema}. */
export type WorkFile = z.infer<typeof workFileSchema>

/**
 * What takes the time of a part of a piece of work, in the order in which it usually comes: it waits for others, or its turn, then in the
 * queue until something takes it up; its source is fetched, it is rendered, or whatever an action does for it; it is uploaded, or brought
 * in or out; its event is posted; all is packed into one file.
 */
export const WORK_STEPS = [
  'wait',
  'queue',
  'download',
  'render',
  'run',
  'upload',
  'transfer',
  'event',
  'pack',
] as const

/** One of {@link WORK_STEPS}. */
export type WorkStep = (typeof WORK_STEPS)[number]

/** What took time, and when; it goes on where there is no end. */
export const workSpanSchema = z.object({
  step: z.enum(WORK_STEPS),
  start: z.number(),
  end: z.optional(z.number()),
})

/** See {@link workSpanSchema}. */
export type WorkSpan = z.infer<typeof workSpanSchema>

/** A part of a piece of work: a rendition of a run, a task of a job, an asset of an export. */
export const workPartSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(WORK_STATES),
  files: z.array(workFileSchema),
  spans: z.array(workSpanSchema),
})

/** See {@link workPartSchema}. */
export type WorkPart = z.infer<typeof workPartSchema>

/** Renditions of several sources of a run that failed for the same reason, with the same sentence. */
export const sharedFailureSchema = z.object({
  reason: z.string(),
  message: z.string(),
  renditions: z.int(),
  requests: z.int(),
  /** The first of them of each request, as far as they are named. */
  first: z.array(z.object({ request: z.string(), position: z.int(), title: z.string() })),
})

/** See {@link sharedFailureSchema}. */
export type SharedFailure = z.infer<typeof sharedFailureSchema>

/** A run as a whole, whether or not its requests are told with it. */
export const toldRunSchema = z.extend(workSchema, {
  kind: z.literal('run'),
  state: z.enum(['running', 'done', 'failed', 'stopped']),
  counts: z.object({
    queued: z.int(),
    running: z.int(),
    created: z.int(),
    failed: z.int(),
    stopped: z.int(),
  }),
  /** How many requests were sent of it, and how many files those are made of. */
  requests: z.int(),
  sources: z.int(),
  failures: z.array(sharedFailureSchema),
})

/** See {@link toldRunSchema}. */
export type ToldRun = z.infer<typeof toldRunSchema>
