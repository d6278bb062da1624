import { Hono } from 'hono'
import type { ListedAction } from './api.ts'
import type { Updates } from './update-channel.ts'

/** Between two looks at the actions, in milliseconds, while a page is open. */
const INTERVAL_MS = 1000

/**
 * `GET /actions`, and the same as an update every second while somebody looks.
 *
 * @param options.status - measures the memory of every process, which takes some milliseconds
 * @param options.stopping - ends the looking
 */
export function createActionListRoutes(options: {
  status: () => Promise<ListedAction[]>
  updates: Updates
  stopping: AbortSignal
}): Hono {
  const { status, updates, stopping } = options
  let looking = false

  async function look(): Promise<void> {
    if (looking || !updates.hasListeners()) return
    looking = true
    try {
      updates.publish({ about: 'actions', actions: await status() })
    } finally {
      looking = false
    }
  }

  const timer = setInterval(() => void look(), INTERVAL_MS)
  timer.unref()
  stopping.addEventListener('abort', () => clearInterval(timer))

  return new Hono().get('/actions', async (c) => c.json(await status()))
}
