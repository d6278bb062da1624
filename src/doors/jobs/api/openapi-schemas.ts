import * as z from 'zod/mini'
import { isRecord } from '../../../base/json.ts'
import type { TaskOperation } from '../operations/operation.ts'
import { sentenceOfOperation, sentenceOfOption } from '../operations/sentences.ts'
import { webhookRequestSchema } from '../webhooks/webhook-routes.ts'
import { jobRequestSchema, MOST_TASKS, TASK_NAME } from './job-request.ts'
import { type Json, ref } from './openapi-parts.ts'
import {
  errorSchema,
  jobSchema,
  listLinksSchema,
  listMetaSchema,
  operationSchema,
  taskSchema,
  userSchema,
  webhookSchema,
} from './wire-schemas.ts'

/** What is answered, by the names that it has in the document. */
const ANSWERED = {
  Job: jobSchema,
  Task: taskSchema,
  Webhook: webhookSchema,
  User: userSchema,
  Operation: operationSchema,
  ListLinks: listLinksSchema,
  ListMeta: listMetaSchema,
  Error: errorSchema,
} as const

/** The limits of a number that JavaScript has in any case say nothing. */
function dropLimits({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
}

function answered(): Record<string, Json> {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(ANSWERED)) registry.add(schema, { id })
  const { schemas } = z.toJSONSchema(registry, {
    uri: (id) => String(ref(id)['$ref']),
    override: dropLimits,
  })
  return Object.fromEntries(
    // In a document of their own they would have a name and a dialect.
    Object.entries(schemas).map(([id, { $id: _id, $schema: _dialect, ...schema }]) => [id, schema]),
  )
}

function requested(schema: z.ZodMiniType): Json {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: dropLimits,
  })
  return json
}

/** What the schema of the options of an operation is called, such as `import.url`. */
export function optionsId({ name }: TaskOperation): string {
  return name.replaceAll('/', '.')
}

const INPUT: Json = {
  description: 'The name of a task of this job, or the id of any; or several.',
  anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' }, minItems: 1 }],
}

/** How a text is typed that is not one short line, or that nobody should read over a shoulder. */
const TYPED: Readonly<Record<string, Json>> = {
  password: { format: 'password' },
  passphrase: { format: 'password' },
  secret_access_key: { format: 'password' },
  session_token: { format: 'password' },
  storage_access_key: { format: 'password' },
  sas_token: { format: 'password' },
  private_key: { contentMediaType: 'application/x-pem-file' },
}

/** The files that are in requests themselves. */
const FILES: Readonly<Record<string, Json>> = {
  'import/raw': { contentMediaType: 'text/plain' },
  'import/base64': { contentEncoding: 'base64' },
}

function optionsOf({ name: operation, options, inputs, secrets }: TaskOperation): Json {
  const { properties, required, ...schema } = requested(options)
  const own = Object.entries(isRecord(properties) ? properties : {}).map(([name, option]) => {
    const description = sentenceOfOption(operation, name)
    return [
      name,
      {
        ...(description !== undefined && { description }),
        ...(isRecord(option) ? option : {}),
        ...(secrets.includes(name) && { writeOnly: true }),
        ...TYPED[name],
        ...(name === 'file' && FILES[operation]),
      },
    ]
  })
  const sentence = sentenceOfOperation(operation)
  const names = [
    ...(Array.isArray(required) ? required : []),
    ...(inputs === 'required' ? ['input'] : []),
  ]
  return {
    ...(sentence !== undefined && { description: sentence }),
    ...schema,
    properties: { ...(inputs !== 'none' && { input: INPUT }), ...Object.fromEntries(own) },
    ...(names.length > 0 && { required: names }),
  }
}

function jobRequest(operations: ReadonlyMap<string, TaskOperation>): Json {
  const namesOf = Map.groupBy(operations, ([, operation]) => operation)
  const tasks = Array.from(namesOf, ([operation, entries]) => ({
    allOf: [ref(optionsId(operation))],
    properties: { operation: { enum: entries.map(([name]) => name) } },
    required: ['operation'],
  }))
  const { properties, ...schema } = requested(z.omit(jobRequestSchema, { tasks: true }))
  return {
    ...schema,
    properties: {
      tasks: {
        description: 'What is to be done, each under a name of its own.',
        type: 'object',
        minProperties: 1,
        maxProperties: MOST_TASKS,
        propertyNames: { pattern: TASK_NAME.source },
        additionalProperties: { oneOf: tasks },
      },
      ...(isRecord(properties) ? properties : {}),
    },
    required: ['tasks'],
  }
}

/** All schemas of the document, made of those by which requests are checked, and of those of what is answered. */
export function openApiSchemas(operations: ReadonlyMap<string, TaskOperation>): Json {
  return {
    ...answered(),
    JobRequest: jobRequest(operations),
    WebhookRequest: requested(webhookRequestSchema),
    ...Object.fromEntries(
      Array.from(operations.values(), (operation) => [optionsId(operation), optionsOf(operation)]),
    ),
  }
}
