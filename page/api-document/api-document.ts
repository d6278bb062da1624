import * as z from 'zod/mini'
import { isRecord } from '../../src/base/json.ts'
import type { JsonSchema } from '../../src/contract/instructions/json-schema.ts'

const schemaSchema = z.custom<JsonSchema>(isRecord)

const parameterSchema = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  required: z.optional(z.boolean()),
  schema: schemaSchema,
})

const routeSchema = z.object({
  tags: z.array(z.string()),
  summary: z.string(),
  description: z.optional(z.string()),
  parameters: z.optional(z.array(parameterSchema)),
  requestBody: z.optional(
    z.object({ content: z.record(z.string(), z.object({ schema: schemaSchema })) }),
  ),
  responses: z.record(z.string(), z.object({ description: z.string() })),
})

/** Schema of what the page reads of `/v2/openapi.json`. */
export const apiDocumentSchema = z.object({
  tags: z.array(z.object({ name: z.string() })),
  /** Routes by their methods, by their paths. */
  paths: z.record(z.string(), z.record(z.string(), routeSchema)),
  components: z.object({ schemas: z.record(z.string(), schemaSchema) }),
})

/** The document that describes the jobs API. */
export type ApiDocument = z.infer<typeof apiDocumentSchema>

/** One call of the API. */
export type ApiRoute = z.infer<typeof routeSchema>
