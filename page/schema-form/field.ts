/** The fields of a form that is made from a JSON Schema, and how they are filled in. */

import { isRecord } from '../../src/base/json.ts'
import type { JsonSchema } from '../../src/contract/instructions/json-schema.ts'
import { allows, mayBeDictionary, membersOf, valuesOf } from './json-schema.ts'

/** One field of the form. */
export interface Field {
  /** What is written, from the top of what the form is about. */
  readonly path: readonly string[]
  /** How it is filled in: as JSON whatever has no form of its own. */
  readonly kind:
    | 'text'
    | 'lines'
    | 'password'
    | 'number'
    | 'choice'
    | 'flag'
    | 'group'
    | 'dictionary'
    | 'json'
  readonly description: string | undefined
  readonly value: unknown
  /** Of a choice. */
  readonly choices: readonly string[]
  /** Of a group. */
  readonly members: readonly Field[]
  /** Whether it stays in the form when it is empty. */
  readonly common: boolean
}

/**
 * Makes the field of a value.
 *
 * @param schema - undefined for what nothing is known of
 * @param common - whether it stays in the form when it is empty
 */
export function toField(
  path: readonly string[],
  schema: JsonSchema | undefined,
  value: unknown,
  common: boolean,
): Field {
  const kind = kindOf(schema, value)
  const members =
    kind === 'group'
      ? Object.entries(membersOf(schema ?? {})).map(([name, member]) =>
          toField([...path, name], member, isRecord(value) ? value[name] : undefined, false),
        )
      : []
  const choices = valuesOf(schema ?? {}).map(String)
  return {
    path,
    kind,
    description: schema?.description,
    value,
    choices:
      typeof value !== 'string' || value === '' || choices.includes(value)
        ? choices
        : [...choices, value],
    members,
    common,
  }
}

/** What is written for what somebody has typed into a field; undefined takes the field out. */
export function valueOfField({ kind, common, path }: Field, typed: string): unknown {
  if (typed === '') return common || path.length > 1 ? undefined : ''
  // "1." is on its way to become "1.5", so only what is written like a number is one.
  if (kind === 'number')
    return String(Number(typed)) === typed && Number.isFinite(Number(typed)) ? Number(typed) : typed
  if (kind !== 'json') return typed
  try {
    const value: unknown = JSON.parse(typed)
    return value
  } catch {
    return typed
  }
}

/** What a field shows of its value. */
export function shownIn({ kind, value }: Field): string {
  if (value === undefined) return ''
  if (typeof value === 'string') return value
  return kind === 'json' ? JSON.stringify(value, undefined, 2) : JSON.stringify(value)
}

/** How values are filled in that nothing is known of. */
const UNKNOWN: Readonly<Record<string, Field['kind']>> = {
  string: 'text',
  number: 'number',
  boolean: 'flag',
}

/** A value that does not fit into the form that its schema suggests is shown as the JSON that it is. */
function kindOf(schema: JsonSchema | undefined, value: unknown): Field['kind'] {
  const isPlain = typeof value !== 'object' || value === null
  if (schema === undefined) return UNKNOWN[typeof value] ?? 'json'
  if (allows(schema, 'number')) return isPlain ? 'number' : 'json'
  if (allows(schema, 'boolean'))
    return typeof value === 'boolean' || value === undefined ? 'flag' : 'json'
  if (allows(schema, 'array')) return 'json'
  const names = valuesOf(schema)
  if (typeof value === 'string' && value !== '' && names.length > 0) return 'choice'
  if (mayBeDictionary(schema)) return isEmpty(value) || isTexts(value) ? 'dictionary' : 'json'
  const hasMembers = Object.keys(membersOf(schema)).length > 0
  if (allows(schema, 'object'))
    return hasMembers && (isRecord(value) || value === '') ? 'group' : 'json'
  if (!isPlain) return 'json'
  if (names.length > 0) return 'choice'
  if (schema.format === 'password') return 'password'
  const isLong = schema.contentMediaType !== undefined || schema.contentEncoding !== undefined
  return isLong ? 'lines' : 'text'
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === ''
}

function isTexts(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every((each) => typeof each === 'string')
}
