import * as z from 'zod/mini'
import type { WrongFields } from './errors.ts'

const LONGEST_SHOWN_VALUE = 60

/** Fields whose values, and those within them, are told nobody: whoever mistypes a key has most of it in there. */
const SECRET_FIELD =
  /password|passphrase|secret|token|private_?key|access_?key$|^(?:auth|authorization|cookie|headers)$/i

/**
 * Checks `value` against `schema`. In this house the message of a schema says what would be right
 * ("an array of at least one rendition"), and this function says what was wrong with what.
 *
 * @param whole - what `value` is called
 * @returns the checked value, or the one sentence that names the first wrong field, its value and what was expected
 */
export function check<T>(
  schema: z.ZodMiniType<T>,
  value: unknown,
  whole = 'The body',
): { ok: true; value: T } | { ok: false; message: string } {
  const result = z.safeParse(schema, value)
  if (result.success) return { ok: true, value: result.data }
  const [issue] = result.error.issues
  if (issue === undefined) throw new Error('a failed check has at least one issue')
  return { ok: false, message: describe(issue, value, whole).message }
}

/** The sentences of all that is wrong with `value` by the paths of the fields; the path of the whole is empty. */
export function findWrongFields(schema: z.ZodMiniType, value: unknown): WrongFields {
  const byField = Map.groupBy(findProblems(schema, value), ({ path }) => formatPath(path))
  return Object.fromEntries(
    Array.from(byField, ([field, wrong]) => [field, wrong.map(({ message }) => message)]),
  )
}

/** What is wrong with a value, and where in it. */
export interface Problem {
  readonly message: string
  /** The names and positions that lead to the wrong field, which may be one that is missing. */
  readonly path: readonly PropertyKey[]
}

/**
 * Checks `value` as {@link check} does, for who wants to hear of everything that is wrong.
 *
 * @returns nothing when all is well
 */
export function findProblems(
  schema: z.ZodMiniType,
  value: unknown,
  whole = 'The body',
): readonly Problem[] {
  const { error } = z.safeParse(schema, value)
  return (error?.issues ?? []).map((issue) => describe(issue, value, whole))
}

function describe(issue: z.core.$ZodIssue, root: unknown, whole: string): Problem {
  const meant = meantIssue(issue)
  return { message: explain(meant, root, whole), path: meant.path }
}

/** A union fails as a whole; the branch that got furthest into the value is the one the sender meant. */
function meantIssue(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union') return issue
  const deeper = issue.errors
    .map((branch) => branch.find((nested) => nested.path.length > 0))
    .find((nested) => nested !== undefined)
  if (deeper === undefined) return issue
  const inner = meantIssue(deeper)
  return { ...inner, path: [...issue.path, ...inner.path] }
}

function explain(issue: z.core.$ZodIssue, root: unknown, whole: string): string {
  const field = formatPath(issue.path)
  if (issue.code === 'unrecognized_keys') {
    const subject = issue.path.length === 0 ? whole : field
    return `${subject} has an unknown field ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}; it must be ${issue.message}.`
  }
  const value = issue.path.reduce<unknown>(memberOf, root)
  if (issue.path.length === 0) return `${whole} must be ${issue.message}, but it is ${show(value)}.`
  if (value === undefined) return `${field} is missing; it must be ${issue.message}.`
  const isSecret = issue.path.some((key) => SECRET_FIELD.test(String(key)))
  const shown = isSecret && typeof value !== 'object' ? 'something else' : show(value)
  return `${field} must be ${issue.message}, but it is ${shown}.`
}

/** A path as people write it: `renditions[0].width`; empty for the whole. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '')
}

function memberOf(value: unknown, key: PropertyKey): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.getOwnPropertyDescriptor(value, key)?.value
}

/** What a value looks like in an error message: short, and without the signature that a presigned URL carries. */
function show(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array'
  if (typeof value === 'object' && value !== null) return 'an object'
  // Whoever checks the text of a request hands over undefined for what cannot be parsed.
  if (value === undefined) return 'not JSON'
  if (typeof value !== 'string') return JSON.stringify(value) ?? typeof value
  const unsigned = value.replace(/(\?|%3f).*$/is, '?…')
  const short =
    unsigned.length > LONGEST_SHOWN_VALUE ? `${unsigned.slice(0, LONGEST_SHOWN_VALUE)}…` : unsigned
  return JSON.stringify(short)
}
