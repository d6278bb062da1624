import assert from 'node:assert/strict'
import { presign, readJournal, register, sendProcess, signIn, trust, upload } from './api-client.ts'
import { type ServiceProcess, startServiceProcess, useHome } from './service-process.ts'

/** A running service, and a client of it that is registered. */
export interface RegisteredService {
  home: string
  /** The rest is there once the tests run. */
  service: () => ServiceProcess
  origin: () => string
  headers: () => Record<string, string>
  /** Sends `POST /process`. */
  send: (body: unknown) => Promise<Response>
  /** Sends a request that is accepted; resolves with its events, in the order of its renditions. */
  eventsOf: (body: {
    renditions: ({ name: string } & Record<string, unknown>)[]
    source: unknown
    userData?: object
  }) => Promise<unknown[]>
  /** A presigned URL. */
  presign: (key: string, permissions: 'r' | 'w' | 'rw') => Promise<string>
  /** Puts bytes into the storage; resolves with a URL to read and write them. */
  store: (key: string, bytes: Uint8Array<ArrayBuffer> | string) => Promise<string>
}

/**
 * Runs a service with the project's actions for the tests of the enclosing `describe`.
 *
 * @param options.environment - what is different in its environment from that of the tests, once it is to be started
 * @param options.assets - the folder whose files Image Serving shows, without which there is no Image Serving
 */
export function useRegisteredService(
  options: { environment?: () => Readonly<Record<string, string>>; assets?: string } = {},
): RegisteredService {
  const home = useHome()
  let running:
    | { service: ServiceProcess; headers: Record<string, string>; journal: string }
    | undefined
  let reported = 0

  before(async () => {
    const { environment, assets } = options
    const service = await startServiceProcess({
      home,
      ...(environment && { environment: environment() }),
      ...(assets !== undefined && { assets }),
    })
    trust(home)
    const headers = await signIn(service.origin, home)
    running = { service, headers, journal: await register(service.origin, headers) }
  })
  after(async () => {
    running?.service.child.kill('SIGTERM')
    assert.equal(await running?.service.exited, 0)
  })

  const current = () => running ?? assert.fail('the service is there once the tests run')
  const service = () => current().service
  const origin = () => service().origin
  const headers = () => current().headers
  const send = (body: unknown) => sendProcess(origin(), headers(), body)

  return {
    home,
    service,
    origin,
    headers,
    send,
    async eventsOf(body) {
      const response = await send(body)
      assert.equal(response.status, 200, await response.text())
      const { length } = body.renditions
      reported += length
      const entries = (await readJournal(current().journal, headers(), reported)).slice(-length)
      return body.renditions.map(({ name }) => {
        const entry = entries.find(({ event }) => Object(event['rendition']).name === name)
        return entry?.event
      })
    },
    presign: (key, permissions) => presign(origin(), headers(), key, permissions),
    store: (key, bytes) => upload(origin(), headers(), key, bytes),
  }
}
