import { isRecord } from '../../src/base/json.ts'
import type { JsonSchema } from '../../src/contract/instructions/json-schema.ts'
import type { ApiDocument } from './api-document.ts'

const PREFIX = '#/components/schemas/'

/** A schema with those in it that it refers to. Where one refers to itself, nothing is known. */
export function resolve(schema: JsonSchema, { components }: ApiDocument): JsonSchema {
  const { schemas } = components

  function within(value: unknown, open: readonly string[]): unknown {
    if (Array.isArray(value)) return value.map((each) => within(each, open))
    if (!isRecord(value)) return value
    const { $ref: reference } = value
    if (typeof reference === 'string') {
      const id = reference.slice(PREFIX.length)
      return open.includes(id) ? {} : within(schemas[id] ?? {}, [...open, id])
    }
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, within(member, open)]),
    )
  }

  const resolved = within(schema, [])
  return isRecord(resolved) ? resolved : {}
}
