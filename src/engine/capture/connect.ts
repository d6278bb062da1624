import { type Browser, chromium } from 'playwright-core'
import { OperationError } from '../../base/operation-error.ts'
import { type BrowserProcess, startBrowser } from './browser-process.ts'
import { browserTransport } from './browser-transport.ts'
import type { CaptureTask } from './task.ts'

/** How long Chromium may take to start, in milliseconds. */
const LONGEST_START_MS = 30_000

/** What Chromium writes when its own sandbox does not work. */
const NO_SANDBOX = /no usable sandbox|setuid sandbox|namespace|running as root without/i

/**
 * Waits for a Chromium that has been started as a task says, and for its way to the proxy; where its own sandbox does not work
 * inside of another, one is started without.
 *
 * @throws {@link OperationError} browser_unusable
 */
export async function connectBrowser(task: CaptureTask, started: BrowserProcess): Promise<Browser> {
  const { inOtherSandbox, environment } = task
  try {
    return await connect(started)
  } catch (error) {
    const log = await started.end()
    if (inOtherSandbox === undefined || !NO_SANDBOX.test(log)) throw toError(error, log)
  }
  const other = startBrowser(inOtherSandbox, environment)
  try {
    return await connect(other)
  } catch (error) {
    throw toError(error, await other.end())
  }
}

async function connect(started: BrowserProcess): Promise<Browser> {
  const [browser] = await Promise.all([
    chromium.connectOverCDP(browserTransport(started), { timeout: LONGEST_START_MS }),
    started.ready,
  ])
  return browser
}

function toError(error: unknown, log: string): OperationError {
  const [, library] = /error while loading shared libraries: ([^\s:]+)/.exec(log) ?? []
  const problem =
    library === undefined
      ? NO_SANDBOX.test(log)
        ? 'its sandbox takes user namespaces, which this machine does not permit, and bubblewrap, which would do in its place, is not there or does not work either'
        : /EACCES|Permission denied/.test(log)
          ? 'it is run as the user nobody in place of root, who may not read it; bubblewrap would do without'
          : 'it does not start; the log of the action tells more'
      : `this system lacks the library ${library}`
  return new OperationError(
    'browser_unusable',
    { problem },
    { cause: new Error(log, { cause: error }) },
  )
}
