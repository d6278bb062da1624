import { type Browser, chromium } from 'playwright-core'
import { OperationError } from '../../base/operation-error.ts'
import type { CommandLine } from './confinement.ts'
import type { CaptureTask } from './task.ts'

/** What Chromium writes when its own sandbox does not work. */
const NO_SANDBOX = /no usable sandbox|setuid sandbox|namespace|running as root without/i

/**
 * Starts Chromium as a task says.
 *
 * @throws {@link OperationError} browser_unusable
 */
export async function launch(task: CaptureTask): Promise<Browser> {
  const { browser, inOtherSandbox } = task
  try {
    return await start(task, browser)
  } catch (error) {
    if (inOtherSandbox === undefined || !NO_SANDBOX.test(String(error))) throw toError(error)
  }
  try {
    return await start(task, inOtherSandbox)
  } catch (error) {
    throw toError(error)
  }
}

function start(
  { environment, proxy }: CaptureTask,
  { command, args }: CommandLine,
): Promise<Browser> {
  return chromium.launch({
    executablePath: command,
    args: [...args],
    // Nothing that the library would have it do is wanted unseen.
    ignoreDefaultArgs: true,
    env: { ...environment },
    proxy,
    timeout: 30_000,
  })
}

function toError(error: unknown): OperationError {
  const log = String(error)
  const [, library] = /error while loading shared libraries: ([^\s:]+)/.exec(log) ?? []
  const problem =
    library === undefined
      ? NO_SANDBOX.test(log)
        ? 'its sandbox takes user namespaces, which this machine does not permit, and bubblewrap, which would do in its place, is not there or does not work either'
        : /EACCES|Permission denied/.test(log)
          ? 'it is run as the user nobody in place of root, who may not read it; bubblewrap would do without'
          : 'it does not start; the log of the action tells more'
      : `this system lacks the library ${library}`
  return new OperationError('browser_unusable', { problem }, { cause: error })
}
