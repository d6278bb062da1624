import * as z from 'zod/mini'
import type { ProgramLimits } from '../../programs/program-limits.ts'
import type { PAGE_FORMATS } from './page-formats.ts'

/** What a capture may be told. Lengths are in millimetres, but for the page's in centimetres, as those who ask write them. */
export const captureOptions = z.object({
  format: z.enum(['pdf', 'png', 'jpg']),
  /** The page; without it, the source is captured. */
  url: z.optional(z.string()),
  /** Sent to the origin of the URL, and to no other. */
  headers: z.optional(z.record(z.string(), z.string())),
  /** Of a PDF, such as `1-3,5`. */
  pages: z.optional(z.string()),
  zoom: z.optional(z.number()),
  pageWidth: z.optional(z.number()),
  pageHeight: z.optional(z.number()),
  pageFormat: z.optional(
    z.enum([
      'letter',
      'legal',
      'tabloid',
      'ledger',
      'a0',
      'a1',
      'a2',
      'a3',
      'a4',
      'a5',
      'a6',
    ] as const satisfies (keyof typeof PAGE_FORMATS)[]),
  ),
  pageOrientation: z.optional(z.enum(['portrait', 'landscape'])),
  marginTop: z.optional(z.number()),
  marginBottom: z.optional(z.number()),
  marginLeft: z.optional(z.number()),
  marginRight: z.optional(z.number()),
  printBackground: z.optional(z.boolean()),
  displayHeaderFooter: z.optional(z.boolean()),
  headerTemplate: z.optional(z.string()),
  footerTemplate: z.optional(z.string()),
  waitUntil: z.optional(z.enum(['load', 'domcontentloaded', 'networkidle0', 'networkidle2'])),
  /** A CSS selector. */
  waitForElement: z.optional(z.string()),
  /** In milliseconds. */
  waitTime: z.optional(z.number()),
  cssMediaType: z.optional(z.enum(['print', 'screen'])),
  /** Of a JPEG, from 1 to 100. */
  quality: z.optional(z.number()),
})

/** See {@link captureOptions}. */
export type CaptureOptions = Readonly<z.infer<typeof captureOptions>>

/** How much a capture may take. */
export interface CaptureLimits extends ProgramLimits {
  /** How long an element may be waited for, in milliseconds. */
  readonly elementMs: number
  /** That a page may make until it has loaded; later ones are refused. */
  readonly requests: number
  /** That the servers of a page may send until it has loaded; what comes later is cut off. */
  readonly bytes: number
  /** The most pixels that a picture has a side. */
  readonly side: number
}

/** The limits of every capture. */
export const CAPTURE_LIMITS: CaptureLimits = {
  longestMs: 60_000,
  elementMs: 30_000,
  mostMemoryBytes: 1_000_000_000,
  // A page may store things, too, and a fresh profile takes some ten megabytes.
  mostWrittenBytes: 500_000_000,
  mostFiles: 10_000,
  requests: 200,
  bytes: 50_000_000,
  side: 16_384,
}
