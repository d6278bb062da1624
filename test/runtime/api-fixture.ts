import assert from 'node:assert/strict'
import type { Hono } from 'hono'
import { ServiceError } from '../../src/base/errors.ts'
import { isRecord } from '../../src/base/json.ts'
import type { Authenticate } from '../../src/http/client.ts'
import { createGuesses } from '../../src/http/guesses.ts'
import type { HttpEnv } from '../../src/http/root-app.ts'
import { createOpenWhiskApi } from '../../src/runtime/api/openwhisk-api.ts'
import type { Deployments } from '../../src/runtime/deploy/deployments.ts'
import type { Runtime } from '../../src/runtime/run/runtime.ts'
import { rootApp } from '../support/root-app.ts'
import { API_KEY, openHost } from './host-fixture.ts'

/** The REST API as the service mounts it. */
export function mountApi(
  host: Runtime,
  authenticate: Authenticate = refuse,
  deployments?: Deployments,
  isClosed = false,
): Hono<HttpEnv> {
  const api = createOpenWhiskApi({
    runtime: host,
    apiKey: API_KEY,
    authenticate,
    guesses: createGuesses(),
    isClosed,
    ...(deployments && { deployments }),
  })
  return rootApp().route('/api/v1', api)
}

/** A host and its REST API for the tests of the enclosing `describe`. */
export function useApi(manifest: string, authenticate?: Authenticate) {
  let opened: { host: Runtime; app: Hono<HttpEnv> } | undefined
  before(() => {
    const host = openHost(manifest)
    opened = { host, app: mountApi(host, authenticate) }
  })
  after(() => opened?.host.stop(0))
  return {
    api: () => {
      assert.ok(opened)
      return opened
    },
  }
}

/** The headers of somebody who holds the key of the namespace. */
export const AUTHORIZED = {
  authorization: `Basic ${Buffer.from(API_KEY).toString('base64')}`,
}

/** The JSON object that a response must be. */
export async function objectOf(response: Response): Promise<Record<string, unknown>> {
  const text = await response.text()
  const value: unknown = JSON.parse(text)
  assert.ok(isRecord(value), text)
  return value
}

async function refuse(): Promise<never> {
  throw new ServiceError('unauthenticated', 'Nobody may call this.')
}
