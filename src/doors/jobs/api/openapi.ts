import type { TaskOperation } from '../operations/operation.ts'
import { sentenceOfOperation } from '../operations/sentences.ts'
import {
  CREATED_TASK,
  CREATING_REFUSALS,
  type Json,
  json,
  jsonBody,
  type RouteFacts,
  ref,
  TAGS,
} from './openapi-parts.ts'
import { ROUTES } from './openapi-routes.ts'
import { openApiSchemas, optionsId } from './openapi-schemas.ts'
import { TUS_ROUTES } from './openapi-tus.ts'

/** What a refusal with a status means. */
const REFUSALS: Readonly<Record<number, string>> = {
  401: 'There is no key, or none that is known.',
  403: 'The key, the form or the URL does not allow it.',
  404: 'There is none.',
  409: 'It does not go together with what was before.',
  410: 'The task waits for no file any more.',
  412: 'Tus-Resumable is missing, or names another version.',
  413: 'It is too large.',
  422: 'Something in it is wrong; errors says what.',
  423: 'Another request has it in hand.',
  429: 'Too many were created in this minute.',
}

/** Where tasks are created without a job: one route for each name of an operation. */
function operationRoutes(operations: ReadonlyMap<string, TaskOperation>): RouteFacts[] {
  return Array.from(operations, ([name, operation]) => ({
    method: 'post',
    path: `/${name}`,
    summary: `Creates a task ${name} that is in no job.`,
    description: sentenceOfOperation(operation.name),
    tag: 'Tasks of their own',
    scope: 'task.write',
    body: jsonBody(ref(optionsId(operation))),
    answers: CREATED_TASK,
    refusals: CREATING_REFUSALS,
  }))
}

function parametersOf({ path, query = [], headers = [], refusals = [] }: RouteFacts): Json[] {
  const string = { type: 'string' }
  const whole = { type: 'integer', minimum: 1 }
  const parts = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
  return [
    ...parts.map((name) => ({ name, in: 'path', required: true, schema: string })),
    ...query.map((name) => ({
      name,
      in: 'query',
      schema: name === 'page' || name === 'per_page' ? whole : string,
    })),
    ...headers.map((header) => ({ ...header, in: 'header' })),
    ...(refusals.includes(429)
      ? [{ name: 'Idempotency-Key', in: 'header', schema: { ...string, maxLength: 255 } }]
      : []),
  ]
}

function operationOf(route: RouteFacts): Json {
  const { summary, description, tag, scope, body, answers, refusals = [] } = route
  const refused = [...(scope === undefined ? [] : [401, 403]), ...refusals]
  const told = [description, scope === undefined ? undefined : `Scope: ${scope}.`].filter(
    (sentence) => sentence !== undefined,
  )
  return {
    tags: [tag],
    summary,
    ...(told.length > 0 && { description: told.join(' ') }),
    ...(scope === undefined && { security: [] }),
    parameters: parametersOf(route),
    ...(body !== undefined && { requestBody: body }),
    responses: {
      ...answers,
      ...Object.fromEntries(
        refused.map((status) => [status, json(REFUSALS[status] ?? '', ref('Error'))]),
      ),
    },
  }
}

/**
 * The document that describes the API (OpenAPI 3.1), made of the schemas by which requests are checked.
 *
 * @param options.origin - scheme, host and port of the service
 */
export function openApiOf(options: {
  operations: ReadonlyMap<string, TaskOperation>
  origin: string
}): Json {
  const { operations, origin } = options
  const routes = Map.groupBy(
    [...ROUTES, ...TUS_ROUTES, ...operationRoutes(operations)],
    ({ path }) => path,
  )
  return {
    openapi: '3.1.0',
    info: {
      title: 'Darkroom jobs',
      version: '2',
      description: 'Jobs of linked tasks, as the clients of CloudConvert know them.',
    },
    servers: [{ url: origin }],
    security: [{ key: [] }],
    tags: TAGS.map((name) => ({ name })),
    paths: Object.fromEntries(
      Array.from(routes, ([path, ofPath]) => [
        `/v2${path}`,
        Object.fromEntries(ofPath.map((route) => [route.method, operationOf(route)])),
      ]),
    ),
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
      schemas: openApiSchemas(operations),
    },
  }
}
