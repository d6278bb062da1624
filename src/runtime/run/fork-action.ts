import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { COUNT_BUFFERS_WITH_HEAP } from '../../base/buffer-limit.ts'
import { LARGEST_SENT_BYTES } from '../../base/nearby-service.ts'
import { HAS_SESSIONS } from '../../programs/process-session.ts'
import type { ChannelListener } from '../../tasks/channel.ts'
import { type Child, startChild } from '../../tasks/child.ts'
import { type ActionProcessOptions, processEnvironment } from './action-environment.ts'
import { type DeployedAction, openPlace, type SandboxPlace } from './action-sandbox.ts'
import type { Action } from './action.ts'
import { LONGEST_LETTER_BYTES } from './protocol.ts'

/**
 * The share of its memory that a process fills before V8 begins to collect garbage. On its own it begins as soon as an
 * action holds a picture of some megabytes, and then anew with every one: a third of the time of its download.
 */
const HEAP_SHARE = 1 / 8

/** The process of an action, and the channel to it. */
export interface ActionChild extends Child {
  /** What it has of the machine, where it is in a sandbox, whose program is the process then. */
  readonly place: SandboxPlace | undefined
}

/**
 * Starts Node with the runner of actions, which loads this one; one that was deployed in its sandbox, if there are such.
 *
 * @param mark - of {@link newMark}
 * @param listener - is told what the runner says, and whatever else comes by its way
 * @throws {Error} for an environment that the system refuses, or when no folder can be made for it
 */
export function forkAction(
  action: Action,
  options: ActionProcessOptions,
  mark: string,
  listener: ChannelListener,
): ActionChild {
  const { deployed } = action
  const environment = processEnvironment(action, options, mark)
  const { sandbox } = options
  // Whose code is gone cannot be started, and is told so.
  const isHeld = sandbox !== undefined && isDeployed(action) && existsSync(action.file)
  const place = isHeld ? openPlace(sandbox, action, environment) : undefined
  const child = startChild(
    {
      module: new URL('./runner.ts', import.meta.url),
      args: deployed === undefined ? [action.file] : [action.file, deployed.handler],
      flags: [
        `--max-old-space-size=${action.limits.memorySize}`,
        `--initial-heap-size=${Math.floor(action.limits.memorySize * HEAP_SHARE)}`,
        COUNT_BUFFERS_WITH_HEAP,
        '--disable-warning=ExperimentalWarning',
        ...(deployed === undefined ? [] : [`--import=${isolatedIn(action.file)}`]),
        ...(options.tellsModules === true && deployed === undefined ? [NOTES_MODULES] : []),
        ...inspectorFlags(action),
      ],
      environment: place?.environment ?? environment,
      startedBy: place?.startedBy,
      // Where Adobe I/O Runtime unpacks an action, it also runs it.
      folder: deployed === undefined ? (action.folder ?? options.directory) : action.file,
      leads: HAS_SESSIONS,
      stdout: 'pipe',
      stderr: 'pipe',
      limits: {
        json: LONGEST_LETTER_BYTES,
        bytes: deployed === undefined ? LARGEST_SENT_BYTES : 0,
      },
    },
    listener,
  )
  return { ...child, place }
}

function isDeployed(action: Action): action is DeployedAction {
  return action.deployed !== undefined
}

/** Has the process note the files that it loads, see {@link noteModules}. */
const NOTES_MODULES = `--import=${new URL('./note-modules.ts', import.meta.url).href}`

function inspectorFlags({ inspector }: Action): string[] {
  if (inspector === undefined) return []
  return [`--inspect${inspector.waits ? '-brk' : ''}=${inspector.address}`]
}

/** The URL of the module that keeps a process to the packages in a folder. */
function isolatedIn(folder: string): string {
  const module = new URL('./isolated.ts', import.meta.url)
  module.searchParams.set('folder', pathToFileURL(folder).href)
  return module.href
}
