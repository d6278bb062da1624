import { TELLS_DESCENT } from '../../programs/process-session.ts'
import type { ActionSandbox } from './action-sandbox.ts'

const WHAT_ENDS = TELLS_DESCENT
  ? 'what they start ends with them, unless it leaves both their session and its parent without DARKROOM_PROCESS in its environment'
  : 'what they start ends with them while it stays in their group of processes, and its memory does not count: this system does not tell more'

/**
 * What whoever starts the service is told of how far actions are held here, in one line.
 *
 * @param sandbox - for deployed code, or why there is none
 */
export function describeConfinement(sandbox: ActionSandbox | string): string {
  return typeof sandbox === 'string'
    ? `actions run with your rights, deployed ones as well, since ${sandbox}; ${WHAT_ENDS}`
    : `deployed actions run in a sandbox of bubblewrap, and those of the project with your rights; ${WHAT_ENDS}`
}
