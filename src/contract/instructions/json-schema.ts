import * as z from 'zod/mini'
import { RENDITION_FORMATS } from '../actions.ts'
import { requestedRenditionSchema } from '../process-request.ts'
import type { Instruction } from './instruction.ts'
import { INSTRUCTIONS } from './table.ts'

/** A JSON Schema of draft 2020-12. */
export type JsonSchema = z.core.JSONSchema.JSONSchema

/** The fields that the gateway checks, except for `fmt`, which is an instruction, and `target`, which is not the user's. */
const REQUEST_FIELDS = {
  name: {
    schema: requestedRenditionSchema.shape.name,
    description: 'What the file is called.',
  },
  worker: {
    schema: requestedRenditionSchema.shape.worker,
    description: 'The https: URL of a worker of your own, which makes it in place of ours.',
  },
  userData: {
    schema: requestedRenditionSchema.shape.userData,
    description: 'An object that comes back in the event of the rendition, unread.',
  },
}

/**
 * The JSON Schema of one rendition: what the gateway checks, and every instruction of our own workers. It is for
 * completion, and for telling what something is. What is wrong the schemas themselves say, which also take numbers as texts.
 */
export function renditionJsonSchema(): JsonSchema {
  const { fmt, ...instructions } = INSTRUCTIONS
  return {
    type: 'object',
    properties: {
      name: toJsonSchema(REQUEST_FIELDS.name),
      fmt: {
        description: fmt.description,
        // A worker of one's own may make what ours do not.
        anyOf: [{ enum: [...RENDITION_FORMATS] }, { type: 'string' }],
      },
      ...Object.fromEntries(
        Object.entries<Instruction>(instructions).map(([name, instruction]) => [
          name,
          toJsonSchema(instruction),
        ]),
      ),
      worker: toJsonSchema(REQUEST_FIELDS.worker),
      userData: toJsonSchema(REQUEST_FIELDS.userData),
    },
    anyOf: [{ required: ['fmt'] }, { required: ['worker'] }],
  }
}

/** What a schema lets through, since what it takes in besides are texts that it makes the same of. */
function toJsonSchema({
  schema,
  description,
  default: usual,
}: Pick<Instruction, 'schema' | 'description' | 'default'>): JsonSchema {
  const { $schema: _dialect, ...written } = z.toJSONSchema(schema, {
    unrepresentable: 'any',
    override: ({ jsonSchema }) => loosen(jsonSchema),
  })
  return { description, ...written, ...(usual === undefined ? {} : { default: usual }) }
}

/**
 * What comes out of a schema always has its defaults, and never what is unknown; what goes in may be otherwise. And what a
 * JavaScript number can count to is no limit that anybody has set.
 */
function loosen(jsonSchema: JsonSchema): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
  const { properties, required } = jsonSchema
  if (properties === undefined) return
  delete jsonSchema.additionalProperties
  jsonSchema.required = (required ?? []).filter((name) => !hasDefault(properties[name]))
}

function hasDefault(property: JsonSchema | boolean | undefined): boolean {
  return typeof property === 'object' && property.default !== undefined
}
