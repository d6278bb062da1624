import * as z from 'zod/mini'
import { ServiceError } from '../../base/errors.ts'
import { isRecord } from '../../base/json.ts'
import type { Runnable } from '../run/action.ts'
import type { Activation } from '../run/activation.ts'

const TEXT_TYPE = /^(text\/|application\/(x-www-form-urlencoded|javascript|xml)|[^;]*\+(xml|json))/i
const JSON_TYPE = /^application\/([^;]*\+)?json/i
const FORM_TYPE = /^application\/x-www-form-urlencoded/i

/** What a web action gives back, and is turned into an HTTP response. */
export interface WebAnswer {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  /** Text, or base64 when the content type is a binary one. */
  readonly body: string
}

const rawSchema = z.looseObject({
  __ow_method: z.string(),
  __ow_headers: z.record(z.string(), z.string()),
  __ow_path: z.string(),
  __ow_query: z.string(),
  __ow_body: z.string(),
})

/** Answers that have no body, whatever an action puts there. */
const BODILESS_STATUS = new Set([204, 205, 304])

/** What only the server that sends the answer can say of it. */
const FRAMING_HEADERS = new Set(['content-length', 'transfer-encoding', 'connection'])

/**
 * Turns an HTTP request into the parameters of a web action, by the rules of OpenWhisk ("Web actions": HTTP context,
 * raw HTTP handling): query and body become parameters, the body winning; an action annotated `raw` gets both unparsed.
 * An unparsed body is text, or base64 when its content type is a binary one, `application/json` or missing.
 *
 * @param request.path - what follows the action's name in the URL, with its slash, or an empty string
 * @throws {ServiceError} 400 for a body that claims to be JSON and is not, and for parameters with reserved names
 */
export function toWebParams(
  action: Pick<Runnable, 'web'>,
  request: { method: string; url: URL; headers: Headers; body: Buffer; path: string },
): Record<string, unknown> {
  const context = {
    __ow_method: request.method.toLowerCase(),
    __ow_headers: Object.fromEntries(request.headers),
    __ow_path: request.path,
  }
  const contentType = request.headers.get('content-type') ?? ''
  const rawBody = request.body.toString(TEXT_TYPE.test(contentType) ? 'utf8' : 'base64')
  if (action.web === 'raw') {
    const query = request.url.search.replace(/^\?/, '')
    return { __ow_query: query, __ow_body: rawBody, ...context }
  }

  const body = parseBody(contentType, request.body, rawBody)
  const params: Record<string, unknown> = {
    ...Object.fromEntries(request.url.searchParams),
    ...(isRecord(body) ? body : {}),
  }
  const reserved = Object.keys(params).find((key) => key.startsWith('__ow_'))
  if (reserved !== undefined) {
    throw new ServiceError(
      'invalid',
      `The parameter ${reserved} is reserved: names beginning with __ow_ are the platform's.`,
    )
  }
  const opaque = body === undefined || isRecord(body) ? {} : { __ow_body: body }
  return { ...params, ...opaque, ...context }
}

/** What a body stands for: an object of parameters, or anything else, which is one parameter; undefined for no body. */
function parseBody(contentType: string, body: Buffer, rawBody: string): unknown {
  if (body.length === 0) return undefined
  if (FORM_TYPE.test(contentType)) return Object.fromEntries(new URLSearchParams(rawBody))
  if (!JSON_TYPE.test(contentType)) return rawBody
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (error) {
    throw new ServiceError(
      'invalid',
      'The request content was malformed: its content type says JSON, and it is not.',
      {
        cause: error,
      },
    )
  }
}

/**
 * The HTTP request that a raw web action was called with, as it came.
 *
 * @param url - where the action is called; what follows its name there stays behind it
 */
export function toRequest(url: string, params: Readonly<Record<string, unknown>>): Request {
  const raw = rawSchema.parse(params)
  const { __ow_method: method, __ow_headers: headers, __ow_body: rawBody } = raw
  const { __ow_path: path, __ow_query: query } = raw
  const contentType = headers['content-type'] ?? ''
  const body = Buffer.from(rawBody, TEXT_TYPE.test(contentType) ? 'utf8' : 'base64')
  return new Request(`${url}${path}${query === '' ? '' : `?${query}`}`, {
    method: method.toUpperCase(),
    headers,
    ...(body.length > 0 && { body }),
  })
}

/** An HTTP response as a web action gives it back. */
export async function toWebAnswer(response: Response): Promise<WebAnswer> {
  const headers = Object.fromEntries(response.headers)
  const bytes = Buffer.from(await response.arrayBuffer())
  const contentType = headers['content-type'] ?? ''
  const isText = TEXT_TYPE.test(contentType) || JSON_TYPE.test(contentType)
  return { statusCode: response.status, headers, body: bytes.toString(isText ? 'utf8' : 'base64') }
}

/** The HTTP response that the answer of a resident action describes. */
export function toResponse(answer: WebAnswer): Response {
  return readAnswer(answer, true) ?? Response.error()
}

/**
 * Turns what a web action gave back into an HTTP response: `{ statusCode, headers, body }`, under `error` when it
 * failed. An object as body is JSON; a string is text, or base64 when the content type is a binary one.
 *
 * @param extension - what follows the action's name in the URL; `.json` asks for the result as it is
 */
export function toWebResponse(activation: Activation, extension = ''): Response {
  const { activationId } = activation
  const { success, result } = activation.response
  const answer = success ? result : result['error']
  const response =
    success && extension === '.json' ? Response.json(result) : readAnswer(answer, success)
  const error = typeof answer === 'string' ? answer : 'Response is not valid "message/http".'
  const told = response ?? Response.json({ error, code: activationId }, { status: 502 })
  told.headers.set('x-openwhisk-activation-id', activationId)
  return told
}

/** The response that an action describes, or undefined when HTTP knows no such response. */
function readAnswer(answer: unknown, success: boolean): Response | undefined {
  if (!isRecord(answer) || !('statusCode' in answer || 'body' in answer || success)) {
    return undefined
  }
  const { statusCode, body } = answer
  const isEmpty = body === undefined || body === null || body === ''
  const status = Number(statusCode ?? (isEmpty ? 204 : 200))
  if (!Number.isInteger(status) || status < 200 || status > 599) return undefined
  try {
    const headers = readHeaders(answer['headers'])
    const sent = isEmpty || BODILESS_STATUS.has(status) ? null : encodeBody(body, headers)
    return new Response(sent, { status, headers })
  } catch {
    return undefined
  }
}

function readHeaders(given: unknown): Headers {
  const headers = new Headers()
  if (!isRecord(given)) return headers
  for (const [name, value] of Object.entries(given)) {
    if (FRAMING_HEADERS.has(name.toLowerCase())) continue
    for (const item of Array.isArray(value) ? value : [value]) headers.append(name, String(item))
  }
  return headers
}

function encodeBody(body: unknown, headers: Headers): string | Buffer<ArrayBuffer> {
  if (typeof body !== 'string') {
    if (!headers.has('content-type')) headers.set('content-type', 'application/json')
    return JSON.stringify(body)
  }
  const contentType = headers.get('content-type')
  if (contentType === null) headers.set('content-type', 'text/html; charset=UTF-8')
  else if (!TEXT_TYPE.test(contentType) && !JSON_TYPE.test(contentType))
    return Buffer.from(body, 'base64')
  return body
}
