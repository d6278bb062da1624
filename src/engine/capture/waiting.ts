import { setTimeout as pause } from 'node:timers/promises'
import type { Page, Request } from 'playwright-core'
import { OperationError } from '../../base/operation-error.ts'
import type { CaptureTask } from './task.ts'

/** How long a network has to be quiet that is called idle, in milliseconds. */
const QUIET_MS = 500

/** Between two looks, in milliseconds. */
const LOOK_MS = 25

/** Counts the requests of a page that are under way. */
export interface RequestCount {
  /** Resolves when no more than so many have been under way for half a second. */
  idle(most: number): Promise<void>
}

/** Begins to count; a page that is yet to open has none. */
export function countRequests(page: Page): RequestCount {
  const underWay = new Set<Request>()
  page.on('request', (request) => underWay.add(request))
  page.on('requestfinished', (request) => underWay.delete(request))
  page.on('requestfailed', (request) => underWay.delete(request))
  return {
    async idle(most) {
      let busy = performance.now()
      while (performance.now() - busy < QUIET_MS) {
        await pause(LOOK_MS)
        if (underWay.size > most) busy = performance.now()
      }
    },
  }
}

/**
 * Waits for what the options of a capture want to be there.
 *
 * @throws {@link OperationError} when it does not come
 */
export async function waitForWanted(
  page: Page,
  { options, limits }: CaptureTask,
  place: string,
): Promise<void> {
  const { waitForElement: selector, waitTime } = options
  if (selector !== undefined) await waitForElement(page, selector, limits.elementMs, place)
  if (waitTime !== undefined) await pause(waitTime)
}

async function waitForElement(
  page: Page,
  selector: string,
  longestMs: number,
  place: string,
): Promise<void> {
  const script = `(() => {
    try { document.createDocumentFragment().querySelector(${JSON.stringify(selector)}) } catch { return false }
    return true
  })()`
  if ((await page.evaluate(script)) === false) {
    throw new OperationError('page_selector_invalid', { selector })
  }
  try {
    await page.locator(`css=${selector}`).first().waitFor({ state: 'attached', timeout: longestMs })
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'TimeoutError') throw error
    const seconds = longestMs / 1000
    throw new OperationError('page_element_missing', { place, selector, seconds })
  }
}
