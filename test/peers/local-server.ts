import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** What a server of the tests does with a request whose body it reads itself. */
export type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
) => Promise<void>

/** An HTTP server of this machine. */
export interface LocalServer {
  readonly port: number
  close(): void
}

/** Serves until it is closed; a handler that fails breaks its connection. */
export async function openLocalServer(handle: Handler): Promise<LocalServer> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
    handle(request, response, url).catch(() => request.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  return {
    port: address.port,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** Answers with JSON. */
export function answerJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

/** Answers with a file, or with the part of it that is asked for. */
export function answerFile(request: IncomingMessage, response: ServerResponse, data: Buffer): void {
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
  const range =
    from === 0 ? {} : { 'content-range': `bytes ${from}-${data.length - 1}/${data.length}` }
  const headers = { 'content-length': data.length - from, etag: '"1"', ...range }
  response.writeHead(from === 0 ? 200 : 206, headers)
  response.end(request.method === 'HEAD' ? undefined : data.subarray(from))
}
