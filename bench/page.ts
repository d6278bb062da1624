import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { launchChromium } from '../test/e2e/chromium.ts'
import { pageAddress } from '../test/e2e/developer-page.ts'
import { type ServiceProcess, startServiceProcess } from '../test/e2e/service-process.ts'
import { writeHistory } from '../test/e2e/written-history.ts'
import { type Finding, median, ms, time } from './measure.ts'

const ROUNDS = 5
const MOST_BYTES = 300_000
const MOST_MS = 1000

/** So many files the newest run is of. */
const SOURCES = 300

/** Until the first processes of the workers are there. */
const REST_MS = 4000

/** What came over the network for a page, with its headers. */
const RECEIVED = `performance.getEntries().reduce((sum, { transferSize = 0 }) => sum + transferSize, 0)`

/**
 * The developer page from its address to the whole first view, in a browser with nothing in its cache, against an empty page
 * of the same service; from a service that is at rest, and beside it from one that is still starting its workers.
 */
export async function measurePage(folder: string): Promise<Finding[]> {
  const browser = await launchChromium()
  if (browser === undefined) {
    console.error('There is no Chromium on this machine, so that the page is not measured.')
    return []
  }
  const busy: number[] = []
  const views: number[] = []
  const empty: number[] = []
  let bytes = 0
  try {
    // What it has to tell of what was run before is as much as that usually is at most.
    writeHistory(path.join(folder, 'page'), SOURCES)
    for (let round = 0; round < ROUNDS; round += 1) {
      const command = [process.execPath, 'src/cli/start.ts']
      const service = await startServiceProcess({ home: path.join(folder, 'page'), command })
      busy.push((await view(browser, service, FIRST_VIEW)).milliseconds)
      await sleep(REST_MS)
      empty.push((await view(browser, service, 'body', '/ims')).milliseconds)
      const first = await view(browser, service, FIRST_VIEW)
      bytes = first.bytes
      views.push(first.milliseconds)
      service.child.kill('SIGTERM')
      await service.exited
    }
  } finally {
    await browser.close()
  }
  const [first, starting, bare] = [median(views), median(busy), median(empty)]
  return [
    {
      what: `the developer page, first view (${ms(starting)} while the workers start)`,
      measured: ms(first),
      baseline: `${ms(bare)} an empty page`,
      distance: `${ms(first - bare)} over it`,
      goal: `under ${MOST_MS} ms`,
      reached: first < MOST_MS,
    },
    {
      what: 'the developer page, what is sent for its first view',
      measured: `${Math.round(bytes / 1000)} kB`,
      baseline: `${MOST_BYTES / 1000} kB`,
      distance: `${(bytes / MOST_BYTES).toFixed(2)} of it`,
      goal: `under ${MOST_BYTES / 1000} kB`,
      reached: bytes < MOST_BYTES,
    },
  ]
}

/** The last of the renditions of the profile that is chosen at first. */
const FIRST_VIEW = 'text=cq5dam.web.1280.1280.jpeg'

/** Loads a page without anything that an earlier one has left. */
async function view(
  browser: Browser,
  { origin, home }: ServiceProcess,
  complete: string,
  place = '/',
): Promise<{ milliseconds: number; bytes: number }> {
  const page = await browser.newPage({ ignoreHTTPSErrors: true })
  await page.context().request.get(pageAddress(home))
  const milliseconds = await time(async () => {
    await page.goto(`${origin}${place}`, { waitUntil: 'commit' })
    await page.waitForSelector(complete, { state: 'attached' })
  })
  const bytes = Number(await page.evaluate(RECEIVED))
  await page.close()
  return { milliseconds, bytes }
}
