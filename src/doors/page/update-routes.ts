import { type Context, Hono } from 'hono'
import type { Updates } from './update-channel.ts'
import { createUpdateWriter, HEARTBEAT_MS, streamUpdates } from './update-stream.ts'

const HEADERS = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }

/**
 * `GET /updates`: server-sent events of what changes, until the page is closed or the service stops.
 *
 * @param mayStay - whether who asks is still signed in
 */
export function createUpdateRoutes(
  updates: Updates,
  stopping: AbortSignal,
  mayStay: (c: Context) => Promise<boolean>,
): Hono {
  const write = createUpdateWriter()
  return new Hono().get('/updates', (c) => {
    const stream = streamUpdates(updates, write, stopping, HEARTBEAT_MS, () => mayStay(c))
    return new Response(stream, { headers: HEADERS })
  })
}
