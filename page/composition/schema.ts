/** The JSON Schema of a rendition, and which of its instructions matter. */

import { readFormat } from '../../src/contract/actions.ts'
import type { Instruction } from '../../src/contract/instructions/instruction.ts'
import {
  type JsonSchema,
  renditionJsonSchema,
} from '../../src/contract/instructions/json-schema.ts'
import { INSTRUCTIONS } from '../../src/contract/instructions/table.ts'
import { memberOf } from '../schema-form/json-schema.ts'

/** Made when it is first asked for: as long as all renditions are folded, nobody does. */
let known: JsonSchema | undefined
function renditionSchema(): JsonSchema {
  return (known ??= renditionJsonSchema())
}

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
    renditionSchema(),
  )
}

/** Whether an instruction makes a difference to renditions of a format; what is not known may make one to any. */
export function matters(name: string, fmt: unknown): boolean {
  const formats: readonly string[] | undefined = TABLE.get(fullName(name))?.formats
  return formats === undefined || formats.includes(readFormat(fmt))
}
