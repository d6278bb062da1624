import type { Page } from 'playwright-core'

/** How long is waited for pictures that have begun to come, in milliseconds. */
const PICTURES_MS = 10_000

/** A page that grows under the eyes of whoever scrolls has no end; one that is long from the start has. */
const MOST_STEPS = 500

/**
 * Whether anything of a page may hear of its being scrolled: a script, also one in a handler, what is in a frame or a shadow tree,
 * or what is left out as long as it is out of sight (`content-visibility`). Most documents have nothing of the kind, and going
 * through them would take two frames for each screen.
 */
const HEARS_SCROLLING = `() =>
  [...document.querySelectorAll('*')].some((each) =>
    each.matches('script, iframe, frame, object, embed') ||
    each.shadowRoot !== null ||
    each.getAttributeNames().some((name) => name.startsWith('on')) ||
    getComputedStyle(each).contentVisibility === 'auto')`

/**
 * Has a page show what it shows only to those who scroll: goes through it from its top to its end, and waits for its pictures. What
 * grows meanwhile is followed as far as the picture can show it.
 *
 * @param mostHeight - how far, in the page's own pixels
 */
export async function settle(page: Page, mostHeight: number): Promise<void> {
  const script = `(async () => {
    const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
    const frame = () => Promise.race([new Promise(requestAnimationFrame), pause(100)])
    const hastenLazy = () => {
      for (const each of document.querySelectorAll('[loading=lazy]')) each.loading = 'eager'
    }
    const scrollThrough = async () => {
      const most = Math.max(${mostHeight}, document.documentElement.scrollHeight)
      const step = Math.max(innerHeight, 100)
      for (let at = 0, steps = 0; at < Math.min(document.documentElement.scrollHeight, most) && steps < ${MOST_STEPS}; at += step, steps += 1) {
        scrollTo(0, at)
        await pause(20)
        await frame()
      }
    }
    const isScrolled = (${HEARS_SCROLLING})()
    hastenLazy()
    if (isScrolled) {
      await scrollThrough()
      hastenLazy()
    }
    const coming = [...document.images].filter((each) => !each.complete)
    await Promise.race([
      Promise.all(coming.map((each) => new Promise((resolve) => {
        each.addEventListener('load', resolve)
        each.addEventListener('error', resolve)
      }))),
      pause(${PICTURES_MS}),
    ])
    await Promise.race([document.fonts.ready, pause(${PICTURES_MS})])
    if (isScrolled) scrollTo(0, 0)
    await frame()
  })()`
  await page.evaluate(script)
}
