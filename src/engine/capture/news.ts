import * as z from 'zod/mini'
import { type Failure, isFailure } from '../../base/operation-error.ts'

/** What the process of a capture tells. Chromium speaks with it, and whoever has taken that over: it is read as anybody's. */
export const captureNewsSchema = z.discriminatedUnion('told', [
  /** What comes from now on comes because the page goes on. */
  z.object({ told: z.literal('loaded') }),
  z.object({
    told: z.literal('made'),
    width: z.optional(z.number()),
    height: z.optional(z.number()),
  }),
  /** `at`: the URL that could not be opened, when that is what is wrong. */
  z.object({
    told: z.literal('failed'),
    failure: z.custom<Pick<Failure, 'code' | 'fields'>>(isFailure),
    at: z.optional(z.string()),
  }),
  z.object({ told: z.literal('broken'), message: z.string() }),
])

/** See {@link captureNewsSchema}. */
export type CaptureNews = z.infer<typeof captureNewsSchema>
