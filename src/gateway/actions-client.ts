import * as z from 'zod/mini'
import { HttpError } from '../contract/errors.ts'

/** How an activation ended, as far as the gateway cares. */
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
   * @throws {HttpError} with the status that OpenWhisk answered, and its `Retry-After`
   */
  invoke: (action: string, params: object) => Promise<string>
  /**
   * Calls a custom worker's web action, which starts itself and answers with the id of that activation.
   *
   * @param headers - the caller's identity, as Adobe's service sends it
   * @throws {HttpError} as {@link ActionsClient.invoke}
   */
  callWorker: (url: string, params: object, headers: Record<string, string>) => Promise<string>
  /** The activation if it has ended; undefined when it is under way, or not one of this namespace. */
  ended: (activationId: string) => Promise<EndedActivation | undefined>
}

const LONGEST_CALL_MS = 60_000
const LONGEST_ANSWER_CHARACTERS = 1024 * 1024

const startedSchema = z.object({ activationId: z.string() })
const activationSchema = z.object({
  activationId: z.string(),
  response: z.object({ result: z.unknown() }),
})

/**
 * A client of OpenWhisk's REST API.
 *
 * @param options.fetch - reaches the REST API
 * @param options.apiKey - `user:password` of the namespace
 */
export function createActionsClient(options: {
  fetch: (path: string, init: RequestInit) => Promise<Response>
  apiKey: string
  /** Aborts when the service stops, and with it the calls that wait for an answer from elsewhere. */
  stopping: AbortSignal
}): ActionsClient {
  const headers = {
    authorization: `Basic ${Buffer.from(options.apiKey).toString('base64')}`,
    'content-type': 'application/json',
  }

  return {
    async invoke(action, params) {
      const response = await options.fetch(`/api/v1/namespaces/_/actions/${action}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(params),
      })
      return readStarted(response, `the action ${action}`)
    },

    async callWorker(url, params, identity) {
      const shown = url.replace(/\?.*$/, '')
      const response = await fetch(url, {
        method: 'POST',
        headers: { ...identity, 'content-type': 'application/json' },
        body: JSON.stringify(params),
        // A worker's URL comes from the client: it gets this one call, and leads nowhere else.
        redirect: 'manual',
        signal: AbortSignal.any([options.stopping, AbortSignal.timeout(LONGEST_CALL_MS)]),
      }).catch((error: unknown) => {
        throw new HttpError(502, `The worker ${shown} cannot be reached: ${whyOf(error)}.`, {
          cause: error,
        })
      })
      return readStarted(response, `the worker ${shown}`)
    },

    async ended(activationId) {
      const response = await options.fetch(`/api/v1/namespaces/_/activations/${activationId}`, {
        headers,
      })
      if (!response.ok) return undefined
      const { success, data } = z.safeParse(activationSchema, await response.json())
      return success ? { activationId: data.activationId, result: data.response.result } : undefined
    },
  }
}

async function readStarted(response: Response, what: string): Promise<string> {
  const text = (await response.text()).slice(0, LONGEST_ANSWER_CHARACTERS)
  const retryAfter = response.headers.get('retry-after')
  if (!response.ok) {
    throw new HttpError(
      response.status,
      `Asked to start, ${what} answered with status ${response.status}: ${messageOf(text)}`,
      retryAfter === null ? {} : { headers: { 'Retry-After': retryAfter } },
    )
  }
  const { success, data } = z.safeParse(startedSchema, parseJson(text))
  if (success) return data.activationId
  throw new HttpError(502, `Asked to start, ${what} answered without an activationId.`)
}

function messageOf(text: string): string {
  const body = parseJson(text)
  if (typeof body !== 'object' || body === null) return text.slice(0, 200) || 'nothing more.'
  const told: unknown = Reflect.get(body, 'message') ?? Reflect.get(body, 'error')
  return typeof told === 'string' ? told : JSON.stringify(body).slice(0, 200)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function whyOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error && error.cause.message !== ''
    ? error.cause.message
    : error.message
}
