import assert from 'node:assert/strict'
import { copyFileSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { openCertificates } from '../../src/http/certificate-files.ts'
import { freePort } from '../support/free-port.ts'
import { readConsole, register, sendProcess, signIn, trust } from './api-client.ts'
import { type ServiceProcess, startServiceProcess, useHome } from './service-process.ts'

/** A service whose activations run on another one, which stands for a platform; each is a process with a home of its own. */
export interface PlatformService {
  /** Of the platform. */
  readonly platformHome: string
  /** Of the service itself. */
  readonly home: string
  /** The rest is there once the tests run. */
  readonly platform: () => ServiceProcess
  readonly service: () => ServiceProcess
  readonly headers: () => Record<string, string>
  readonly journal: () => string
  /** Sends `POST /process`, which is accepted. */
  readonly process: (body: unknown) => Promise<void>
  /** Asks the platform's REST API, with the key of its namespace. */
  readonly ask: (path: string, init?: { method?: string; body?: unknown }) => Promise<Response>
  /** Ends the platform, or the service, as a kill does, and starts it again where it was. */
  readonly kill: (what: 'platform' | 'service') => Promise<void>
}

/**
 * Runs both for the tests of the enclosing `describe`.
 *
 * @param options.manifest - the actions of the platform, a file in test/actions; the project's own unless given
 * @param options.assets - the folder whose files Image Serving shows, without which there is no Image Serving
 * @param options.clock - how many times as fast it goes by which the service waits for results; 1 unless given
 * @param options.environment - what is different in the environment of the service, given the platform's address and key
 */
export function usePlatformService(options: {
  manifest?: string
  assets?: string
  clock?: number
  environment?: (origin: string, auth: string) => Readonly<Record<string, string>>
}): PlatformService {
  const { manifest, assets, clock, environment = aioEnvironment } = options
  const platformHome = useHome()
  const home = useHome()
  let running:
    | {
        platform: ServiceProcess
        service: ServiceProcess
        headers: Record<string, string>
        journal: string
      }
    | undefined
  const current = () => running ?? assert.fail('the services are there once the tests run')

  const startPlatform = (port?: number): Promise<ServiceProcess> =>
    startServiceProcess({
      home: platformHome,
      warm: ['dx-asset-compute-worker-1/worker'],
      ...(manifest !== undefined && { manifest }),
      ...(port !== undefined && { port }),
    })

  const startService = (
    port: number,
    platform: Pick<ServiceProcess, 'origin'> = current().platform,
  ): Promise<ServiceProcess> =>
    startServiceProcess({
      home,
      port,
      warm: [],
      ...(clock !== undefined && { clock }),
      ...(assets !== undefined && { assets }),
      environment: {
        // Another name than that which clients know.
        PUBLIC_URL: `https://127.0.0.1:${port}`,
        ...environment(platform.origin, readConsole(platformHome).namespace.auth),
      },
    })

  before(async function () {
    this.timeout(60_000)
    // What runs on the platform trusts its authority, and with it the service.
    await openCertificates(platformHome, Date.now())
    mkdirSync(home, { recursive: true })
    for (const name of ['certificates.json', 'ca.pem']) {
      copyFileSync(path.join(platformHome, name), path.join(home, name))
    }
    trust(home)
    const platform = await startPlatform()
    const service = await startService(await freePort(), platform)
    const headers = await signIn(service.origin, home)
    running = { platform, service, headers, journal: await register(service.origin, headers) }
  })

  return {
    platformHome,
    home,
    platform: () => current().platform,
    service: () => current().service,
    headers: () => current().headers,
    journal: () => current().journal,
    async process(body) {
      const response = await sendProcess(current().service.origin, current().headers, body)
      assert.equal(response.status, 200, await response.text())
    },
    ask(where, { method = 'GET', body } = {}) {
      const authorization = `Basic ${btoa(readConsole(platformHome).namespace.auth)}`
      return fetch(`${current().platform.origin}/api/v1/namespaces/_/${where}`, {
        method,
        headers: { authorization, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
    },
    async kill(what) {
      const { child, exited, origin } = current()[what]
      child.kill('SIGKILL')
      await exited
      const port = Number(new URL(origin).port)
      current()[what] = await (what === 'platform' ? startPlatform(port) : startService(port))
    },
  }
}

function aioEnvironment(origin: string, auth: string): Record<string, string> {
  return {
    AIO_RUNTIME_APIHOST: origin,
    AIO_RUNTIME_NAMESPACE: 'darkroom',
    AIO_RUNTIME_AUTH: auth,
  }
}
