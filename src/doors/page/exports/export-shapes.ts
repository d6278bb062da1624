import * as z from 'zod/mini'
import { workPartSchema, workSchema } from '../work/work-shapes.ts'

/** When a mail about a job is wanted, in the words of IPS. */
export const EMAIL_WISHES = ['None', 'All', 'JobCompletion', 'Error', 'ErrorAndWarning'] as const

/** What is done to a job, each a `POST /exports/NUMBER/DEED`. */
export const EXPORT_DEEDS = ['stop', 'pause', 'resume', 'begin'] as const

/** See {@link EXPORT_DEEDS}. */
export type ExportDeed = (typeof EXPORT_DEEDS)[number]

const FORMAT = 'orig or convert'
const format = z.enum(['orig', 'convert'], { error: FORMAT })

/** A job that exports assets into a ZIP; its parts are assets. Times are milliseconds of the epoch. */
export const shownExportSchema = z.extend(workSchema, {
  kind: z.literal('export'),
  number: z.int(),
  company: z.string(),
  /** Of who has submitted it. */
  by: z.string(),
  /** When it is to begin, where somebody has said so. */
  execTime: z.optional(z.number()),
  started: z.optional(z.number()),
  fmt: format,
  /** Commands of Image Serving, and the preset behind them. */
  modifier: z.optional(z.string()),
  macro: z.optional(z.string()),
  emailSetting: z.string(),
  /** Where its ZIP is fetched on this service, until it expires. */
  zip: z.optional(z.object({ path: z.string(), name: z.string(), expires: z.number() })),
})

/** See {@link shownExportSchema}. */
export type ShownExport = z.infer<typeof shownExportSchema>

/** `GET /exports`: jobs, newest first. */
export const exportPageSchema = z.object({
  jobs: z.array(shownExportSchema),
  /** Whether there are older ones; `?before=` the number of the last one asks for them. */
  more: z.boolean(),
})

/** A line of the log of a job. */
export const exportLineSchema = z.object({
  /** In the words of IPS, such as `FileEnd`. */
  type: z.string(),
  message: z.string(),
  created: z.number(),
  /** The asset that it is about. */
  asset: z.optional(z.object({ name: z.string() })),
})

/** See {@link exportLineSchema}. */
export type ExportLine = z.infer<typeof exportLineSchema>

/** What becomes of the mail about a job. */
export const exportMailSchema = z.discriminatedUnion('place', [
  /** It is a file; its HTML is at `/exports/NUMBER/mail`. */
  z.object({ place: z.literal('file'), to: z.string(), subject: z.string(), text: z.string() }),
  z.object({ place: z.literal('server') }),
  z.object({ place: z.literal('nowhere') }),
  /** The job goes on. */
  z.object({ place: z.literal('later') }),
  /** It is being sent, or no server has taken it yet. */
  z.object({ place: z.literal('due') }),
  z.object({ place: z.literal('unwanted') }),
])

/** See {@link exportMailSchema}. */
export type ExportMail = z.infer<typeof exportMailSchema>

/** `GET /exports/NUMBER`. */
export const exportDetailSchema = z.object({
  job: shownExportSchema,
  /** Its assets by their handles, with the names that they have now, or had when they were exported. */
  assets: z.array(z.extend(workPartSchema, { isGone: z.boolean() })),
  /** What the time of all of it was spent with. */
  whole: workPartSchema,
  /** The last ones of the log. */
  lines: z.array(exportLineSchema),
  /** How many lines are before those. */
  earlier: z.int(),
  mail: exportMailSchema,
})

/** See {@link exportDetailSchema}. */
export type ExportDetail = z.infer<typeof exportDetailSchema>

const text = (what: string) => z.string({ error: what })
const assetNames = z.array(text('the name of an asset'), { error: 'an array of names of assets' })

/** `POST /exports/preview`: what an export would be. */
export const wishedExportSchema = z.object({
  company: text('the name of a company'),
  assets: assetNames,
  fmt: format,
  modifier: z.optional(text('commands of Image Serving')),
  macro: z.optional(text('a preset such as $web$')),
  emailSetting: z.enum(EMAIL_WISHES, { error: `one of ${EMAIL_WISHES.join(', ')}` }),
})

/** See {@link wishedExportSchema}. */
export type WishedExport = z.infer<typeof wishedExportSchema>

/** `POST /exports`: submits a job. */
export const newExportSchema = z.extend(wishedExportSchema, { name: text('the name of the job') })

/** The answer to it. */
export const submittedExportSchema = z.object({ number: z.int() })

/** What would become of an asset. */
export const shownEntrySchema = z.object({
  asset: z.string(),
  way: z.enum(['original', 'picture', 'none']),
  /** What it is called in the ZIP. */
  file: z.optional(z.string()),
  /** Of the picture that is made, in pixels. */
  width: z.optional(z.int()),
  height: z.optional(z.int()),
  /** How many pictures come of it, of which the first is told here; 1 unless given. */
  pages: z.optional(z.int()),
  /** Why nothing comes of it, in a sentence. */
  problem: z.optional(z.string()),
  /** Whether there is a picture of it to be seen at `/exports/picture`. */
  isSeen: z.boolean(),
})

/** See {@link shownEntrySchema}. */
export type ShownEntry = z.infer<typeof shownEntrySchema>

/** The answer to `POST /exports/preview`. */
export const exportPreviewSchema = z.object({
  /** Of all its assets, in their order. */
  handles: z.array(z.string()),
  /** The first ones. */
  entries: z.array(shownEntrySchema),
  /** Why it would be refused, in a sentence. */
  problem: z.optional(z.string()),
})

/** See {@link exportPreviewSchema}. */
export type ExportPreview = z.infer<typeof exportPreviewSchema>
