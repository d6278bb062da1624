import * as z from 'zod/mini'
import { PAGE_RANGE } from '../../base/page-range.ts'
import { KNOWN_FORMATS } from '../../sources/formats.ts'
import { MARKUP_FORMATS, TEXT_FORMATS } from '../actions.ts'
import { flag, number } from '../text-values.ts'
import type { Instruction } from './instruction.ts'
import { COLORSPACE, COLORSPACES, PICTURE_INSTRUCTIONS } from './picture-instructions.ts'

const PDF = KNOWN_FORMATS.pdf.fmt
const RECOGNITION = 'true, or an object {languages, autoOrient}'
const PAGES = 'pages such as "1-3,5"'
const DEGREES = 'a number of degrees such as 90, 180 or -90'
const TURN = `${DEGREES}, or an object {degrees, pages}`
const PASSWORDS = 'an object with a password or an ownerPassword, of which one is not empty'

/** What a PDF is optimised for. */
export const PDF_PROFILES = ['web', 'print', 'archive', 'mrc', 'max'] as const

const pages = z.string({ error: PAGES }).check(z.regex(PAGE_RANGE, { error: PAGES }))
const degrees = (expected: string) =>
  number({ min: -270, max: 270, expected }).check(z.multipleOf(90, { error: expected }))
const password = z.optional(z.string({ error: 'a text' }))
const allowance = z.optional(flag())
const LANGUAGES = 'codes of languages such as ["eng", "deu"]'
const language = z
  .string({ error: LANGUAGES })
  .check(z.regex(/^[a-z]{3}(?:_[a-z]+)?$/, { error: LANGUAGES }))

/** What is done to a PDF; all of it is an addition to the Asset Compute API. */
export const PDF_CHANGE_INSTRUCTIONS = {
  pages: {
    description: 'Which pages the PDF has, such as 1-3,5, in this order; all of them unless given.',
    formats: PDF,
    schema: pages,
  },
  rotate: {
    description:
      'By how many degrees pages of the PDF are turned, clockwise: a number for all, or an object with degrees and pages.',
    formats: PDF,
    schema: z.union(
      [degrees(TURN), z.object({ degrees: degrees(DEGREES), pages: z.optional(pages) })],
      { error: TURN },
    ),
  },
  ocr: {
    description:
      'Has the text of scanned pages recognised, so that it can be found and copied, or is in the text of the source: true, or an object with languages, such as ["eng", "deu"], and autoOrient, whether those pages are turned upright; takes npm run add -- ocr.',
    formats: [...PDF, ...TEXT_FORMATS, ...MARKUP_FORMATS, ...KNOWN_FORMATS.json.fmt],
    schema: z.union(
      [
        flag(),
        z.object({
          languages: z._default(
            z.array(language, { error: LANGUAGES }).check(z.minLength(1, { error: LANGUAGES })),
            ['eng'],
          ),
          autoOrient: z._default(flag(), true),
        }),
      ],
      { error: RECOGNITION },
    ),
  },
  flattenSignatures: {
    description:
      'Whether signatures of an optimised PDF become mere pictures; otherwise one that is signed stays as it is.',
    formats: PDF,
    default: false,
    schema: flag(),
  },
  standard: {
    description:
      'What the PDF is written as, for which Ghostscript is needed: PDF/A-1b, PDF/A-2b, PDF/A-3b or PDF/X-3.',
    formats: PDF,
    schema: z.enum(['PDF/A-1b', 'PDF/A-2b', 'PDF/A-3b', 'PDF/X-3'], {
      error: '"PDF/A-1b", "PDF/A-2b", "PDF/A-3b" or "PDF/X-3"',
    }),
  },
  linearize: {
    description: 'Whether the first page of the PDF can be shown before the rest of it is there.',
    formats: PDF,
    default: false,
    schema: flag(),
  },
  decrypt: {
    description: 'Whether the PDF, which password opens, needs none any more.',
    formats: PDF,
    default: false,
    schema: flag(),
  },
  encrypt: {
    description:
      'Encrypts the PDF: password opens it, ownerPassword allows all else, and allowExtract, allowAccessibility, allowModify and allowPrint say what anybody may; it is in no log and no event.',
    formats: PDF,
    schema: z
      .object(
        {
          password,
          ownerPassword: password,
          allowExtract: allowance,
          allowAccessibility: allowance,
          allowModify: allowance,
          allowPrint: allowance,
        },
        { error: PASSWORDS },
      )
      .check(
        z.refine(
          ({ password: user = '', ownerPassword: owner = '' }) => user !== '' || owner !== '',
          { error: PASSWORDS },
        ),
      ),
  },
} as const satisfies Record<string, Instruction>

/** What makes a PDF small, where it means something else than for pictures. */
export const PDF_OPTIMIZE = {
  description:
    'Makes a PDF small, and never larger: its pictures for screens (web), paper (print), nearly as they are (archive), as scans of text (mrc), or as small as can be (max).',
  formats: PDF,
  schema: z.enum(PDF_PROFILES, { error: 'web, print, archive, mrc or max' }),
} satisfies Instruction

/** The colours of a PDF, where they mean something else than for pictures. */
export const PDF_COLORSPACE = {
  ...PICTURE_INSTRUCTIONS.colorspace,
  description: 'The colours that all of a PDF gets, for which Ghostscript is needed.',
  formats: PDF,
  schema: z.enum(COLORSPACES, { error: COLORSPACE }),
} satisfies Instruction

/** How small a PDF has to be. */
export const PDF_TARGET_SIZE = {
  description:
    'The most bytes that a PDF may take: its pictures get the best treatment that fits; it fails when none does.',
  formats: PDF,
  schema: PICTURE_INSTRUCTIONS.targetSize.schema,
} satisfies Instruction

/** {@link PDF_COLORSPACE} and the one of pictures. */
export const ANY_COLORSPACE = {
  ...PICTURE_INSTRUCTIONS.colorspace,
  description: `${PICTURE_INSTRUCTIONS.colorspace.description} ${PDF_COLORSPACE.description}`,
  formats: [...PICTURE_INSTRUCTIONS.colorspace.formats, ...PDF],
} satisfies Instruction

/** {@link PDF_TARGET_SIZE} and the one of pictures. */
export const ANY_TARGET_SIZE = {
  ...PICTURE_INSTRUCTIONS.targetSize,
  description: `${PICTURE_INSTRUCTIONS.targetSize.description} ${PDF_TARGET_SIZE.description}`,
  formats: [...PICTURE_INSTRUCTIONS.targetSize.formats, ...PDF],
} satisfies Instruction

/** {@link PDF_OPTIMIZE} and the one of pictures, for who does not know yet what is made. */
export const ANY_OPTIMIZE = {
  description: `${PICTURE_INSTRUCTIONS.optimize.description} ${PDF_OPTIMIZE.description}`,
  formats: [...PICTURE_INSTRUCTIONS.optimize.formats, ...PDF],
  schema: z.enum(['lossless', ...PDF_PROFILES], {
    error: 'lossless, web, print, archive, mrc or max',
  }),
} satisfies Instruction
