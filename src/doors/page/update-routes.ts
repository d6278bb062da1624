import { Hono } from 'hono'
import type { Updates } from './update-channel.ts'
import { createUpdateWriter, streamUpdates } from './update-stream.ts'

const HEADERS = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }

/** `GET /updates`: server-sent events of what changes, until the page is closed or the service stops. */
export function createUpdateRoutes(updates: Updates, stopping: AbortSignal): Hono {
  const write = createUpdateWriter()
  return new Hono().get(
    '/updates',
    () => new Response(streamUpdates(updates, write, stopping), { headers: HEADERS }),
  )
}
