import * as z from 'zod/mini'
import { PAGE_RANGE, pagesWithin, parsePageRange } from '../../../base/page-range.ts'
import { isFormatName } from '../../../contract/format-name.ts'
import { flag, wholeNumber } from '../../../contract/text-values.ts'

/** The longest time that a task may take, in seconds; also what it may take when nothing is said. As CloudConvert has it. */
export const LONGEST_TIMEOUT_SECONDS = 5 * 60 * 60

const SECONDS = `a whole number of seconds, 1 to ${LONGEST_TIMEOUT_SECONDS}`
const FILENAME = 'the name of a file, such as "photo.jpg"'

/** An option that is not there when it is null or empty, as forms and no-code tools send it. */
export function optional<Value>(schema: z.ZodMiniType<Value>): z.ZodMiniType<Value | undefined> {
  return z.pipe(
    z.transform((value: unknown): unknown => (value === null || value === '' ? undefined : value)),
    z.optional(schema),
  )
}

const timeout = optional(wholeNumber({ min: 1, max: LONGEST_TIMEOUT_SECONDS, expected: SECONDS }))

/** How long a task may take, in seconds. Not all operations refuse what is no time; it then is as if nothing was said. */
export function timeoutOf(payload: Readonly<Record<string, unknown>>): number {
  return z.safeParse(timeout, payload['timeout']).data ?? LONGEST_TIMEOUT_SECONDS
}

const told = flag()

/** Whether a task is told to do something; texts count as they do where options are checked. */
export function isTold(payload: Readonly<Record<string, unknown>>, name: string): boolean {
  return z.safeParse(told, payload[name]).data === true
}

const FORMAT = 'a format such as "jpg"'

/** The name of the file ends with it from then on. */
const inputFormat = z.string({ error: FORMAT }).check(z.refine(isFormatName, { error: FORMAT }))

/** What every task may be told. */
export const COMMON_OPTIONS = {
  timeout,
  ignore_error: optional(flag()),
  filename: optional(z.string({ error: FILENAME })),
  engine: optional(z.string({ error: 'the name of an engine' })),
  engine_version: optional(z.string({ error: 'the version of an engine' })),
  input_format: optional(inputFormat),
}

/** A number of pixels. */
export const pixels = wholeNumber({ min: 1, expected: 'a whole number of pixels, 1 or more' })

/** How a size is meant, as CloudConvert has it. */
export const fit = z.enum(['max', 'crop', 'scale'], { error: '"max", "crop" or "scale"' })

const PAGES = 'pages such as "1-3,5"'

/** Pages as people write them: "1-3,5", counted from 1. */
export const pageRange = z.string({ error: PAGES }).check(z.regex(PAGE_RANGE, { error: PAGES }))

/** The numbers of the pages that a range means, of so many; in the order of the range, and each once. */
export function pagesOf(range: string | undefined, count: number): number[] {
  return pagesWithin(range === undefined ? [{ from: 1 }] : parsePageRange(range), count)
}
