import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** Where Debian and others put it. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Starts the Chromium of this machine; undefined where there is none. */
export async function launchChromium(): Promise<Browser | undefined> {
  const executablePath = PLACES.find((place) => existsSync(place))
  if (executablePath === undefined) return undefined
  return chromium.launch({
    executablePath,
    // It may run as root, and containers have little shared memory.
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  })
}
