import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { COUNT_BUFFERS_WITH_HEAP } from '../../base/buffer-limit.ts'
import type { Action } from './action.ts'
import { type ActionProcessOptions, processEnvironment } from './action-environment.ts'
import { HAS_GROUPS } from './process-group.ts'

const RUNNER = fileURLToPath(new URL('./runner.ts', import.meta.url))

/**
 * The share of its memory that a process fills before V8 begins to collect garbage. On its own it begins as soon as an
 * action holds a picture of some megabytes, and then anew with every one: a third of the time of its download.
 */
const HEAP_SHARE = 1 / 8

/**
 * Starts Node with the runner of actions, which loads this one.
 *
 * @throws {Error} for an environment that the system refuses
 */
export function forkAction(action: Action, options: ActionProcessOptions): ChildProcess {
  const { deployed } = action
  return fork(RUNNER, deployed === undefined ? [action.file] : [action.file, deployed.handler], {
    detached: HAS_GROUPS,
    // Where Adobe I/O Runtime unpacks an action, it also runs it.
    cwd: deployed === undefined ? options.directory : action.file,
    env: processEnvironment(action, options),
    execArgv: [
      `--max-old-space-size=${action.limits.memorySize}`,
      `--initial-heap-size=${Math.floor(action.limits.memorySize * HEAP_SHARE)}`,
      COUNT_BUFFERS_WITH_HEAP,
      '--disable-warning=ExperimentalWarning',
      ...(deployed === undefined ? [] : [`--import=${isolatedIn(action.file)}`]),
      ...(action.inspector === undefined ? [] : [`--inspect=${action.inspector}`]),
    ],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
}

/** The URL of the module that keeps a process to the packages in a folder. */
function isolatedIn(folder: string): string {
  const module = new URL('./isolated.ts', import.meta.url)
  module.searchParams.set('folder', pathToFileURL(folder).href)
  return module.href
}
