import { Agent, request } from 'node:https'

/** Connections of a measuring client; as many as a busy AEM would keep open. */
const CONNECTIONS = 32

/** A client that keeps a fixed number of connections, so that what is measured is not the making of new ones. */
export function createHttpsClient() {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  return {
    /** Sends a GET; resolves with the status once the answer was read. */
    get: (url: string) =>
      new Promise<number>((resolve, reject) => {
        const sent = request(url, { agent }, (response) => {
          response.on('error', reject)
          response.resume().on('end', () => resolve(response.statusCode ?? 0))
        })
        sent.on('error', reject).end()
      }),
    /** Sends a POST; resolves with the status once the answer was read. */
    post: (url: string, headers: Record<string, string>, body: string) =>
      new Promise<number>((resolve, reject) => {
        const length = String(Buffer.byteLength(body))
        const sent = request(
          url,
          {
            method: 'POST',
            agent,
            headers: { ...headers, 'content-type': 'application/json', 'content-length': length },
          },
          (response) => {
            response.on('error', reject)
            response.resume().on('end', () => resolve(response.statusCode ?? 0))
          },
        )
        sent.on('error', reject)
        sent.end(body)
      }),
    close: () => agent.destroy(),
  }
}
