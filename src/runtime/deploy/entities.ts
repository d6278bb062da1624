import * as z from 'zod/mini'
import { limitSchema } from '../run/limits.ts'

const pairsError = 'an array of {key, value}'

const pairFields = {
  key: z.string({ error: 'a text' }),
  value: z.custom((value) => value !== undefined, { error: 'any JSON value' }),
}

/** A parameter; `init` makes it a variable of the environment. */
const parameterSchema = z.object(
  { ...pairFields, init: z.optional(z.boolean({ error: 'true or false' })) },
  { error: pairsError },
)
const parametersSchema = z.array(parameterSchema, { error: pairsError })

const annotationsSchema = z.array(z.object(pairFields, { error: pairsError }), {
  error: pairsError,
})

const versionSchema = z
  .string()
  .check(z.regex(/^\d{1,9}\.\d{1,9}\.\d{1,9}$/, { error: 'a version such as 0.0.1' }))

/** Parameters as OpenWhisk writes them. */
export type Parameters = z.infer<typeof parametersSchema>

/** Annotations as OpenWhisk writes them. */
export type Annotations = z.infer<typeof annotationsSchema>

/** What all kinds of entities have. What is left out stays as it is, or is what OpenWhisk assumes. */
const contentFields = {
  version: z.optional(versionSchema),
  publish: z.optional(z.boolean({ error: 'true or false' })),
  parameters: z.optional(parametersSchema),
  annotations: z.optional(annotationsSchema),
}

const bodyError = { error: 'a JSON object' }

/** What a `PUT` of a package says. */
export const packageContentSchema = z.looseObject(
  {
    ...contentFields,
    binding: z.optional(z.nullable(z.record(z.string(), z.unknown(), { error: 'an object' }))),
  },
  bodyError,
)

/** See {@link packageContentSchema}. */
export type PackageContent = z.infer<typeof packageContentSchema>

/** What a `PUT` of an action or a sequence says. */
export const actionContentSchema = z.looseObject(
  {
    ...contentFields,
    limits: z.optional(
      z.looseObject(
        {
          timeout: limitSchema('timeout'),
          memory: limitSchema('memorySize'),
          concurrency: limitSchema('concurrency'),
          logs: limitSchema('logs'),
        },
        { error: 'an object with timeout, memory, concurrency and logs' },
      ),
    ),
    exec: z.optional(
      z.looseObject(
        {
          kind: z.string({ error: 'a kind such as nodejs:24, or sequence' }),
          code: z.optional(z.string({ error: 'a base64 zip file, or JavaScript' })),
          binary: z.optional(z.boolean({ error: 'true or false' })),
          main: z.optional(z.string({ error: 'the name of a function' })),
          components: z.optional(
            z.array(
              z.string().check(
                z.regex(/^(\/[^/]+){2,3}$/, {
                  error: 'a name such as /namespace/package/action',
                }),
              ),
              { error: 'an array of names such as /namespace/package/action' },
            ),
          ),
        },
        { error: 'an object with a kind' },
      ),
    ),
  },
  bodyError,
)

/** See {@link actionContentSchema}. */
export type ActionContent = z.infer<typeof actionContentSchema>

const entityFields = {
  name: z.string(),
  version: z.string(),
  publish: z.boolean(),
  parameters: parametersSchema,
  annotations: annotationsSchema,
  /** Milliseconds since 1970. */
  updated: z.number(),
}

/** A package that was deployed. */
export const packageEntitySchema = z.object(entityFields)

/** See {@link packageEntitySchema}. */
export type PackageEntity = z.infer<typeof packageEntitySchema>

/** An action or a sequence that was deployed; its name is that of its package and its own. */
export const actionEntitySchema = z.object({
  ...entityFields,
  limits: z.object({
    timeout: z.number(),
    memory: z.number(),
    concurrency: z.number(),
    logs: z.number(),
  }),
  exec: z.union([
    z.object({ kind: z.literal('sequence'), components: z.array(z.string()) }),
    z.object({
      kind: z.string(),
      binary: z.boolean(),
      main: z.string(),
      /** The folder that its code is in. */
      folder: z.string(),
    }),
  ]),
})

/** See {@link actionEntitySchema}. */
export type ActionEntity = z.infer<typeof actionEntitySchema>

/** Whether an annotation says yes, by OpenWhisk's rules (Parameter.scala, isTruthy). */
export function isTruthy(annotations: Annotations, key: string): boolean {
  const value = valueOf(annotations, key)
  return value !== undefined && value !== null && value !== false && value !== 0 && value !== ''
}

/** The value of an annotation; of two with the same name the last one counts. */
export function valueOf(annotations: Annotations, key: string): unknown {
  return annotations.findLast((annotation) => annotation.key === key)?.value
}
