import * as z from 'zod/mini'
import { ServiceError } from '../base/errors.ts'
import { parseJson } from '../base/json.ts'
import {
  type ActionsClient,
  createActionsClient,
  readText,
  toRefusal,
  whyOf,
} from './actions-client.ts'

/** An OpenWhisk elsewhere that activations run on, such as a namespace of Adobe I/O Runtime. */
export interface Platform extends ActionsClient {
  /** What tells it apart, for people as well: its namespace and its address. */
  readonly name: string
  /** Whether what makes an order runs there: an action by its name, or a worker by its URL. */
  readonly runs: (worker: string) => boolean
  /** How long after its start an activation may still come to its end, in milliseconds. */
  readonly longestMs: (worker: string) => number
}

/** Where a platform is, and who may use it. */
export interface PlatformAccess {
  /** What the paths of its REST API begin with, such as `https://adobeioruntime.net`. */
  readonly apiHost: string
  /** Undefined for that of the key. */
  readonly namespace: string | undefined
  /** `user:password` of the namespace. */
  readonly apiKey: string
  /** The variable that has the key, for who has to put it right. */
  readonly keyName: string
}

/** What OpenWhisk takes as the parameters of an activation, those of the action included, in bytes. */
export const LARGEST_PARAMS_BYTES: number = 1024 * 1024

/** How long an answer of the platform may take, in milliseconds. */
const LONGEST_ANSWER_MS = 60_000

/** How long it is taken for granted what an action is; who deploys it anew with other limits sees them hold by then. */
const KNOWN_MS = 5 * 60 * 1000

/** How long an activation may wait for its turn on the platform, and its record for being kept; beyond its time limit, in milliseconds. */
const LONGEST_DELAY_MS = 5 * 60 * 1000

/** The time limit of an action of which nothing is known, in milliseconds. */
const USUAL_TIMEOUT_MS = 10 * 60 * 1000

/** What `aio` puts before an action that wants an Adobe access token; only a web call gets through it. */
const VALIDATOR = /^\/adobeio\/shared-validators-v\d+\//

const actionSchema = z.object({
  exec: z.optional(z.object({ components: z.optional(z.array(z.string())) })),
  limits: z.optional(z.object({ timeout: z.optional(z.number()) })),
  annotations: z.optional(z.array(z.object({ key: z.string(), value: z.optional(z.unknown()) }))),
})

/** What is known of an action that is deployed. */
interface Known {
  /** By which it is invoked: that behind its validator, where it has one. */
  readonly name: string
  readonly timeoutMs: number | undefined
  /** Whether whoever has signed in may call it by its URL. */
  readonly isCallable: boolean
}

/** Who asks, as an activation of the SDK is told. */
const tokenSchema = z.object({ client_id: z.optional(z.string()) })

/**
 * A client of an OpenWhisk elsewhere.
 *
 * What it throws says with its status whether the platform is to blame and will do better: 429 when it takes no more for now, 502 when it
 * does not answer.
 *
 * @param options.runsAction - which of the actions are its own, by package and name
 * @param options.timeoutOf - the time limit of an action as this project has it, in milliseconds
 * @param options.bind - adds to the parameters what this service alone can know
 * @param options.stopping - aborts when the service stops, and with it what waits for an answer
 * @param options.elapsed - a clock that nobody sets, in milliseconds; that of the process unless given
 */
export function createPlatform(options: {
  access: PlatformAccess
  runsAction: (action: string) => boolean
  timeoutOf: (action: string) => number | undefined
  bind: (params: Record<string, unknown>) => Record<string, unknown>
  stopping: AbortSignal
  elapsed?: () => number
}): Platform {
  const { access, timeoutOf, stopping, elapsed = () => performance.now() } = options
  const { apiHost, apiKey, namespace } = access
  const name = nameOf(access)
  const known = new Map<string, { readonly at: number; readonly action: Known }>()
  const client = createActionsClient({ fetch: ask, apiKey, stopping })

  async function ask(path: string, init: RequestInit): Promise<Response> {
    if (typeof init.body === 'string' && Buffer.byteLength(init.body) > LARGEST_PARAMS_BYTES) {
      throw tooLarge(name)
    }
    try {
      return await fetch(`${apiHost}${path}`, {
        ...init,
        // Its key is for nobody else.
        redirect: 'manual',
        signal: AbortSignal.any([stopping, AbortSignal.timeout(LONGEST_ANSWER_MS)]),
      })
    } catch (error) {
      throw new ServiceError('bad_gateway', `${sentence(name)} does not answer: ${whyOf(error)}.`, {
        cause: error,
      })
    }
  }

  /** What is deployed under a name; undefined for nothing. */
  async function read(action: string): Promise<z.infer<typeof actionSchema> | undefined> {
    const path = `/api/v1/namespaces/_/actions/${action}?code=false`
    const response = await ask(path, { headers: { authorization: basic(apiKey) } })
    const text = await readText(response)
    if (response.status === 404) return undefined
    if (!response.ok) throw explain(toRefusal(response, text, sentence(name)), action)
    const { success, data } = z.safeParse(actionSchema, parseJson(text))
    return success ? data : {}
  }

  async function find(action: string): Promise<Known | undefined> {
    const kept = known.get(action)
    if (kept !== undefined && elapsed() - kept.at < KNOWN_MS) return kept.action
    const entity = await read(action)
    if (entity === undefined) return undefined
    const { components } = entity.exec ?? {}
    const behind = VALIDATOR.test(components?.[0] ?? '') ? components?.at(-1) : undefined
    const inner = behind?.replace(/^\/[^/]+\//, '')
    const { limits } = (inner === undefined ? entity : await read(inner)) ?? {}
    const found = {
      name: inner ?? action,
      timeoutMs: components === undefined || inner !== undefined ? limits?.timeout : undefined,
      isCallable: isCallable(entity.annotations ?? []),
    }
    known.set(action, { at: elapsed(), action: found })
    return found
  }

  async function start(action: string, params: object): Promise<string> {
    const found = await find(action)
    try {
      return await client.invoke(found?.name ?? action, options.bind({ ...params }))
    } catch (error) {
      throw explain(error, action)
    }
  }

  /** Says what the platform refuses in words that lead to what would be right. */
  function explain(error: unknown, action: string): unknown {
    if (!(error instanceof ServiceError)) return error
    const { status, headers, message } = error
    const told = { status, headers, cause: error }
    if (status === 401 || status === 403) {
      return new ServiceError('forbidden', `${access.keyName} is not the key of ${name}.`, told)
    }
    if (status === 404) {
      known.delete(action)
      return notDeployed(action)
    }
    if (status === 413) return tooLarge(name)
    if (status === 429) {
      return new ServiceError(
        'too_many_requests',
        `${sentence(name)} takes no more activations for now: ${message}`,
        told,
      )
    }
    return error
  }

  const notDeployed = (action: string): ServiceError =>
    new ServiceError(
      'not_found',
      namespace === undefined
        ? `${sentence(name)} has no action ${action}; it takes a Darkroom whose manifest.yml has it.`
        : `The action ${action} is not deployed in ${name}; aio app deploy puts it there.`,
    )

  /** The action that a URL of the platform calls. */
  function actionOf(given: string): string | undefined {
    const url = URL.parse(given)
    if (url === null || namespace === undefined) return undefined
    const own = new URL(apiHost)
    if (url.protocol !== own.protocol || url.search !== '') return undefined
    const hosts = [own.host, own.host.replace(/\badobeioruntime\.net$/, 'adobeio-static.net')]
    const [, inPath, action] =
      /^\/api\/v1\/web\/(?:([\w@.-]+)\/)??([\w@.-]+\/[\w@.-]+)$/.exec(url.pathname) ?? []
    if (action === undefined) return undefined
    const isOwn =
      inPath === undefined
        ? hosts.some((host) => url.host === `${namespace}.${host}`)
        : hosts.includes(url.host) && inPath === namespace
    return isOwn ? action.replace(/^default\//, '') : undefined
  }

  return {
    ...client,
    name,
    runs: (worker) =>
      URL.canParse(worker) ? actionOf(worker) !== undefined : options.runsAction(worker),
    longestMs(worker) {
      const action = actionOf(worker) ?? worker
      const timeoutMs = known.get(action)?.action.timeoutMs ?? timeoutOf(action) ?? USUAL_TIMEOUT_MS
      return timeoutMs + LONGEST_DELAY_MS
    },
    invoke: start,
    // Its own web call would invoke itself, and tell its events to nobody here: where they go the platform does not add.
    async callWorker(url, params, headers) {
      const action = actionOf(url)
      const found = action === undefined ? undefined : await find(action)
      if (action === undefined || found === undefined) throw notDeployed(action ?? url)
      if (!found.isCallable) {
        throw new ServiceError(
          'forbidden',
          `The action ${action} in ${name} is no web action, or wants a secret of its own; it cannot be called by its URL.`,
        )
      }
      return start(action, { ...params, ...identityOf(headers), customWorker: true })
    },
  }
}

/** How a platform is called in sentences. */
export function nameOf({
  apiHost,
  namespace,
}: Pick<PlatformAccess, 'apiHost' | 'namespace'>): string {
  const what = namespace === undefined ? 'the runtime' : `the namespace ${namespace}`
  return `${what} at ${apiHost}`
}

function sentence(name: string): string {
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`
}

function basic(apiKey: string): string {
  return `Basic ${Buffer.from(apiKey).toString('base64')}`
}

function tooLarge(name: string): ServiceError {
  return new ServiceError(
    'too_large',
    `What the request says is longer than the ${LARGEST_PARAMS_BYTES} bytes that ${name} takes; a source should be a URL rather than data:.`,
  )
}

/** A web action that asks for no secret of its own. */
function isCallable(
  annotations: NonNullable<z.infer<typeof actionSchema>['annotations']>,
): boolean {
  const valueOf = (name: string): unknown => annotations.findLast(({ key }) => key === name)?.value
  const secret = valueOf('require-whisk-auth')
  return valueOf('web-export') === true && (secret === undefined || secret === false)
}

/** What the SDK reads off the headers of a web call, as its `getParams` has it (`@adobe/asset-compute-sdk`, lib/webaction.js). */
function identityOf(headers: Readonly<Record<string, string>>): object {
  const accessToken = headers['authorization']?.replace(/^Bearer /, '') ?? ''
  const [, payload = ''] = accessToken.split('.')
  const { data } = z.safeParse(tokenSchema, parseJson(Buffer.from(payload, 'base64url').toString()))
  return {
    requestId: headers['x-request-id'],
    auth: {
      accessToken,
      clientId: data?.client_id,
      appName: headers['x-app-name'],
      orgId: headers['x-gw-ims-org-id'],
      orgName: headers['x-gw-ims-org-name'],
    },
  }
}
