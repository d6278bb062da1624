import * as z from 'zod/mini'

const wantedSchema = z.object({
  fmt: z.enum(['png', 'jpeg']),
  width: z.number(),
  height: z.number(),
  /** The file to write. */
  path: z.string(),
})

/** One rendition that is wanted of a picture: its format, the box it has to fit in, and its file. */
export type Wanted = z.infer<typeof wantedSchema>

const requestSchema = z.object({ source: z.string(), renditions: z.array(wantedSchema) })

/** One picture and everything that is wanted of it, as a service is asked for it. */
export type Request = z.infer<typeof requestSchema>

const tuningSchema = z.object({ threads: z.number(), atOnce: z.number() })

/** How bare sharp goes about a job: threads within a rendition, and how many renditions or requests beside each other. */
export type Tuning = z.infer<typeof tuningSchema>

/** What a renderer process is told to do. */
export const jobSchema = z.object({
  requests: z.array(requestSchema),
  tuning: z.optional(tuningSchema),
})

/** See {@link jobSchema}. */
export type Job = z.infer<typeof jobSchema>

/** What a renderer process tells. */
export const answerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({
    type: z.literal('done'),
    /** Processor time of the job, of all threads together, in milliseconds. */
    cpuMs: z.number(),
    /** The most memory that the process has held so far, in bytes. */
    peakBytes: z.number(),
  }),
  z.object({ type: z.literal('failed'), message: z.string() }),
])

/** See {@link answerSchema}. */
export type Answer = z.infer<typeof answerSchema>

/** What a job took of the process that did it. */
export type Usage = Omit<Extract<Answer, { type: 'done' }>, 'type'>
