import { TUS_VERSION } from '../uploads/tus-protocol.ts'
import type { HeaderFacts, Json, RouteFacts } from './openapi-parts.ts'

const string = { type: 'string' }
const bytes = { type: 'integer', minimum: 0 }

const VERSION: HeaderFacts = {
  name: 'Tus-Resumable',
  required: true,
  schema: { const: TUS_VERSION },
}
const OFFSET: HeaderFacts = { name: 'Upload-Offset', required: true, schema: bytes }
const LENGTH: HeaderFacts = { name: 'Upload-Length', schema: bytes }

/** By which the URL of `result.tus` is known to be one. */
const SIGNED = ['expires', 'signature'] as const

const PART: Json = {
  content: {
    'application/offset+octet-stream': { schema: { type: 'string', format: 'binary' } },
  },
}

/** An answer that has these headers, and those of all that is about an upload. */
function answer(description: string, headers: Readonly<Record<string, Json>>): Json {
  const all = { 'Tus-Resumable': string, 'Upload-Expires': string, ...headers }
  return {
    description,
    headers: Object.fromEntries(Object.entries(all).map(([name, schema]) => [name, { schema }])),
  }
}

/** The routes by which the file of an `import/upload` comes in parts, as tus has it. */
export const TUS_ROUTES: readonly RouteFacts[] = [
  {
    method: 'post',
    path: '/uploads/{task}/tus',
    tag: 'Tasks',
    summary:
      'Begins the upload of the file of an import/upload in parts (tus), at the URL of its result.tus.',
    query: SIGNED,
    headers: [
      VERSION,
      LENGTH,
      { name: 'Upload-Defer-Length', schema: { const: '1' } },
      { name: 'Upload-Metadata', required: true, schema: string },
    ],
    body: PART,
    answers: { 201: answer('It has begun.', { Location: string, 'Upload-Offset': bytes }) },
    refusals: [403, 404, 409, 410, 412, 413, 422],
  },
  {
    method: 'head',
    path: '/uploads/{task}/tus/{upload}',
    tag: 'Tasks',
    summary: 'Tells how much of an upload has come.',
    query: SIGNED,
    headers: [VERSION],
    answers: {
      200: answer('So much.', {
        'Upload-Offset': bytes,
        'Upload-Length': bytes,
        'Upload-Defer-Length': string,
        'Upload-Metadata': string,
      }),
    },
    refusals: [403, 404, 410, 412, 422, 423],
  },
  {
    method: 'patch',
    path: '/uploads/{task}/tus/{upload}',
    tag: 'Tasks',
    summary: 'Takes the next part of an upload; the task ends with the last one.',
    query: SIGNED,
    headers: [VERSION, OFFSET, LENGTH],
    body: { required: true, ...PART },
    answers: { 204: answer('It is stored.', { 'Upload-Offset': bytes }) },
    refusals: [403, 404, 409, 410, 412, 413, 422, 423],
  },
  {
    method: 'delete',
    path: '/uploads/{task}/tus/{upload}',
    tag: 'Tasks',
    summary: 'Deletes an upload that has not ended its task.',
    query: SIGNED,
    headers: [VERSION],
    answers: { 204: { description: 'It is deleted.' } },
    refusals: [403, 404, 409, 410, 412, 422, 423],
  },
]
