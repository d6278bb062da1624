import * as z from 'zod/mini'

/** A text of a matcher: a value or a regular expression, or what must not match; of an answer only the value counts. */
export interface Pattern {
  readonly value: string
  readonly not: boolean
  /** Whether a key with this name may be missing. */
  readonly optional: boolean
}

/** Schema of a text: `value`, `!value`, or `{not, value}`. */
export const textSchema = z.union(
  [
    z.pipe(z.string(), z.transform(toPattern)),
    z.pipe(
      z.strictObject({ not: z.optional(z.boolean()), value: z.string() }),
      z.transform(({ not = false, value }): Pattern => ({ value, not, optional: false })),
    ),
  ],
  { error: 'a text, or an object of not and value' },
)

/** A name with its values. */
export interface MultiMapEntry {
  readonly name: Pattern
  readonly values: readonly Pattern[]
}

const valuesSchema = z.union(
  [
    z.pipe(
      textSchema,
      z.transform((value) => [value]),
    ),
    z.array(textSchema),
  ],
  { error: 'a text or an array of texts' },
)

/** Schema of headers and parameters: `{name: [value]}`, `{name: value}` or `[{name, values: [value]}]`. */
export const multiMapSchema = z.union(
  [
    z.array(z.strictObject({ name: textSchema, values: z._default(valuesSchema, []) })),
    z.pipe(
      z.record(z.string(), valuesSchema),
      z.transform((map): MultiMapEntry[] =>
        Object.entries(map).map(([name, values]) => ({ name: toPattern(name), values })),
      ),
    ),
  ],
  { error: 'an object of texts or arrays of texts, or an array of objects with name and values' },
)

function toPattern(text: string): Pattern {
  const [, mark = '', value = ''] = /^([!?]?)(.*)$/s.exec(text) ?? []
  return { value, not: mark === '!', optional: mark === '?' }
}

/**
 * Whether a text is the value, or matches it as a regular expression from its beginning to its end; in either letters, as
 * MockServer has it (RegexStringMatcher). What is no regular expression is a value only.
 */
export function matchesPattern({ value, not }: Pattern, text: string): boolean {
  return not !== (isBlank(value) || text === value || matchesRegex(value, text))
}

/** As {@link matchesPattern}, of the value alone. */
export function matchesRegex(source: string, text: string): boolean {
  // Java has its flags in the expression.
  const [, flags = '', rest = source] = /^\(\?([ims]+)\)(.*)$/s.exec(source) ?? []
  try {
    return new RegExp(`^(?:${rest})$`, Array.from(new Set(`${flags}i`)).join('')).test(text)
  } catch {
    return text.toLowerCase() === source.toLowerCase()
  }
}

function isBlank(text: string): boolean {
  return text.trim() === ''
}

/**
 * Whether each entry of a matcher is met by one of the pairs; there may be others.
 *
 * @param pairs - names and values, such as those of headers
 */
export function matchesPairs(
  entries: readonly MultiMapEntry[],
  pairs: readonly (readonly [name: string, value: string])[],
): boolean {
  return entries.every(({ name, values }) => {
    const named = pairs.filter(([key]) => matchesPattern({ ...name, not: false }, key))
    const isMet = (pattern: Pattern) => named.some(([, value]) => matchesPattern(pattern, value))
    if (name.not) return values.length === 0 ? named.length === 0 : !values.some(isMet)
    if (named.length === 0) return name.optional
    return values.every(isMet)
  })
}
