import { pathToFileURL } from 'node:url'
import * as z from 'zod/mini'
import { isRecord } from '../../base/json.ts'

/** Schema of what the processes have to know whose connections are led to the mock server. */
export const settingsSchema = z.object({
  /** The certificate authority of the mocked hosts, PEM. */
  ca: z.string(),
  /** See `MockServer.ports`. */
  ports: z.record(z.string(), z.number()),
})

/** See {@link settingsSchema}. */
export type Settings = z.infer<typeof settingsSchema>

/**
 * The `NODE_OPTIONS` with which a process is led to the mock server, and every process and thread that it starts.
 *
 * @param file - has {@link Settings} as JSON
 */
export function redirectingNodeOptions(file: string): string {
  const module = new URL('./redirect.ts', import.meta.url)
  module.searchParams.set('settings', pathToFileURL(file).href)
  return `--import=${module.href}`
}

/**
 * The arguments of `net.Socket.prototype.connect`, with the port of the mock server in place of that of a mocked host.
 *
 * @param args - `(options, listener)`, `(port, host, listener)`, or what Node.js has made of them: an array with both in
 *   one, which is changed in place, since it bears a mark
 */
export function redirectOptions(
  args: readonly unknown[],
  ports: Settings['ports'],
): readonly unknown[] {
  const [first, second, ...others] = args
  if (Array.isArray(first)) {
    first.splice(0, first.length, ...redirectOptions(first, ports))
    return args
  }
  if (isRecord(first)) {
    const port = portFor(first['host'], first['port'], ports)
    return port === undefined ? args : [{ ...first, host: '127.0.0.1', port }, second, ...others]
  }
  const port = portFor(second, first, ports)
  return port === undefined ? args : [port, '127.0.0.1', ...others]
}

function portFor(host: unknown, port: unknown, ports: Settings['ports']): number | undefined {
  const isName = typeof host === 'string' && (typeof port === 'string' || typeof port === 'number')
  return isName ? ports[`${host.toLowerCase().replace(/\.$/, '')}:${port}`] : undefined
}
