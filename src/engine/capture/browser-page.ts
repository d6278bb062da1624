import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { CaptureOptions } from './capture-options.ts'
import type { CaptureTask } from './task.ts'
import { toViewport } from './viewport.ts'

/** Opens an empty page that nobody has been at, in a window of the size that is asked for. */
export async function openPage(
  browser: Browser,
  { options, proxy }: CaptureTask,
): Promise<{ context: BrowserContext; page: Page }> {
  const { width, height, scale } = toViewport(options)
  const isPicture = options.format !== 'pdf'
  const context = await browser.newContext({
    acceptDownloads: false,
    serviceWorkers: 'block',
    userAgent: userAgentOf(browser, options),
    viewport: { width, height },
    proxy,
    deviceScaleFactor: isPicture ? scale : 1,
  })
  const page = await context.newPage()
  // A page has one window.
  context.on('page', (other) => void other.close().catch(() => undefined))
  const { cssMediaType: media } = options
  if (media !== undefined) await page.emulateMedia({ media })
  return { context, page }
}

/** Servers turn away what calls itself headless. */
function userAgentOf(browser: Browser, { headers = {} }: CaptureOptions): string {
  const [, given] = Object.entries(headers).find(([name]) => /^user-agent$/i.test(name)) ?? []
  const version = browser.version().replace(/\..*/, '.0.0.0')
  return (
    given ??
    `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version} Safari/537.36`
  )
}
