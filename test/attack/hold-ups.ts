import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import * as z from 'zod/mini'
import { openCredentials } from '../../src/identity/credentials.ts'
import { createIms } from '../../src/identity/ims.ts'
import { slowSvg } from '../support/slow-svg.ts'

/** What somebody can do that keeps a service busy. */
export interface HoldUp {
  readonly title: string
  /** The bodies of the requests that do it; they have a target each. */
  readonly requests: (means: HoldUpMeans) => Promise<readonly Request[]>
}

/** A request of `/process`, but for the target of its one rendition. */
export interface Request {
  readonly source: { readonly url: string }
  readonly rendition: Readonly<Record<string, unknown>>
}

/** What requests are made of. */
export interface HoldUpMeans {
  /** The origin of {@link openStranger}. */
  readonly stranger: string
  /** Puts a file into the storage; resolves with its URL. */
  readonly put: (name: string, content: string | Uint8Array<ArrayBuffer>) => Promise<string>
}

/** A host that keeps whoever asks waiting. */
export interface Stranger {
  readonly origin: string
  /** Resolves when so many have asked for what is below such a path. */
  readonly asked: (below: string, count: number) => Promise<void>
  readonly close: () => void
}

/** Between two bytes of a source that drips, in milliseconds. */
const DRIP_MS = 3000

const certificateSchema = z.object({ cert: z.string(), key: z.string() })

/**
 * Opens a host that keeps whoever asks waiting: `/drip` sends a byte every few seconds, `/mute` is a worker that begins and
 * never reports, and everything else is accepted and never answered.
 *
 * @param home - the state folder of a service whose certificate it uses
 */
export async function openStranger(home: string): Promise<Stranger> {
  const file = await readFile(path.join(home, 'certificates.json'), 'utf8')
  const { cert, key } = certificateSchema.parse(JSON.parse(file))
  const asked: string[] = []
  const waiting = new Set<() => void>()
  const server = createServer({ cert, key }, ({ url = '' }, response) => {
    asked.push(url)
    for (const look of waiting) look()
    if (url.startsWith('/mute')) {
      response.writeHead(202, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ activationId: '0123456789abcdef0123456789abcdef' }))
    } else if (url.startsWith('/drip')) {
      response.writeHead(200, { 'content-type': 'image/png', 'content-length': 1_000_000 })
      response.flushHeaders()
      const timer = setInterval(() => response.write('x'), DRIP_MS)
      response.on('close', () => clearInterval(timer))
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `https://localhost:${portOf(server)}`,
    async asked(below, count) {
      const { promise, resolve } = Promise.withResolvers<void>()
      const look = (): void => {
        if (asked.filter((url) => url.startsWith(below)).length >= count) resolve()
      }
      waiting.add(look)
      look()
      await promise
      waiting.delete(look)
    },
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

function portOf(server: Server): number {
  const address = server.address()
  if (!isAddress(address)) throw new Error('the server does not listen')
  return address.port
}

function isAddress(address: string | AddressInfo | null): address is AddressInfo {
  return typeof address === 'object' && address !== null
}

const png = { fmt: 'png', width: 300, height: 300 }

/** Everything that is known to have held others up. */
export const HOLD_UPS: readonly HoldUp[] = [
  {
    title: '2 sources that come a byte every 3 seconds',
    requests: async ({ stranger }) =>
      times(2, (n) => ({ source: { url: `${stranger}/drip/${n}.png` }, rendition: png })),
  },
  {
    title: '16 custom workers that accept and never answer',
    requests: async ({ stranger }) =>
      times(16, (n) => ({
        source: { url: `${stranger}/source.png` },
        rendition: { ...png, worker: `${stranger}/silent/${n}` },
      })),
  },
  {
    title: 'a custom worker that begins 40 times and never reports',
    requests: async ({ stranger }) =>
      times(40, () => ({
        source: { url: `${stranger}/source.png` },
        rendition: { ...png, worker: `${stranger}/mute` },
      })),
  },
  {
    title: '4 drawings of 24 kB that take librsvg minutes',
    async requests({ put }) {
      const url = await put('slow.svg', slowSvg(400))
      return times(4, () => ({ source: { url }, rendition: png }))
    },
  },
]

function times<Made>(count: number, make: (n: number) => Made): Made[] {
  return Array.from({ length: count }, (_, n) => make(n))
}

/** The headers of a client of the project that has an id of its own; it needs the state folder of the service, and no secret. */
export async function signInAs(clientId: string, home: string): Promise<Record<string, string>> {
  const credentials = await openCredentials(home)
  const { orgId } = credentials
  const { accessToken } = await createIms(credentials, Date.now).issue({ clientId, orgId })
  return {
    authorization: `Bearer ${accessToken}`,
    'x-gw-ims-org-id': orgId,
    'x-api-key': clientId,
  }
}
