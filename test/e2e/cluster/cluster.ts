import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { openCertificates } from '../../../src/http/certificate-files.ts'
import { freePort } from '../../support/free-port.ts'
import { readConsole } from '../api-client.ts'
import { type ServiceProcess, startServiceProcess } from '../service-process.ts'
import { type Balancer, runBalancer } from './balancer.ts'

const FRONT_ENDS = 2
const API_HOSTS = 2

/** What programs read of a service's folder. */
const TOLD = ['console.json', 'integration.yaml', 'aio.env', 'jobs.env', 'scene7.env']

/** One process of several that do the same. */
export interface Member {
  readonly home: string
  readonly port: number
  /** The newest, which may have ended. */
  readonly process: () => ServiceProcess
  /** Ends it as a kill does. */
  readonly kill: () => Promise<void>
  /** Asks it to end; resolves with its exit code. */
  readonly stop: () => Promise<unknown>
  /** Starts it again where it was. */
  readonly start: () => Promise<void>
}

/** Several front ends behind one address, and what runs their actions behind another one. */
export interface Cluster {
  readonly origin: string
  readonly frontEnds: readonly Member[]
  /** None where actions run in the front ends. */
  readonly apiHosts: readonly Member[]
  readonly balancer: Balancer
  /** Asks all of them to end. */
  readonly close: () => Promise<void>
}

/**
 * Runs a cluster. What a client needs is in the folder afterwards, as a service would have it there.
 *
 * @param options.folder - where each has a folder of its own
 * @param options.environment - where the database and the objects are
 * @param options.args - those of `serve.ts`, for each front end
 * @param options.actionArgs - the same, for what runs their actions
 * @param options.hasPlatform - whether actions run on two OpenWhisk API hosts behind one address, and not in the front ends
 * @param options.frontEnd - what is different in the environment of one of them
 */
export async function startCluster(options: {
  folder: string
  port?: number
  environment: Readonly<Record<string, string>>
  args: readonly string[]
  actionArgs: readonly string[]
  hasPlatform: boolean
  frontEnds?: number
  frontEnd?: (index: number) => Readonly<Record<string, string>>
}): Promise<Cluster> {
  const { folder, environment, hasPlatform, frontEnds: count = FRONT_ENDS } = options
  mkdirSync(folder, { recursive: true })
  const certificates = await openCertificates(folder, Date.now())

  function makeHome(name: string): string {
    const home = path.join(folder, name)
    mkdirSync(home, { recursive: true })
    copyTold(['certificates.json', 'ca.pem'], { from: folder, to: home })
    return home
  }

  const balancer = await runBalancer({
    ...certificates,
    health: '/health/ready',
    ...(options.port !== undefined && { port: options.port }),
  })
  const apiHosts: Member[] = []
  let platform: Balancer | undefined
  if (hasPlatform) {
    platform = await runBalancer({
      ...certificates,
      health: '/health/ready',
      // What an activation has left is with the host that it ran on.
      isElsewhere: ({ method }, { statusCode }) => method !== 'PUT' && statusCode === 404,
    })
    const { NODE_EXTRA_CA_CERTS: authorities = '' } = environment
    for (let index = 0; index < API_HOSTS; index += 1) {
      const home = makeHome(`api-host-${index + 1}`)
      const [first] = apiHosts
      if (first !== undefined) copyTold(['credentials.json'], { from: first.home, to: home })
      apiHosts.push(
        await startMember(home, options.actionArgs, {
          NODE_EXTRA_CA_CERTS: authorities,
          // Theirs are in folders of their own.
          STORAGE_URL: '',
        }),
      )
    }
    platform.lead(apiHosts.map(({ port }) => port))
    await platform.allReady()
  }

  const elsewhere = platform === undefined ? {} : environmentOf(platform, apiHosts)
  const frontEnds = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      startMember(makeHome(`front-end-${index + 1}`), ['--trusting', ...options.args], {
        ...environment,
        ...elsewhere,
        ...(hasPlatform && { PUBLIC_URL: balancer.origin }),
        DARKROOM_URL: balancer.origin,
        ...options.frontEnd?.(index),
      }),
    ),
  )
  balancer.lead(frontEnds.map(({ port }) => port))
  await balancer.allReady()
  const [first] = frontEnds
  if (first !== undefined) copyTold(TOLD, { from: first.home, to: folder })

  return {
    origin: balancer.origin,
    frontEnds,
    apiHosts,
    balancer,
    async close() {
      await Promise.all(frontEnds.map(({ stop }) => stop()))
      await Promise.all(apiHosts.map(({ stop }) => stop()))
      await balancer.close()
      await platform?.close()
    },
  }
}

/** What has front ends run their actions there, those that are not deployed as well. */
function environmentOf({ origin }: Balancer, [host]: readonly Member[]): Record<string, string> {
  const { auth, name } = readConsole(host?.home ?? '').namespace
  return {
    AIO_RUNTIME_APIHOST: origin,
    AIO_RUNTIME_NAMESPACE: name,
    AIO_RUNTIME_AUTH: auth,
    LOCAL_RUNTIME_URL: origin.replace('//', `//${auth}@`),
  }
}

async function startMember(
  home: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Member> {
  const port = await freePort()
  const start = (): Promise<ServiceProcess> =>
    startServiceProcess({
      home,
      port,
      command: [process.execPath, 'test/e2e/serve.ts', ...args],
      environment,
    })
  let current = await start()
  return {
    home,
    port,
    process: () => current,
    async kill() {
      current.child.kill('SIGKILL')
      await current.exited
    },
    stop() {
      current.child.kill('SIGTERM')
      return current.exited
    },
    async start() {
      current = await start()
    },
  }
}

function copyTold(names: readonly string[], { from, to }: { from: string; to: string }): void {
  for (const name of names) {
    const file = path.join(from, name)
    if (existsSync(file)) copyFileSync(file, path.join(to, name))
  }
}
