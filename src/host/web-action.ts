import { HttpError } from '../contract/errors.ts'
import { isRecord } from '../contract/record.ts'
import type { Activation } from './activation.ts'
import type { Action } from './manifest.ts'

const TEXT_TYPE = /^(text\/|application\/(x-www-form-urlencoded|javascript|xml)|[^;]*\+xml)/i
const JSON_TYPE = /^application\/([^;]*\+)?json/i
const FORM_TYPE = /^application\/x-www-form-urlencoded/i

/**
 * Turns an HTTP request into the parameters of a web action, by the rules of OpenWhisk ("Web actions": HTTP context,
 * raw HTTP handling): query and body become parameters, the body winning; an action annotated `raw` gets both unparsed.
 *
 * @param request.path - what follows the action's name in the URL, with its slash, or an empty string
 * @throws {HttpError} 400 for a body that claims to be JSON and is not, and for parameters with reserved names
 */
export function toWebParams(
  action: Action,
  request: { method: string; url: URL; headers: Headers; body: Buffer; path: string },
): Record<string, unknown> {
  const context = {
    __ow_method: request.method.toLowerCase(),
    __ow_headers: Object.fromEntries(request.headers),
    __ow_path: request.path,
  }
  const contentType = request.headers.get('content-type') ?? ''
  const rawBody =
    TEXT_TYPE.test(contentType) || JSON_TYPE.test(contentType)
      ? request.body.toString('utf8')
      : request.body.toString('base64')
  if (action.web === 'raw') {
    const query = request.url.search.replace(/^\?/, '')
    return { __ow_query: query, __ow_body: rawBody, ...context }
  }

  const params: Record<string, unknown> = {
    ...Object.fromEntries(request.url.searchParams),
    ...parseBody(contentType, request.body, rawBody),
  }
  const reserved = Object.keys(params).find((key) => key.startsWith('__ow_') && key !== '__ow_body')
  if (reserved !== undefined) {
    throw new HttpError(
      400,
      `The parameter ${reserved} is reserved: names beginning with __ow_ are the platform's.`,
    )
  }
  return { ...params, ...context }
}

/** The parameters that a body stands for. */
function parseBody(contentType: string, body: Buffer, rawBody: string): Record<string, unknown> {
  if (body.length === 0) return {}
  if (FORM_TYPE.test(contentType)) return Object.fromEntries(new URLSearchParams(rawBody))
  if (!JSON_TYPE.test(contentType)) return { __ow_body: rawBody }
  try {
    const value: unknown = JSON.parse(rawBody)
    return isRecord(value) ? value : { __ow_body: rawBody }
  } catch (error) {
    throw new HttpError(
      400,
      'The request content was malformed: its content type says JSON, and it is not.',
      {
        cause: error,
      },
    )
  }
}

/**
 * Turns what a web action gave back into an HTTP response: `{ statusCode, headers, body }`, under `error` when it
 * failed. An object as body is JSON; a string is text, or base64 when the content type is a binary one.
 */
export function toWebResponse(activation: Activation): Response {
  const { success, result } = activation.response
  const headers = new Headers({ 'x-openwhisk-activation-id': activation.activationId })
  const answer = success ? result : isRecord(result) ? result['error'] : undefined
  if (!isRecord(answer) || !('statusCode' in answer || 'body' in answer || success)) {
    const error = typeof answer === 'string' ? answer : 'Response is not valid "message/http".'
    return Response.json({ error, code: activation.activationId }, { status: 502, headers })
  }

  const statusCode = Number(answer['statusCode'] ?? (answer['body'] === undefined ? 204 : 200))
  const status =
    Number.isInteger(statusCode) && statusCode >= 200 && statusCode <= 599 ? statusCode : 502
  if (isRecord(answer['headers'])) {
    for (const [name, value] of Object.entries(answer['headers'])) {
      if (Array.isArray(value)) for (const item of value) headers.append(name, String(item))
      else headers.set(name, String(value))
    }
  }
  return new Response(encodeBody(answer['body'], headers, status), { status, headers })
}

function encodeBody(
  body: unknown,
  headers: Headers,
  status: number,
): string | Buffer<ArrayBuffer> | null {
  if (body === undefined || status === 204 || status === 304) return null
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
