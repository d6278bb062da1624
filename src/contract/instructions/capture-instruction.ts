import * as z from 'zod/mini'
import { PAGE_RANGE } from '../../base/page-range.ts'
import { flag, number, wholeNumber } from '../text-values.ts'
import type { Instruction } from './instruction.ts'

const TEXT = 'a text'
const PAGES = 'pages such as "1-3,5"'
const HEADERS = 'an object of headers by their names'

/** Of letters, digits and some signs (RFC 9110, 5.6.2). */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/
const HEADER_VALUE = /^.*$/

const margin = z.optional(
  number({ min: 0, max: 1000, expected: 'a number of millimetres, 0 to 1000' }),
)
const side = z.optional(number({ min: 1, max: 500, expected: 'a number of centimetres, 1 to 500' }))

function oneOf<const Names extends readonly [string, ...string[]]>(names: Names) {
  return z.optional(z.enum(names, { error: `one of ${names.join(', ')}` }))
}

/** What a page is printed or drawn like, by the names of the instruction; CloudConvert's are these in other letters. */
export const LAYOUT_FIELDS = {
  zoom: z.optional(number({ min: 0.1, max: 2, expected: 'a number from 0.1 to 2' })),
  pageWidth: side,
  pageHeight: side,
  pageFormat: oneOf([
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
  ]),
  pageOrientation: oneOf(['portrait', 'landscape']),
  marginTop: margin,
  marginBottom: margin,
  marginLeft: margin,
  marginRight: margin,
  printBackground: z.optional(flag()),
  displayHeaderFooter: z.optional(flag()),
  headerTemplate: z.optional(z.string({ error: 'a text in HTML' })),
  footerTemplate: z.optional(z.string({ error: 'a text in HTML' })),
  waitUntil: oneOf(['load', 'domcontentloaded', 'networkidle0', 'networkidle2']),
  waitForElement: z.optional(
    z.string({ error: 'a CSS selector' }).check(z.minLength(1, 'a CSS selector')),
  ),
  waitTime: z.optional(
    wholeNumber({
      min: 0,
      max: 30_000,
      expected: 'a whole number of milliseconds, 0 to 30000',
    }),
  ),
  cssMediaType: oneOf(['print', 'screen']),
}

/** Headers of the request for a page. */
export const captureHeaders = z.record(
  z.string().check(z.regex(HEADER_NAME, { error: 'the name of a header' })),
  z.string({ error: TEXT }).check(z.regex(HEADER_VALUE, { error: 'a text of one line' })),
  { error: HEADERS },
)

/** What the action `capture` reads. */
export const CAPTURE_INSTRUCTIONS = {
  capture: {
    description:
      'A page of the web by its url, or the source as such a page, as a PDF or a picture: how it is opened, printed and drawn.',
    formats: ['pdf', 'png', 'jpg', 'jpeg'],
    schema: z.object(
      {
        url: z.optional(z.string({ error: 'an absolute http: or https: URL' })),
        headers: z.optional(captureHeaders),
        pages: z.optional(
          z.pipe(
            z.transform((value) => (typeof value === 'number' ? String(value) : value)),
            z.string({ error: PAGES }).check(z.regex(PAGE_RANGE, { error: PAGES })),
          ),
        ),
        quality: z.optional(
          wholeNumber({ min: 1, max: 100, expected: 'a whole number, 1 to 100' }),
        ),
        ...LAYOUT_FIELDS,
      },
      { error: 'an object such as {url}' },
    ),
  },
} as const satisfies Record<string, Instruction>
