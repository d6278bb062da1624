import type { KeyScope } from '../../../identity/accounts.ts'

/** JSON Schema, or a part of OpenAPI. */
export type Json = Readonly<Record<string, unknown>>

/** What the document tells of a header of a request. */
export interface HeaderFacts {
  readonly name: string
  readonly required?: boolean
  readonly schema: Json
}

/** What routes are about, in the order of the document. */
export const TAGS = ['Jobs', 'Tasks', 'Tasks of their own', 'Webhooks', 'Other'] as const

/** What the document tells of a route, besides what follows from it. */
export interface RouteFacts {
  readonly method: 'get' | 'head' | 'post' | 'patch' | 'delete'
  /** Below `/v2`. */
  readonly path: string
  readonly summary: string
  readonly description?: string | undefined
  readonly tag: (typeof TAGS)[number]
  /** What the key of a request has to be allowed; without it there needs to be no key. */
  readonly scope?: KeyScope
  /** The names of what may be in the query. */
  readonly query?: readonly string[]
  readonly headers?: readonly HeaderFacts[]
  readonly body?: Json
  /** By status. */
  readonly answers: Readonly<Record<number, Json>>
  /** Statuses that it refuses with, besides those of keys. */
  readonly refusals?: readonly number[]
}

/** Refers to a schema of the document. */
export function ref(id: string): Json {
  return { $ref: `#/components/schemas/${id}` }
}

/** An answer in JSON. */
export function json(description: string, schema: Json): Json {
  return { description, content: { 'application/json': { schema } } }
}

/** A body in JSON. */
export function jsonBody(schema: Json): Json {
  return { required: true, content: { 'application/json': { schema } } }
}

/** A form with a file. */
export function formBody(fields: readonly string[]): Json {
  const schema = {
    type: 'object',
    properties: {
      ...Object.fromEntries(fields.map((name) => [name, { type: 'string' }])),
      file: { type: 'string', format: 'binary' },
    },
    required: [...fields, 'file'],
  }
  return { required: true, content: { 'multipart/form-data': { schema } } }
}

/** `{"data": …}`, and what a list has besides. */
function data(schema: Json, others: Readonly<Record<string, Json>> = {}): Json {
  const properties = { data: schema, ...others }
  const required = Object.keys(properties)
  return { type: 'object', properties, required, additionalProperties: false }
}

/** The answer that is one thing of a schema. */
export function one(id: string): Json {
  return json(`The ${id.toLowerCase()}.`, data(ref(id)))
}

/** The answer that is all there are. */
export function all(id: string): Json {
  return json('All of them.', data({ type: 'array', items: ref(id) }))
}

/** The answer that is a page of a list. */
export function list(id: string): Json {
  const others = { links: ref('ListLinks'), meta: ref('ListMeta') }
  return json('A page of the list.', data({ type: 'array', items: ref(id) }, others))
}

/** An answer to what is counted, with what is left of the rate limit. */
export function counted(answer: Json): Json {
  const names = ['X-RateLimit-Limit', 'X-RateLimit-Remaining']
  const headers = names.map((name) => [name, { schema: { type: 'string' } }])
  return { ...answer, headers: Object.fromEntries(headers) }
}

/** An answer that leads elsewhere. */
export function redirect(description: string): Json {
  return { description, headers: { Location: { schema: { type: 'string' } } } }
}

/** The answers of all that deletes. */
export const GONE = { 204: { description: 'It is deleted.' } }

/** The answers of all that creates a task. */
export const CREATED_TASK = { 201: counted(one('Task')) }

/** Statuses with which what creates jobs and tasks is refused. */
export const CREATING_REFUSALS = [409, 413, 422, 429] as const
