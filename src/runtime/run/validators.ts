import { ServiceError } from '../../base/errors.ts'
import { isRecord } from '../../base/json.ts'
import type { Authenticate } from '../../http/client.ts'
import { type BuiltInAction, NODE_KIND } from './action.ts'
import type { ActivationOutcome } from './activation-outcome.ts'
import { LIMITS } from './limits.ts'

/** The namespaces that Adobe has them in, for production and for staging. */
const OWNERS = ['adobeio', 'adobeio-stage']

/** Both check the same here; `aio app deploy` takes the second for an app that has a front end. */
const NAMES = ['shared-validators-v1/headless-v2', 'shared-validators-v1/app-registry']

/**
 * The actions of Adobe's that `aio` puts before an action annotated `require-adobe-auth` (aio-lib-runtime,
 * src/utils.js, rewriteActionsWithAdobeAuthAnnotation): they check token and organisation of the web call, and hand its
 * parameters on.
 *
 * @returns by their full name, such as `/adobeio/shared-validators-v1/headless-v2`
 */
export function createValidators(authenticate: Authenticate): ReadonlyMap<string, BuiltInAction> {
  async function run(params: Record<string, unknown>): Promise<ActivationOutcome> {
    try {
      await authenticate(readHeaders(params['__ow_headers']))
      return { status: 'success', result: params }
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      const { status: statusCode, message } = error
      return {
        status: 'application error',
        result: { error: { statusCode, body: { error: message } } },
      }
    }
  }
  return new Map(
    OWNERS.flatMap((owner) =>
      NAMES.map((name) => [`/${owner}/${name}`, { ...VALIDATOR, owner, name, run }]),
    ),
  )
}

const VALIDATOR = {
  version: '0.0.1',
  kind: NODE_KIND,
  web: 'no',
  requiresAdobeAuth: false,
  requiresWhiskAuth: false,
  customOptions: false,
  inputs: {},
  final: false,
  limits: {
    timeout: LIMITS.timeout.default,
    memorySize: LIMITS.memorySize.default,
    concurrency: LIMITS.concurrency.default,
  },
} as const

function readHeaders(given: unknown): Headers {
  const headers = isRecord(given) ? Object.entries(given) : []
  return new Headers(headers.map(([name, value]): [string, string] => [name, String(value)]))
}
