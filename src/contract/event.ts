import * as z from 'zod/mini'

/**
 * What a worker reports about one rendition, as `@adobe/asset-compute-commons` (lib/events.js) builds it and as the
 * journal hands it out. Only what this house reads is named; the rest passes through.
 */
export const renditionEventSchema = z.looseObject({
  type: z.enum(['rendition_created', 'rendition_failed']),
  requestId: z.optional(z.string()),
  rendition: z.looseObject({ userData: z.optional(z.record(z.string(), z.unknown())) }),
  // An event must not be lost because one of these is not what it should be.
  metadata: z.catch(z.optional(z.record(z.string(), z.unknown())), undefined),
  errorReason: z.catch(z.optional(z.string()), undefined),
  errorMessage: z.catch(z.optional(z.string()), undefined),
})

/** The member of `metadata` in which workers of this house tell what could not be done: sentences. Adobe's wire has none. */
export const REMARKS = 'darkroom:remarks'

/** The member of `metadata` that has the base64 of a ThumbHash, which is the whole of such a rendition. */
export const THUMBHASH = 'darkroom:thumbhash'

const remarksSchema = z.object({ [REMARKS]: z.array(z.string()) })

/** What could not be done though a rendition is there, a sentence each. */
export function readRemarks({ metadata }: RenditionEvent): readonly string[] {
  const { success, data } = z.safeParse(remarksSchema, metadata)
  return success ? data[REMARKS] : []
}

/** The terminal event of one rendition. */
export type RenditionEvent = z.infer<typeof renditionEventSchema>

/** What the SDK posts to `auth.webhookUrl` (`@adobe/asset-compute-commons`, lib/webhook.js). */
export const webhookBodySchema = z.looseObject({
  event_code: z.literal('asset_compute'),
  event: renditionEventSchema,
})
