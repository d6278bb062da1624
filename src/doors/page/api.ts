import * as z from 'zod/mini'
import { shownExportSchema } from './exports/export-shapes.ts'
import {
  shownAsSchema,
  toldRunSchema,
  type WorkStep,
  workFileSchema,
  workPartSchema,
  workSpanSchema,
} from './work/work-shapes.ts'

/**
 * What the developer page and the service say to each other below `/devtool/api`: one schema a shape, which both sides
 * check with. Times are milliseconds since 1970, sizes bytes, sides pixels.
 */

/** Instructions of a rendition as the page has them: what a request sends, without a `target`. */
export const instructionsSchema = z.record(z.string(), z.unknown(), {
  error: 'an object of instructions',
})

/** A file that was dropped, pasted or picked, as the service has it now. */
export const keptSourceSchema = z.object({
  id: z.string(),
  /** The name of the file, without a folder. */
  name: z.string(),
  type: z.string(),
  size: z.int(),
})

/** See {@link keptSourceSchema}. */
export type KeptSource = z.infer<typeof keptSourceSchema>

/** A picture that the project brings along. */
export const sampleSchema = z.object({ name: z.string(), size: z.int() })

/** See {@link sampleSchema}. */
export type Sample = z.infer<typeof sampleSchema>

/** Renditions under a name. */
export const profileSchema = z.object({
  name: z.string(),
  renditions: z.array(instructionsSchema),
  /** Whether it comes with the service and cannot be changed. */
  builtIn: z.boolean(),
})

/** See {@link profileSchema}. */
export type Profile = z.infer<typeof profileSchema>

/** What `PUT /profiles/:name` takes. */
export const savedProfileSchema = z.object(
  {
    renditions: z
      .array(instructionsSchema, { error: 'an array of instructions' })
      .check(z.minLength(1, { error: 'an array of at least one rendition' })),
  },
  { error: 'an object with renditions' },
)

/** What makes some formats of an operation of the jobs API. */
export const makerSchema = z.object({
  operation: z.string(),
  /** Empty where any format will do, or the operation has none. */
  from: z.readonly(z.array(z.string())),
  to: z.readonly(z.array(z.string())),
  /** The names of the programs that it takes; none for what comes with npm ci. */
  needs: z.readonly(z.array(z.string())),
  /** Why it cannot be had on this machine, and what brings it; null when it can. */
  missing: z.nullable(z.string()),
})

/** See {@link makerSchema}. */
export type Maker = z.infer<typeof makerSchema>

/** What of a rendition took its time, and when. */
export const spanSchema = z.extend(workSpanSchema, {
  step: z.enum(['queue', 'download', 'render', 'upload', 'event'] satisfies readonly WorkStep[]),
  end: z.number(),
})

/** See {@link spanSchema}. */
export type Span = z.infer<typeof spanSchema>

/** A rendition of a request, as far as it has come. */
export const renditionSchema = z.object({
  instructions: instructionsSchema,
  /**
   * `created` and `failed` are what the journal says, `stopped` that it failed because somebody stopped its run, `running` that
   * its activation has begun.
   */
  state: z.enum(['queued', 'running', 'created', 'failed', 'stopped']),
  /** The name of the action that makes it, or the URL of a custom worker. */
  worker: z.string(),
  /** What the journal said, word for word; undefined until then. */
  event: z.optional(z.record(z.string(), z.unknown())),
  /** When the event had come. */
  endedAt: z.optional(z.number()),
  /** Of the file that was made. */
  file: z.optional(z.omit(workFileSchema, { name: true })),
  /** Of one that failed, or was stopped. */
  failure: z.optional(
    z.object({
      reason: z.string(),
      message: z.string(),
      /** Where in the logs of its activation is said why; lines are counted from 0. */
      line: z.optional(z.object({ activationId: z.string(), line: z.int() })),
    }),
  ),
  spans: z.array(spanSchema),
})

/** See {@link renditionSchema}. */
export type Rendition = z.infer<typeof renditionSchema>

/** An activation of an action for a request, once it has ended. */
export const requestActivationSchema = z.object({
  id: z.string(),
  action: z.string(),
  start: z.number(),
  end: z.number(),
  /** In OpenWhisk's words, such as `success`. */
  status: z.string(),
  logs: z.array(z.string()),
})

/** See {@link requestActivationSchema}. */
export type RequestActivation = z.infer<typeof requestActivationSchema>

/** What a request belongs to: all that was sent by pressing Run once. */
export const runOfRequestSchema = z.object({
  id: z.string(),
  /** The place of the request in it, from 0, in the order of the sources. */
  position: z.int(),
  /** How many renditions all of its requests have together, those among them that are still to be sent: of no others after that. */
  renditions: z.int(),
})

/** See {@link runOfRequestSchema}. */
export type RunOfRequest = z.infer<typeof runOfRequestSchema>

/** A request among many: without its logs, its events and its body, which may be large. */
export const listedRequestSchema = z.object({
  /** The `requestId`. */
  id: z.string(),
  sentAt: z.number(),
  run: runOfRequestSchema,
  source: z.optional(keptSourceSchema),
  /** Further files, which instructions name as `./NAME`. */
  files: z.array(keptSourceSchema),
  renditions: z.array(z.omit(renditionSchema, { event: true })),
})

/** See {@link listedRequestSchema}. */
export type ListedRequest = z.infer<typeof listedRequestSchema>

/** A request that the page has sent: one source, and what became of its renditions. */
export const devtoolRequestSchema = z.extend(listedRequestSchema, {
  renditions: z.array(renditionSchema),
  activations: z.array(requestActivationSchema),
  /** The body of `POST /process`, its URLs without their signatures. */
  body: z.unknown(),
})

/** See {@link devtoolRequestSchema}. */
export type DevtoolRequest = z.infer<typeof devtoolRequestSchema>

/** A page of the history, newest first: runs, and their requests or the first of them. */
export const historySchema = z.object({
  runs: z.array(toldRunSchema),
  requests: z.array(listedRequestSchema),
  /** Whether there are older ones; `?before=` the id of the last one asks for them. */
  more: z.boolean(),
})

/** See {@link historySchema}. */
export type History = z.infer<typeof historySchema>

/** `GET /runs/:id`: a run, and its requests in their order, of which `?limit=` leaves only the first. */
export const runRequestsSchema = z.object({
  run: toldRunSchema,
  requests: z.array(listedRequestSchema),
})

const RUN = 'a UUID, or nothing'
const RENDITIONS = 'an array of 1 to 1000 renditions'
const SOURCES = 'an array of the ids of at most 1000 sources'

/**
 * What the page asks for: one request for each source; without sources one that has none, as for an archive. See
 * `request-plan.ts` for what becomes of sources that the instructions name.
 */
export const runSchema = z.object(
  {
    /** Names the run, so that it can be shown and stopped before all of it is sent; the service gives it a name unless there is one. */
    run: z.optional(z.uuid({ error: RUN })),
    sources: z
      .array(z.string({ error: 'the id of a source' }), { error: SOURCES })
      .check(z.maxLength(1000, { error: SOURCES })),
    renditions: z
      .array(instructionsSchema, { error: RENDITIONS })
      .check(z.minLength(1, { error: RENDITIONS }), z.maxLength(1000, { error: RENDITIONS })),
  },
  { error: 'an object with sources and renditions' },
)

/** See {@link runSchema}. */
export type WantedRun = z.infer<typeof runSchema>

/** An entry of an archive, as its directory has it. */
export const archiveEntrySchema = z.object({
  path: z.string(),
  size: z.int(),
  compressedSize: z.int(),
})

/** See {@link archiveEntrySchema}. */
export type ArchiveEntry = z.infer<typeof archiveEntrySchema>

const CASE_NAME =
  'a name of letters, digits, ".", "_" and "-", at most 100 of them, that does not begin with "."'
const caseName = z
  .string({ error: CASE_NAME })
  .check(z.regex(/^[\w-][\w.-]{0,99}$/, { error: CASE_NAME }))

/** What of a request is to become a test case: `test/asset-compute/ACTION/NAME/`. */
export const savedCaseSchema = z.object(
  {
    request: z.string({ error: 'the id of a request' }),
    /** Position of the rendition in the request, from 0. */
    rendition: z.int({ error: 'the position of a rendition, from 0' }),
    action: caseName,
    name: caseName,
  },
  { error: 'an object with request, rendition, action and name' },
)

/** See {@link savedCaseSchema}. */
export type SavedCase = z.infer<typeof savedCaseSchema>

/** How a test case ended that was run. */
export const caseResultSchema = z.object({
  /** In the words of the commands (`cases/verdict.ts`); `running` until then, `stopped` when somebody did not want to wait for it. */
  state: z.enum([
    'queued',
    'running',
    'passed',
    'expected-error',
    'failed',
    'error',
    'skipped',
    'stopped',
  ]),
  message: z.string(),
  /** One sentence a difference. */
  differences: z.array(z.string()),
  /** What `validate` said. */
  output: z.string(),
  /** What the worker printed; in the list and in updates only when the case is not as expected. */
  log: z.array(z.string()),
  milliseconds: z.optional(z.number()),
  /** Whether there is a rendition that was made, so that it can be looked at and accepted. */
  hasActual: z.boolean(),
  /** Counts runs and accepted renditions, so that an earlier picture is not taken for that of this. */
  run: z.int(),
})

/** See {@link caseResultSchema}. */
export type CaseResult = z.infer<typeof caseResultSchema>

/** A test case of a worker: a folder in `test/asset-compute/ACTION/`. */
export const testCaseSchema = z.object({
  action: z.string(),
  name: z.string(),
  /** Why it cannot be run; undefined when it can. */
  unfit: z.optional(z.string()),
  instructions: instructionsSchema,
  /** The file names of the source and of what is expected. */
  source: z.optional(z.string()),
  expected: z.optional(z.string()),
  errorReason: z.optional(z.string()),
  /** How source and expected rendition can be looked at. */
  sourceShownAs: shownAsSchema,
  expectedShownAs: shownAsSchema,
  result: z.optional(caseResultSchema),
})

/** See {@link testCaseSchema}. */
export type TestCase = z.infer<typeof testCaseSchema>

/** Which cases are to be run, each as `ACTION/NAME`, and whether as Adobe's command runs them. */
export const caseRunSchema = z.object(
  {
    cases: z.array(z.string({ error: 'ACTION/NAME of a case' }), { error: 'an array of cases' }),
    testMode: z.optional(z.boolean({ error: 'true or false' })),
  },
  { error: 'an object with cases' },
)

/** An action, what it may do and what it does at this moment. */
export const listedActionSchema = z.object({
  /** Package and name. */
  name: z.string(),
  version: z.string(),
  kind: z.string(),
  /** Whether it was deployed, and so goes before the project's own of this name for whoever calls its URL. */
  deployed: z.boolean(),
  /** Whether it is of the project that is served beside the own actions. */
  ofProject: z.optional(z.boolean()),
  /** Where it can be called by URL. */
  url: z.optional(z.string()),
  limits: z.object({ timeout: z.number(), memorySize: z.number(), concurrency: z.number() }),
  /** Activations that wait for a process. */
  queued: z.int(),
  processes: z.array(
    z.object({
      pid: z.optional(z.int()),
      running: z.int(),
      /** Bytes that are resident; undefined until it was measured. */
      memory: z.optional(z.number()),
    }),
  ),
})

/** See {@link listedActionSchema}. */
export type ListedAction = z.infer<typeof listedActionSchema>

/** What the storage has, and may have. */
export const keptObjectsSchema = z.object({
  /** Of all objects together. */
  bytes: z.number(),
  /** The most that there may be, beyond which the oldest go; null for as much as the disk has. */
  mostBytes: z.nullable(z.number()),
  /** How long what clients put there is kept, in milliseconds; null for ever. */
  longestMs: z.nullable(z.number()),
})

/** Where the state of the service is on the machine of who has started it; null for a team's, which is on another one. */
export const serviceHomeSchema = z.object({ folder: z.nullable(z.string()) })

/** See {@link keptObjectsSchema}. */
export type KeptObjects = z.infer<typeof keptObjectsSchema>

/** `GET /service`: which service it is, and whether it can do its work. */
export const serviceStandingSchema = z.object({
  version: z.string(),
  /** Who is signed in, of a team; null where nobody has to say who they are. */
  user: z.nullable(z.string()),
  /** Whether its documents are to be had at `/devtool/docs`. */
  hasDocs: z.boolean(),
  /** Why it cannot do its work, in sentences; none when it can. */
  reasons: z.array(z.object({ code: z.string(), message: z.string() })),
})

/** See {@link serviceStandingSchema}. */
export type ServiceStanding = z.infer<typeof serviceStandingSchema>

/** A job or a task in the words of the jobs API, whose shapes are that door's. */
const jobsShape = z.looseObject({ id: z.string() })

/** What there is to say of a task of a job besides what the jobs API says. */
export const jobTaskSchema = z.extend(workPartSchema, {
  createdAt: z.number(),
  startedAt: z.optional(z.number()),
  endedAt: z.optional(z.number()),
  /** How far it is, from 0 to 1; undefined when that is not known. */
  progress: z.optional(z.number()),
  /** What of its payload can be said in passing, without secrets. */
  options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** What its actions did for it; their logs are to be had by their ids. */
  activations: z.array(z.omit(requestActivationSchema, { logs: true })),
  /** Those that run, by the time when they began. */
  running: z.array(z.object({ id: z.string(), action: z.string(), start: z.number() })),
})

/** See {@link jobTaskSchema}. */
export type JobTask = z.infer<typeof jobTaskSchema>

/** Something that the receiver of a webhook was told, or is to be told. */
export const jobDeliverySchema = z.object({
  id: z.int(),
  event: z.string(),
  /** The id of the job or task that it is about. */
  subject: z.string(),
  /** Without its query. */
  url: z.string(),
  attempts: z.int(),
  /** When it is due; undefined when there is no further attempt. */
  nextAt: z.optional(z.number()),
  /** What became of the last attempt, in a sentence. */
  outcome: z.optional(z.string()),
  createdAt: z.number(),
})

/** See {@link jobDeliverySchema}. */
export type JobDelivery = z.infer<typeof jobDeliverySchema>

/** `GET /jobs/:id`: a job with all that is known of it. */
export const jobDetailSchema = z.object({
  job: jobsShape,
  /** The tasks that are retries of tasks of the job, which are in none themselves. */
  retries: z.array(jobsShape),
  /** All of them, and the retries. */
  tasks: z.array(jobTaskSchema),
  deliveries: z.array(jobDeliverySchema),
})

/** See {@link jobDetailSchema}. */
export type JobDetail = z.infer<typeof jobDetailSchema>

/** `POST /jobs/:id/again`: the id of the job that does the same once more. */
export const jobAgainSchema = z.object({ id: z.string() })

/** `GET /tasks/:id/activations/:activation/log` */
export const activationLogSchema = z.object({ lines: z.array(z.string()) })

/**
 * What `GET /devtool/api/updates` sends, as server-sent events of the name `update`: a request that has come further, a run that
 * was removed, a test case that has, a job or an export that has or that is gone, that assets of Image Serving have changed, or, once a second, the
 * actions.
 */
export const updateSchema = z.discriminatedUnion('about', [
  z.object({ about: z.literal('request'), request: devtoolRequestSchema }),
  z.object({ about: z.literal('removed-run'), id: z.string() }),
  z.object({
    about: z.literal('case'),
    action: z.string(),
    name: z.string(),
    result: caseResultSchema,
  }),
  z.object({ about: z.literal('job'), job: jobsShape }),
  z.object({ about: z.literal('removed-job'), id: z.string() }),
  z.object({ about: z.literal('assets') }),
  z.object({ about: z.literal('export'), job: shownExportSchema }),
  z.object({ about: z.literal('removed-export'), number: z.int() }),
  z.object({ about: z.literal('actions'), actions: z.array(listedActionSchema) }),
])

/** See {@link updateSchema}. */
export type Update = z.infer<typeof updateSchema>

/** Every refusal: one sentence that says what was wrong with what, and what would be right. */
export const refusalSchema = z.object({ message: z.string() })
