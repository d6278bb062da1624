import path from 'node:path'
import { readSourceActions } from '../build/source-actions.ts'
import type { ResidentAction } from '../runtime/api/resident-action.ts'
import type { Action } from '../runtime/run/action.ts'

/** Where debuggers look for Node's inspector. */
export const INSPECTOR = '127.0.0.1:9229'

/** The time limit of what is debugged, in milliseconds: a day. */
export const DEBUGGING_MS = 24 * 60 * 60 * 1000

/** An action to debug. */
export interface Inspected {
  /** Its name without its package. */
  readonly name: string
  /** Whether it is not even loaded until a debugger is attached. */
  readonly waits: boolean
}

/** Whether an action has this name, without its package. */
export function isCalled(action: Pick<Action, 'name'>, name: string): boolean {
  return path.basename(action.name) === name
}

/** How a debugger gets to it. */
export function describeInspected({ name, waits }: Inspected): string {
  const how = 'chrome://inspect or an editor attaches there'
  return waits
    ? `${name} waits for a debugger at ${INSPECTOR} before its first line: ${how}`
    : `${name} waits for a debugger at ${INSPECTOR}: ${how}`
}

/** What a service runs from its source. */
export interface ServiceActions {
  /** Those that orders are for. */
  readonly own: readonly Action[]
  /** Those of the project that is served beside them. */
  readonly ofProject: readonly Action[]
}

/**
 * Reads the actions that a service runs, from their sources.
 *
 * @param options.manifest - the file that has its own
 * @param options.project - the file that has those of a project that is served beside them
 * @param options.variables - what `$NAME` stands for in their inputs
 * @param options.alone - whether a process has one activation at a time
 * @param options.inspect - the action to debug
 * @throws {Error} one sentence when the manifest is wrong, or has no action to debug
 */
export function readServiceActions(options: {
  manifest: string
  project?: string
  variables: Readonly<Record<string, string | undefined>>
  alone?: boolean
  inspect?: Inspected | undefined
}): ServiceActions {
  const { project, inspect } = options
  const read = (manifest: string): readonly Action[] => {
    const listed = readSourceActions(manifest, options.variables)
    return options.alone === true ? listed.map(withoutConcurrency) : listed
  }
  const own = read(options.manifest)
  const ofProject =
    project === undefined
      ? []
      : read(project).map((action) => ({ ...action, folder: path.dirname(path.resolve(project)) }))
  if (inspect === undefined) return { own, ofProject }
  return ofProject.some((action) => isCalled(action, inspect.name))
    ? { own, ofProject: underInspector(ofProject, inspect) }
    : { own: underInspector(own, inspect), ofProject }
}

function withoutConcurrency(action: Action): Action {
  return { ...action, limits: { ...action.limits, concurrency: 1 } }
}

/** Has the actions of this name debugged; whoever stops at a line there is not to be ended by a time limit. */
function underInspector(actions: readonly Action[], { name, waits }: Inspected): readonly Action[] {
  if (!actions.some((action) => isCalled(action, name))) {
    const names = actions.map((action) => path.basename(action.name))
    throw new Error(
      `There is no action ${JSON.stringify(name)} to inspect, only ${names.join(', ')}.`,
    )
  }
  return actions.map((action) =>
    isCalled(action, name)
      ? {
          ...action,
          inspector: { address: INSPECTOR, waits },
          limits: { ...action.limits, timeout: DEBUGGING_MS },
        }
      : action,
  )
}

/**
 * The action of this name that lives in the service.
 *
 * @throws {Error} one sentence when the service has none
 */
export function residentAction(
  name: string,
  actions: Readonly<Record<string, ResidentAction>>,
): ResidentAction {
  const found = actions[name]
  if (found !== undefined) return found
  throw new Error(
    `manifest.yml has a resident action ${name}, but the service has only ${Object.keys(actions).join(', ')}.`,
  )
}
