import * as z from 'zod/mini'
import { renditionEventSchema } from './event.ts'

/**
 * How far a rendition is. Adobe's wire has no such event: it is sent to a service that asks for it alone
 * ({@link REPORTS_PROGRESS}), by the path of the others and signed as they are, and it never gets into a journal.
 */
export const progressEventSchema = z.object({
  type: z.literal('rendition_progress'),
  /** What the worker was given as the rendition's; its mark is in there. */
  rendition: z.object({ userData: z.record(z.string(), z.unknown()) }),
  /** From 0 to 1. */
  done: z.number().check(z.gte(0), z.lte(1)),
})

/** See {@link progressEventSchema}. */
export type ProgressEvent = z.infer<typeof progressEventSchema>

/** The member of `auth` among the parameters of an activation that asks for {@link ProgressEvent}s. */
export const REPORTS_PROGRESS = 'reportsProgress'

/** All that workers of this house post to `auth.webhookUrl`: what those of Adobe's SDK do, and how far they are. */
export const reportBodySchema = z.looseObject({
  event_code: z.literal('asset_compute'),
  event: z.discriminatedUnion('type', [renditionEventSchema, progressEventSchema]),
})
