import type { Updates } from '../update-channel.ts'
import type { InspectedAssets } from './inspected-images.ts'

/** How often is looked whether there is something to tell, in milliseconds. */
const INTERVAL_MS = 1000

/** Of a large folder less often, so that looking takes at most this part of the time. */
const SHARE = 1 / 20

/**
 * Tells every open page that assets have come, changed or gone; nothing is looked at as long as no page is open.
 *
 * @param options.stopping - ends it
 */
export function tellOfAssets({
  assets,
  updates,
  stopping,
  intervalMs = INTERVAL_MS,
}: {
  readonly assets: Pick<InspectedAssets, 'stamp'>
  readonly updates: Updates
  readonly stopping: AbortSignal
  readonly intervalMs?: number
}): void {
  let known: string | undefined
  let timer: NodeJS.Timeout | undefined

  async function look(): Promise<void> {
    const before = performance.now()
    if (updates.hasListeners()) {
      const stamp = await stampOf(assets)
      // Also at first: who has come since the last look may have asked before something changed.
      if (stamp !== known) updates.publish({ about: 'assets' })
      known = stamp
    } else {
      known = undefined
    }
    later(Math.max(intervalMs, (performance.now() - before) / SHARE))
  }

  function later(wait: number): void {
    if (stopping.aborted) return
    timer = setTimeout(() => void look(), wait)
    timer.unref()
  }

  later(intervalMs)
  stopping.addEventListener('abort', () => clearTimeout(timer))
}

/** A folder may be gone for a moment, or have become too large; whoever asks for its assets is told. */
async function stampOf(assets: Pick<InspectedAssets, 'stamp'>): Promise<string> {
  try {
    return await assets.stamp()
  } catch (error) {
    return String(error)
  }
}
