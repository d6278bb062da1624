import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Update } from './api.ts'
import type { Updates } from './updates.ts'

/** Between two signs of life, in milliseconds: what is between browser and service must not take the silence for an end. */
const HEARTBEAT_MS = 15_000

/** `GET /updates`: server-sent events of what changes, until the page is closed or the service stops. */
export function createUpdateRoutes(updates: Updates, stopping: AbortSignal): Hono {
  return new Hono().get('/updates', (c) =>
    streamSSE(c, async (stream) => {
      const ended = Promise.withResolvers<void>()
      const send = (update: Update): void => {
        void stream.writeSSE({ event: 'update', data: JSON.stringify(update) })
      }
      const unsubscribe = updates.subscribe(send)
      const heartbeat = setInterval(() => void stream.write(': \n\n'), HEARTBEAT_MS)
      stream.onAbort(ended.resolve)
      stopping.addEventListener('abort', () => ended.resolve())
      // The browser counts as connected with the first byte.
      await stream.write(': \n\n')
      await ended.promise
      clearInterval(heartbeat)
      unsubscribe()
    }),
  )
}
