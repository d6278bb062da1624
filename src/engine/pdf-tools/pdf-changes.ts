import * as z from 'zod/mini'
import { LANGUAGE_CODES } from '../../programs/tesseract.ts'

const spans = z.readonly(
  z.array(z.object({ from: z.number(), to: z.optional(z.number()) })).check(z.minLength(1)),
)

/** What a PDF becomes: changes, which happen in this order. */
export const pdfChanges = z.object({
  /** What opens it. */
  password: z.optional(z.string()),
  /** Which pages are left, in their order; all of them when undefined. */
  pages: z.optional(spans),
  /** By how much pages are turned, clockwise; of those that are left all unless told. */
  rotate: z.optional(z.object({ degrees: z.literal([90, 180, 270]), pages: z.optional(spans) })),
  /** Makes pages that are only pictures of text such that it can be found and copied. */
  ocr: z.optional(
    z.object({
      /** What the text is written in. */
      languages: z.readonly(z.array(z.enum(LANGUAGE_CODES)).check(z.minLength(1))),
      /** Whether these pages are turned upright. */
      autoOrient: z.boolean(),
    }),
  ),
  /** The colours that all of it gets, for which Ghostscript writes it anew. */
  colours: z.optional(z.enum(['rgb', 'cmyk', 'grayscale'])),
  /** Makes it small, see {@link PROFILES}. */
  optimize: z.optional(
    z.object({
      profile: z.enum(['web', 'print', 'archive', 'mrc', 'max']),
      /** From 1 to 100, in place of that of the profile. */
      quality: z.optional(z.number()),
      /** The most bytes that it shall have: its pictures get the best treatment that fits; overrides the profile and the quality. */
      targetSize: z.optional(z.int().check(z.gte(1))),
      /** Whether signatures may become mere pictures of themselves, which they do whatever is changed. */
      flattenSignatures: z.optional(z.boolean()),
    }),
  ),
  /** What it is written as; the level of conformance included. */
  standard: z.optional(z.enum(['PDF/A-1b', 'PDF/A-2b', 'PDF/A-3b', 'PDF/X-3'])),
  /** Whether pages can be shown before all of it is there. */
  linearize: z.optional(z.boolean()),
  /** Whether it needs no password any more. */
  decrypt: z.optional(z.boolean()),
  /** Encrypts it with 256 bits of AES. */
  encrypt: z.optional(
    z.object({
      /** What opens it; empty for everybody may. */
      password: z.string(),
      /** What allows everything; nobody knows it unless told. */
      ownerPassword: z.optional(z.string()),
      /** Whether text and pictures may be copied out of it. */
      allowExtract: z.optional(z.boolean()),
      /** Whether readers may read it out; those of today always may. */
      allowAccessibility: z.optional(z.boolean()),
      allowModify: z.optional(z.boolean()),
      allowPrint: z.optional(z.boolean()),
    }),
  ),
})

/** See {@link pdfChanges}. */
export type PdfChanges = Readonly<z.infer<typeof pdfChanges>>
