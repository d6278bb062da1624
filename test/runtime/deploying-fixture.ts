import assert from 'node:assert/strict'
import type { Hono } from 'hono'
import { ServiceError } from '../../src/base/errors.ts'
import type { Authenticate } from '../../src/http/client.ts'
import type { HttpEnv } from '../../src/http/root-app.ts'
import { type Deployments, openDeployments } from '../../src/runtime/deploy/deployments.ts'
import type { Runtime } from '../../src/runtime/run/runtime.ts'
import { createValidators } from '../../src/runtime/run/validators.ts'
import { collectLog } from '../doors/asset-compute/gateway-fixture.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { type Parts, zip } from '../support/zip.ts'
import { AUTHORIZED, mountApi, objectOf } from './api-fixture.ts'
import { openHost } from './host-fixture.ts'

/** The namespace `space` with the actions of host.yml, and whatever is deployed to it. */
export interface Platform {
  host: Runtime
  deployments: Deployments
  app: Hono<HttpEnv>
}

/**
 * Opens the deployments in a folder and a host for them.
 *
 * @param options - of the host
 */
export async function openPlatform(
  directory: string,
  options: HostOptions = {},
): Promise<Platform> {
  const deployments = await openDeployments({ directory, namespace: 'space', now: Date.now })
  const host = openHost('host.yml', {
    deployed: deployments,
    builtIn: createValidators(onlyTheGood),
    ...options,
  })
  deployments.onRetired(host.retire)
  return { host, deployments, app: mountApi(host, onlyTheGood, deployments) }
}

/** What a host is opened with. */
type HostOptions = NonNullable<Parameters<typeof openHost>[1]>

/**
 * A {@link Platform} for the tests of the enclosing `describe`, with a package `pkg`.
 *
 * @param optionsIn - those of the host, given the folder that all of it is in
 */
export function usePlatform(optionsIn: (folder: string) => HostOptions = () => ({})) {
  let platform: Platform | undefined
  // Its processes write into the folder, so they go first.
  after(() => platform?.host.stop(0))
  const folder = useTemporaryFolder()
  before(async () => {
    platform = await openPlatform(folder.pathTo('deployed'), optionsIn(folder.pathTo('')))
    await platform.deployments.putPackage('pkg', {}, false)
  })

  const current = () => {
    assert.ok(platform)
    return platform
  }
  const call = async (method: string, path: string, body?: unknown): Promise<Response> =>
    current().app.request(`/api/v1/namespaces/_/${path}`, {
      method,
      headers: AUTHORIZED,
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
  const put = (path: string, body: unknown = {}, query = '?overwrite=true') =>
    call('PUT', path + query, body)

  return {
    platform: current,
    folder,
    call,
    put,
    /** Deploys the action `pkg/NAME`. */
    deploy: async (
      name: string,
      exec: object,
      more: object = {},
    ): Promise<Record<string, unknown>> => {
      const response = await put(`actions/pkg/${name}`, { exec, ...more })
      assert.equal(response.status, 200, await response.clone().text())
      return objectOf(response)
    },
    /** The result of invoking an action. */
    invoke: async (name: string, params: object = {}): Promise<Record<string, unknown>> =>
      objectOf(await call('POST', `actions/${name}?blocking=true&result=true`, params)),
    web: async (path: string, init?: RequestInit): Promise<Response> =>
      current().app.request(`/api/v1/web/space/${path}`, init),
    /** Stops the host, and opens another one as a service does that is started again. */
    restart: async (): Promise<void> => {
      await current().host.stop(0)
      platform = await openPlatform(folder.pathTo('deployed'), optionsIn(folder.pathTo('')))
      await platform.deployments.sweep(collectLog())
    },
  }
}

/** The `exec` of an action whose code is a script. */
export function script(code: string, main?: string): object {
  return { kind: 'nodejs:22', code, ...(main !== undefined && { main }) }
}

/** The `exec` of an action whose code is a zip file. */
export function zipped(parts: Parts, main?: string): object {
  return script(zip(parts).toString('base64'), main)
}

/** The `exec` of a sequence. */
export function sequence(...components: string[]): object {
  return { kind: 'sequence', components }
}

/** Annotations as OpenWhisk writes them. */
export function annotations(values: Record<string, unknown>): { key: string; value: unknown }[] {
  return Object.entries(values).map(([key, value]) => ({ key, value }))
}

const onlyTheGood: Authenticate = async (headers) => {
  if (headers.get('authorization') !== 'Bearer good')
    throw new ServiceError('forbidden', 'Not you.')
  return { clientId: 'client', orgId: 'org', tokenId: 'token' }
}
