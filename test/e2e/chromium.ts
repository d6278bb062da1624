import { type Browser, chromium } from 'playwright-core'
import { findPrograms } from '../../src/programs/programs.ts'

/** Starts the Chromium of this machine; undefined where there is none. */
export async function launchChromium(): Promise<Browser | undefined> {
  const { chromium: executablePath } = findPrograms({ ...process.env, DARKROOM_CHROMIUM: '' })
  if (executablePath === undefined) return undefined
  return chromium.launch({
    executablePath,
    // It may run as root, and containers have little shared memory.
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  })
}
