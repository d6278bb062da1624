import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import * as z from 'zod/mini'
import { launchChromium } from './chromium.ts'
import { openDeveloperPage } from './developer-page.ts'
import type { ServiceProcess } from './service-process.ts'

const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

/** What a page waits for at most, such as a rendition on a machine that is busy; less than the tests themselves. */
const LONGEST_WAIT_MS = 120_000

const violationsSchema = z.array(
  z.object({ id: z.string(), help: z.string(), nodes: z.array(z.object({ html: z.string() })) }),
)

/** A browser for the tests of the enclosing `describe`, which are skipped where there is none. */
export function useBrowser(): {
  /**
   * Opens the developer page of a service, as its user would; what it writes to its console as an error, or throws, fails the
   * test at its end.
   *
   * @param service - its certificate need not be trusted
   */
  open: (
    service: Pick<ServiceProcess, 'origin' | 'home'>,
    options?: BrowserContextOptions,
  ) => Promise<Page>
  /** Lets the browser say that it was told 404 of addresses with this text: of what a test deletes under its eyes. */
  expectGone: (text: string) => void
  /** Lets the browser say that the service has refused what was asked of addresses with this text. */
  expectRefused: (text: string) => void
} {
  let browser: Browser | undefined
  let complaints: string[] = []
  let gone: string[] = []
  let refused: string[] = []

  before(async function () {
    browser = await launchChromium()
    if (browser === undefined) this.skip()
  })
  afterEach(async () => {
    await Promise.all((browser?.contexts() ?? []).map((context) => context.close()))
    const told = complaints
    complaints = []
    gone = []
    refused = []
    assert.deepEqual(told, [])
  })
  after(() => browser?.close())

  return {
    expectGone: (text) => void gone.push(text),
    expectRefused: (text) => void refused.push(text),
    async open({ origin, home }, options = {}) {
      assert.ok(browser !== undefined, 'the browser is there once the tests run')
      const context = await browser.newContext({
        ignoreHTTPSErrors: true,
        viewport: { width: 1280, height: 800 },
        permissions: ['clipboard-read', 'clipboard-write'],
        baseURL: origin,
        ...options,
      })
      context.setDefaultTimeout(LONGEST_WAIT_MS)
      const page = await context.newPage()
      page.on('console', (message) => {
        const { url } = message.location()
        if (message.text().includes('404') && gone.some((text) => url.includes(text))) return
        const isRefusal = /status of 4\d\d /.test(message.text())
        if (isRefusal && refused.some((text) => url.includes(text))) return
        if (message.type() === 'error') complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(error.message))
      await openDeveloperPage(page, home)
      return page
    },
  }
}

/** What axe-core finds wrong with the accessibility of a page as it is now: one line for each rule and element. */
export async function findBarriers(page: Page): Promise<string[]> {
  await endTransitions(page)
  // Not as an element, since the page's policy lets no script in but its own.
  await page.evaluate(AXE)
  const violations = violationsSchema.parse(
    await page.evaluate('axe.run(document).then(({ violations }) => violations)'),
  )
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html }) => `${id}: ${help}: ${html}`),
  )
}

/** Ends what is on its way from one colour to another, such as a button that can be pressed since a moment ago. */
async function endTransitions(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Animation.enable')
  await session.send('Animation.setPlaybackRate', { playbackRate: 1e6 })
  await page.evaluate(
    'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))',
  )
  await session.send('Animation.setPlaybackRate', { playbackRate: 1 })
  await session.detach()
}
