import type { Page } from 'playwright-core'

/** How long is waited for pictures that have begun to come, in milliseconds. */
const PICTURES_MS = 10_000

/** A page that grows under the eyes of whoever scrolls has no end; one that is long from the start has. */
const MOST_STEPS = 500

/**
 * Has a page show what it shows only to those who scroll: goes through it from its top to its end, and waits for its pictures. What
 * grows meanwhile is followed as far as the picture can show it.
 *
 * @param mostHeight - how far, in the page's own pixels
 */
export async function settle(page: Page, mostHeight: number): Promise<void> {
  const script = `(async () => {
    const most = Math.max(${mostHeight}, document.documentElement.scrollHeight)
    const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
    for (const each of document.querySelectorAll('[loading=lazy]')) each.loading = 'eager'
    const step = Math.max(innerHeight, 100)
    for (let at = 0, steps = 0; at < Math.min(document.documentElement.scrollHeight, most) && steps < ${MOST_STEPS}; at += step, steps += 1) {
      scrollTo(0, at)
      await pause(20)
      await Promise.race([new Promise(requestAnimationFrame), pause(100)])
    }
    for (const each of document.querySelectorAll('[loading=lazy]')) each.loading = 'eager'
    const coming = [...document.images].filter((each) => !each.complete)
    await Promise.race([
      Promise.all(coming.map((each) => new Promise((resolve) => {
        each.addEventListener('load', resolve)
        each.addEventListener('error', resolve)
      }))),
      pause(${PICTURES_MS}),
    ])
    await Promise.race([document.fonts.ready, pause(${PICTURES_MS})])
    scrollTo(0, 0)
    await Promise.race([new Promise(requestAnimationFrame), pause(100)])
  })()`
  await page.evaluate(script)
}
