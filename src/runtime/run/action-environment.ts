import type { ActionSandbox } from './action-sandbox.ts'
import type { Action } from './action.ts'
import { newActivationId } from './activation.ts'
import type { Nearby } from './nearby-answers.ts'
import type { PrintedLine } from './printed-lines.ts'
import { markedEnvironment } from './process-mark.ts'
import type { ProcessRecord } from './process-record.ts'
import type { LoadReport } from './protocol.ts'

/** What the processes of the actions of a namespace are given. */
export interface ActionProcessOptions {
  namespace: string
  /** `user:password` of the namespace. */
  apiKey: string
  /** What every process has in `process.env`, besides its `__OW_*` variables. */
  environment: () => Record<string, string>
  /** Working directory of the actions that were not deployed. */
  directory: string
  now: () => number
  /** What deployed actions run in; nothing but a process unless given. */
  sandbox?: ActionSandbox | undefined
  /** Where its processes are noted while they live; unless given, they outlive a service that is killed. */
  record?: ProcessRecord
  /** What those of actions which were not deployed have of the service without a connection; nothing unless given. */
  nearby?: Nearby
  /** Whether they tell the files that actions which were not deployed are loaded from. */
  tellsModules?: boolean
  /** Is told each line that is printed, as it happens. */
  onPrint?: (line: PrintedLine) => void
  /** Is told when a process has loaded its action, or cannot. */
  onLoad?: (action: Action, load: LoadReport) => void
}

/** The whole environment of a process, as Adobe I/O Runtime has it, and its mark; nothing of this process leaks in. */
export function processEnvironment(
  action: Action,
  { namespace, apiKey, environment }: ActionProcessOptions,
  mark: string,
): Record<string, string> {
  return {
    ...environment(),
    ...(action.deployed && { NODE_COMPILE_CACHE: action.deployed.cache }),
    ...action.deployed?.environment,
    __OW_NAMESPACE: namespace,
    __OW_API_KEY: apiKey,
    __OW_ACTION_NAME: `/${namespace}/${action.name}`,
    __OW_ACTION_VERSION: action.version,
    __OW_ALLOW_CONCURRENT: String(action.limits.concurrency > 1),
    ...markedEnvironment(mark),
  }
}

/**
 * The variables that one activation adds to those of its process.
 *
 * @param deadline - when it will be ended, in milliseconds since 1970
 */
export function activationEnvironment(
  activationId: string,
  deadline: number,
): Record<string, string> {
  return {
    __OW_ACTIVATION_ID: activationId,
    __OW_TRANSACTION_ID: newActivationId(),
    __OW_DEADLINE: String(deadline),
  }
}
