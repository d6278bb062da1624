/** The JSON Schema of a rendition, and ways to ask it. */

import { readFormat } from '../../src/contract/actions.ts'
import type { Instruction } from '../../src/contract/instructions/instruction.ts'
import {
  type JsonSchema,
  renditionJsonSchema,
} from '../../src/contract/instructions/json-schema.ts'
import { INSTRUCTIONS } from '../../src/contract/instructions/table.ts'

const RENDITION = renditionJsonSchema()

// Maps, since a field may be called `constructor`.
const TABLE: ReadonlyMap<string, Instruction> = new Map(Object.entries<Instruction>(INSTRUCTIONS))

const FULL_NAMES: ReadonlyMap<string, string> = new Map(
  Array.from(TABLE).flatMap(([name, { alias }]) =>
    alias === undefined ? [] : [[alias, name] as const],
  ),
)

/** The full name of what AEM's processing profiles have a short one for; any other name as it is. */
export function fullName(name: string): string {
  return FULL_NAMES.get(name) ?? name
}

/** The schema of what a path leads to inside of a rendition; undefined for what is not known. */
export function schemaAt(path: readonly (string | number)[]): JsonSchema | undefined {
  const [first, ...rest] = path
  const start = typeof first === 'string' ? [fullName(first), ...rest] : path
  return start.reduce<JsonSchema | undefined>(
    (schema, step) => schema && memberOf(schema, step),
    RENDITION,
  )
}

/** The fields that an object of a schema may have. */
export function membersOf(schema: JsonSchema): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(
    alternatives(schema).flatMap(({ properties = {} }) =>
      Object.entries(properties).flatMap(([name, property]) =>
        typeof property === 'boolean' ? [] : [[name, property]],
      ),
    ),
  )
}

/** The values that a schema names, the usual one first. */
export function valuesOf(schema: JsonSchema): readonly unknown[] {
  const values = alternatives(schema).flatMap(
    ({ enum: several = [], const: one, type, default: usual }) => [
      ...(usual === undefined ? [] : [usual]),
      ...several,
      ...(one === undefined ? [] : [one]),
      ...(type === 'boolean' ? [true, false] : []),
    ],
  )
  return [...new Set(values)]
}

/** Whether values of a schema may be of a type, such as `number`, which whole numbers are as well. */
export function allows(
  schema: JsonSchema,
  type: 'number' | 'object' | 'array' | 'boolean',
): boolean {
  return alternatives(schema).some(
    (each) => each.type === type || (type === 'number' && each.type === 'integer'),
  )
}

/** Whether an instruction makes a difference to renditions of a format; what is not known may make one to any. */
export function matters(name: string, fmt: unknown): boolean {
  const formats: readonly string[] | undefined = TABLE.get(fullName(name))?.formats
  return formats === undefined || formats.includes(readFormat(fmt))
}

function memberOf(schema: JsonSchema, step: string | number): JsonSchema | undefined {
  if (typeof step === 'string') {
    const properties = membersOf(schema)
    return Object.hasOwn(properties, step) ? properties[step] : undefined
  }
  return alternatives(schema)
    .map(({ items }) => items)
    .find(isSchema)
}

function isSchema(value: JsonSchema['items']): value is JsonSchema {
  return typeof value === 'object' && !Array.isArray(value)
}

function alternatives(schema: JsonSchema): readonly JsonSchema[] {
  const others = (schema.anyOf ?? []).filter((each) => typeof each !== 'boolean')
  return [schema, ...others.flatMap(alternatives)]
}
