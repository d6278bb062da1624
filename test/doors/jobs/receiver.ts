import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a receiver was sent. */
export interface Received {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** Names as they were written. */
  readonly rawHeaders: readonly string[]
  readonly body: string
}

/** An HTTP server on this machine that is called by webhooks. */
export async function openReceiver() {
  const received: Received[] = []
  const waiting = new Set<() => void>()
  /** By path; 200 unless set. */
  const answers = new Map<string, (response: ServerResponse) => void>()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { url: path = '', headers, rawHeaders } = request
      received.push({ path, headers, rawHeaders, body: Buffer.concat(chunks).toString() })
      for (const look of waiting) look()
      const answer = answers.get(path) ?? ((each: ServerResponse) => void each.end('ok'))
      answer(response)
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (!isAddressInfo(address)) throw new Error('a server that listens has an address')
  const { port } = address

  return {
    port,
    url: (path = '/') => `http://127.0.0.1:${port}${path}`,
    received,
    bodies: () => received.map(({ body }): unknown => JSON.parse(body)),
    answer: (path: string, how: number | ((response: ServerResponse) => void)) =>
      void answers.set(
        path,
        typeof how === 'function' ? how : (response) => void response.writeHead(how).end(),
      ),
    /** Resolves once so many have come. */
    count: (count: number) =>
      new Promise<void>((resolve) => {
        const look = (): void => {
          if (received.length < count) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function isAddressInfo(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null
}
