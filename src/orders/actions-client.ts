import * as z from 'zod/mini'
import { codeOfStatus, ServiceError } from '../base/errors.ts'
import { isRecord, parseJson } from '../base/json.ts'
import { currentSubject } from '../base/log.ts'

/** How an activation ended, as far as an order cares. */
export interface EndedActivation {
  activationId: string
  result: unknown
}

/** Starts actions, wherever they run. */
export interface ActionsClient {
  /**
   * Invokes an action of the namespace without waiting for its end.
   *
   * @returns the activation's id
   * @throws {ServiceError} with the status that OpenWhisk answered, and its `Retry-After`
   */
  invoke: (action: string, params: object) => Promise<string>
  /**
   * Calls a custom worker's web action, which starts itself and answers with the id of that activation.
   *
   * @param headers - the caller's identity, as Adobe's service sends it
   * @throws {ServiceError} as {@link ActionsClient.invoke}
   */
  callWorker: (url: string, params: object, headers: Record<string, string>) => Promise<string>
  /**
   * The activation if it has ended; undefined when it is under way, or not one of this namespace.
   *
   * @throws {ServiceError} as {@link ActionsClient.invoke}, when that is not told
   */
  ended: (activationId: string) => Promise<EndedActivation | undefined>
  /** Ends an activation that is under way, if it is one of this namespace and its runtime can do so. */
  cancel: (activationId: string) => Promise<void>
}

/** How long a custom worker may take to answer, in milliseconds: as long as OpenWhisk keeps a web call. */
const LONGEST_CALL_MS = 60_000
const LONGEST_ANSWER_CHARACTERS = 1024 * 1024
const LONGEST_QUOTE_CHARACTERS = 200

// What a worker elsewhere answers goes into a path, an event and the log.
const startedSchema = z.object({ activationId: z.string().check(z.regex(/^[\w-]{1,128}$/)) })
const responseSchema = z.object({ result: z.optional(z.unknown()) })

/**
 * A client of OpenWhisk's REST API.
 *
 * @param options.fetch - reaches the REST API
 * @param options.apiKey - `user:password` of the namespace
 * @param options.fetchWorker - reaches custom workers; `fetch` unless given
 * @param options.longestCallMs - how long a custom worker may take to answer, in milliseconds; a minute unless given
 */
export function createActionsClient(options: {
  fetch: (path: string, init: RequestInit) => Promise<Response>
  apiKey: string
  /** Aborts when the service stops, and with it the calls that wait for an answer from elsewhere. */
  stopping: AbortSignal
  fetchWorker?: ((url: string, init: RequestInit) => Promise<Response>) | undefined
  longestCallMs?: number | undefined
}): ActionsClient {
  const { stopping, fetchWorker = fetch, longestCallMs = LONGEST_CALL_MS } = options
  const headers = {
    authorization: `Basic ${Buffer.from(options.apiKey).toString('base64')}`,
    'content-type': 'application/json',
  }

  return {
    async invoke(action, params) {
      const { requestId } = currentSubject()
      const response = await options.fetch(`/api/v1/namespaces/_/actions/${action}`, {
        method: 'POST',
        headers: { ...headers, ...(requestId !== undefined && { 'x-request-id': requestId }) },
        body: JSON.stringify(params),
      })
      return toStarted(response, await readText(response), `the action ${action}`)
    },

    async callWorker(url, params, identity) {
      const { origin, pathname } = new URL(url)
      const worker = `the worker ${origin}${pathname}`
      let response: Response
      let text: string
      const tooLong = AbortSignal.timeout(longestCallMs)
      try {
        response = await fetchWorker(url, {
          method: 'POST',
          headers: { ...identity, 'content-type': 'application/json' },
          body: JSON.stringify(params),
          // A worker's URL comes from the client: it gets this one call, and leads nowhere else.
          redirect: 'manual',
          signal: AbortSignal.any([stopping, tooLong]),
        })
        text = await readText(response)
      } catch (error) {
        const how = tooLong.aborted
          ? ` within ${longestCallMs / 1000} seconds`
          : `: ${whyOf(error)}`
        const message = `Asked to start, ${worker} did not answer${how}.`
        throw new ServiceError('bad_gateway', message, { cause: error })
      }
      return toStarted(response, text, worker)
    },

    async ended(activationId) {
      // Not the whole record, which may have 10 MB of logs.
      const response = await options.fetch(`${activationPath(activationId)}/result`, { headers })
      if (response.status === 404) return undefined
      if (!response.ok) {
        throw toRefusal(
          response,
          await readText(response),
          `Asked for activation ${activationId}, OpenWhisk`,
        )
      }
      const { success, data } = z.safeParse(responseSchema, await response.json())
      return success ? { activationId, result: data.result } : undefined
    },

    async cancel(activationId) {
      const path = activationPath(activationId)
      const response = await options.fetch(path, { method: 'DELETE', headers })
      // It has ended, or runs where nobody can end it: OpenWhisk itself has no such route.
      if (response.ok || response.status === 404 || response.status === 405) return
      throw new ServiceError('bad_gateway', `The runtime answered with status ${response.status}.`)
    },
  }
}

function activationPath(activationId: string): string {
  return `/api/v1/namespaces/_/activations/${activationId}`
}

/** Reads an answer, and no more of it than an answer of this kind can be long. */
export async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length >= LONGEST_ANSWER_CHARACTERS) break
  }
  return text
}

function toStarted(response: Response, text: string, what: string): string {
  const { success, data } = z.safeParse(startedSchema, parseJson(text))
  // With 502 OpenWhisk tells of an activation that has begun, and come to no good end.
  if (success && (response.ok || response.status === 502)) return data.activationId
  if (!response.ok) throw toRefusal(response, text, `Asked to start, ${what}`)
  throw new ServiceError('bad_gateway', `Asked to start, ${what} answered without an activationId.`)
}

/** What an answer that is no success says, with its status and `Retry-After`. */
export function toRefusal({ status, headers }: Response, text: string, who: string): ServiceError {
  const retryAfter = headers.get('retry-after')
  return new ServiceError(
    codeOfStatus(status),
    `${who} answered with status ${status}: ${messageOf(text)}`,
    { status, ...(retryAfter !== null && { headers: { 'Retry-After': retryAfter } }) },
  )
}

function messageOf(text: string): string {
  const body = parseJson(text)
  const told = isRecord(body) ? (body['message'] ?? body['error']) : undefined
  const message = typeof told === 'string' ? told : text
  return message.slice(0, LONGEST_QUOTE_CHARACTERS) || 'nothing more.'
}

/** Why nobody answered. */
export function whyOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error && error.cause.message !== ''
    ? error.cause.message
    : error.message
}
