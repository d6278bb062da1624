/** What is wrong with a value, by its JSON Schema, in the sentences of the service. */
import { isRecord } from '../../src/base/json.ts'
import type { Problem } from '../../src/base/validation.ts'
import type { JsonSchema } from '../../src/contract/instructions/json-schema.ts'
import {
  allows,
  isDictionary,
  membersOf,
  requiredOf,
  valuesOf,
} from '../schema-form/json-schema.ts'

/** A problem, and whether it is only that something is still to be filled in. */
export interface SchemaProblem extends Problem {
  readonly isMissing: boolean
}

/** Whether something is as good as not there, as forms send it. */
export function isLeftOut(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

/**
 * Checks the members of an object. Members that its schema does not have pass, and so does what the service takes for what it
 * means, such as "5" for 5.
 *
 * @param skip - members that somebody else checks
 */
export function checkMembers(
  schema: JsonSchema,
  value: Readonly<Record<string, unknown>>,
  skip: readonly string[] = [],
): readonly SchemaProblem[] {
  const required = requiredOf(schema)
  return Object.entries(membersOf(schema))
    .filter(([name]) => !skip.includes(name))
    .flatMap(([name, member]): SchemaProblem[] => {
      const given = value[name]
      if (isLeftOut(given)) {
        if (!required.includes(name)) return []
        const message = `${name} is missing; it must be ${expectedOf(member)}.`
        return [{ message, path: [name], isMissing: true }]
      }
      if (fits(member, given)) return []
      return [{ message: sentenceOf(name, member, given), path: [name], isMissing: false }]
    })
}

function fits(schema: JsonSchema, value: unknown): boolean {
  const values = valuesOf(schema).map(String)
  if (allows(schema, 'boolean')) return ['true', 'false'].includes(String(value).toLowerCase())
  if (isNamed(schema)) return values.includes(String(value).trim().toLowerCase())
  if (allows(schema, 'number')) return isNumberWithin(schema, value)
  if (isDictionary(schema)) {
    return isRecord(value) && Object.values(value).every((each) => typeof each === 'string')
  }
  if (schema.type !== 'string') return true
  if (typeof value !== 'string') return false
  return schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(value)
}

/** Whether only certain values are right. */
function isNamed({ enum: several, const: one }: JsonSchema): boolean {
  return several !== undefined || one !== undefined
}

function isNumberWithin({ type, minimum, maximum }: JsonSchema, value: unknown): boolean {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isFinite(number)) return false
  if (type === 'integer' && !Number.isInteger(number)) return false
  return number >= (minimum ?? number) && number <= (maximum ?? number)
}

function sentenceOf(name: string, schema: JsonSchema, value: unknown): string {
  const shown = typeof value === 'object' ? 'an object' : JSON.stringify(value)
  const isOther = schema.pattern !== undefined && typeof value === 'string'
  return isOther
    ? `${name} cannot be ${shown}. ${schema.description ?? ''}`.trim()
    : `${name} must be ${expectedOf(schema)}, but it is ${shown}.`
}

/** What would be right, such as "a whole number, 1 to 100". */
function expectedOf(schema: JsonSchema): string {
  if (allows(schema, 'boolean')) return 'true or false'
  if (isNamed(schema)) return `one of ${valuesOf(schema).join(', ')}`
  if (allows(schema, 'number')) {
    const { minimum: least, maximum: most, type } = schema
    const kind = type === 'integer' ? 'a whole number' : 'a number'
    if (least === undefined) return most === undefined ? kind : `${kind}, ${most} at most`
    return most === undefined ? `${kind}, ${least} or more` : `${kind}, ${least} to ${most}`
  }
  return isDictionary(schema) ? 'an object of names and texts' : 'a text'
}
