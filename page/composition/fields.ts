/** The form of one rendition: which fields it has, and how they are filled in. */

import { isRecord } from '../../src/base/json.ts'
import type { Instructions } from '../../src/contract/instructions/instruction.ts'
import type { JsonSchema } from '../../src/contract/instructions/json-schema.ts'
import { allows, fullName, matters, membersOf, schemaAt, valuesOf } from './schema.ts'

/** What a rendition is hardly ever without, and so has a place in the form before it is written. */
const COMMON = ['name', 'fmt', 'width', 'height', 'quality', 'files']

/** One field of the form. */
export interface Field {
  /** What is written into the rendition, from its top. */
  readonly path: readonly string[]
  /** How it is filled in: as JSON whatever has no form of its own. */
  readonly kind: 'text' | 'number' | 'choice' | 'flag' | 'group' | 'json'
  readonly description: string | undefined
  readonly value: unknown
  /** Of a choice. */
  readonly choices: readonly string[]
  /** Of a group. */
  readonly members: readonly Field[]
  /** Whether it stays in the form when it is empty. */
  readonly common: boolean
}

/** The fields of a rendition: the common ones that make a difference to it, and all that it has. */
export function fieldsOf(rendition: Instructions): readonly Field[] {
  const given = Object.keys(rendition)
  const { fmt } = rendition
  const common = COMMON.filter(
    (name) => given.includes(name) || (matters(name, fmt) && !isGivenByAlias(name, given)),
  )
  const others = given.filter((name) => !common.includes(name))
  return [
    ...common.map((name) => toField([name], rendition[name], true)),
    ...others.map((name) => toField([name], rendition[name], false)),
  ]
}

/** The instructions that a rendition does not have yet, first those that make a difference to its format. */
export function addableTo(rendition: Instructions): readonly string[] {
  const shown = new Set(fieldsOf(rendition).map(({ path: [name = ''] }) => fullName(name)))
  const names = Object.keys(membersOf(schemaAt([]) ?? {})).filter((name) => !shown.has(name))
  const { fmt, worker } = rendition
  // A worker of one's own may understand anything.
  return worker === undefined ? names.filter((name) => matters(name, fmt)) : names
}

/** What an instruction is when it has just been added to a rendition. */
export function firstValue(name: string): unknown {
  const schema = schemaAt([name]) ?? {}
  if (allows(schema, 'boolean')) return true
  const [usual] = valuesOf(schema)
  if (usual !== undefined) return usual
  if (allows(schema, 'array')) return []
  return !allows(schema, 'number') && allows(schema, 'object') ? {} : ''
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

function toField(path: readonly string[], value: unknown, common: boolean): Field {
  const schema = schemaAt(path)
  const kind = kindOf(schema, value)
  const members =
    kind === 'group'
      ? Object.keys(membersOf(schema ?? {})).map((name) =>
          toField([...path, name], isRecord(value) ? value[name] : undefined, false),
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

/** Whether a rendition has an instruction under its short name. */
function isGivenByAlias(name: string, given: readonly string[]): boolean {
  return given.some((field) => field !== name && fullName(field) === name)
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
  const hasMembers = Object.keys(membersOf(schema)).length > 0
  if (allows(schema, 'object'))
    return hasMembers && (isRecord(value) || value === '') ? 'group' : 'json'
  if (!isPlain) return 'json'
  return valuesOf(schema).length > 0 ? 'choice' : 'text'
}
