/** Ways to ask a JSON Schema. */
import type { JsonSchema } from '../../src/contract/instructions/json-schema.ts'

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

/** The fields that an object of a schema must have. */
export function requiredOf(schema: JsonSchema): readonly string[] {
  return [schema, ...(schema.allOf ?? [])].flatMap((each) =>
    typeof each === 'boolean' ? [] : (each.required ?? []),
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

/** Whether values of a schema are objects of names that anybody may choose, and texts. */
export function isDictionary(schema: JsonSchema): boolean {
  const { type, properties = {}, additionalProperties: values } = schema
  return (
    type === 'object' &&
    Object.keys(properties).length === 0 &&
    typeof values === 'object' &&
    values.type === 'string'
  )
}

/** Whether values of a schema may be {@link isDictionary such objects}, whatever else they may be. */
export function mayBeDictionary(schema: JsonSchema): boolean {
  return alternatives(schema).some(isDictionary)
}

/** The schema of what a step leads to: the name of a field, or a place in an array; undefined for what is not known. */
export function memberOf(schema: JsonSchema, step: string | number): JsonSchema | undefined {
  if (typeof step === 'string') {
    const properties = membersOf(schema)
    return Object.hasOwn(properties, step) ? properties[step] : undefined
  }
  return alternatives(schema)
    .map(({ items }) => items)
    .find(isSchema)
}

/** What a field is when it has just been added: its usual value, or nothing yet of its type. */
export function firstValue(schema: JsonSchema): unknown {
  if (allows(schema, 'boolean')) return true
  const [usual] = valuesOf(schema)
  // What may be an object as well has more to fill in that way.
  if (usual !== undefined && !allows(schema, 'object')) return usual
  // One of several may be enough.
  if (allows(schema, 'array'))
    return alternatives(schema).some(({ type }) => type === 'string') ? '' : []
  return !allows(schema, 'number') && allows(schema, 'object') ? {} : ''
}

function isSchema(value: JsonSchema['items']): value is JsonSchema {
  return typeof value === 'object' && !Array.isArray(value)
}

/** The schema itself, and all that make it up. */
function alternatives(schema: JsonSchema): readonly JsonSchema[] {
  const parts = [schema.allOf, schema.anyOf, schema.oneOf].flatMap((several) => several ?? [])
  const others = parts.filter((each) => typeof each !== 'boolean')
  return [schema, ...others.flatMap(alternatives)]
}
