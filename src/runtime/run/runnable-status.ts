import { type ActionPool, measureMemory } from './action-pools.ts'
import type { ActionProcess } from './action-process.ts'
import type { Action, Runnable, Sequence } from './action.ts'

/** An action or a sequence, and what it does at this moment. */
export interface RunnableStatus {
  /** Package and name. */
  name: string
  version: string
  kind: string
  /** Whether it was deployed; where another action has its name, that one is listed, too. */
  deployed: boolean
  /** Whether it is of a project that is served beside the own actions; such a one goes before the own one of its name. */
  ofProject?: boolean
  /** Where it can be called below the root of OpenWhisk's REST API, such as `/web/NAMESPACE/PACKAGE/ACTION`. */
  webPath?: string
  limits: Action['limits']
  /** Activations that wait for a process. */
  queued: number
  /** None of a sequence. Those of an action that was replaced since are not listed, although they may end their work. */
  processes: ProcessStatus[]
}

/** A process of an action. */
export interface ProcessStatus {
  /** Undefined where it could not be started. */
  pid: number | undefined
  /** Activations that it has, also while it still loads the action. */
  running: number
  /** Bytes that are resident; undefined where that cannot be told. */
  memory: number | undefined
}

/**
 * Tells what the actions of a namespace do: those of the project and the own ones in their order, then
 * the deployed ones.
 *
 * @param options.find - the one that is reached by its name
 * @param options.pools - with the processes of the actions
 */
export async function readStatus(options: {
  namespace: string
  own: readonly Action[]
  ofProject: readonly Action[]
  find: (name: string) => Runnable | undefined
  deployed: readonly (Action | Sequence)[]
  pools: readonly ActionPool[]
}): Promise<RunnableStatus[]> {
  const { own, ofProject, deployed } = options
  const listed = [
    ...ofProject.map((action) => ({ action, isOfProject: true, isDeployed: false })),
    ...own.map((action) => ({ action, isOfProject: false, isDeployed: false })),
    ...deployed.map((action) => ({ action, isOfProject: false, isDeployed: true })),
  ].map(({ action, ...origin }) => {
    const pools = options.pools.filter((pool) => pool.action === action)
    const processes = pools.flatMap((pool) => pool.processes()).filter((process) => process.alive())
    return { action, ...origin, pools, processes }
  })
  const memory = await measureMemory(listed.flatMap(({ processes }) => processes))

  return listed.map(({ action, isOfProject, isDeployed, pools, processes }) => ({
    name: action.name,
    version: action.version,
    kind: action.kind,
    deployed: isDeployed,
    ...(isOfProject && { ofProject: true }),
    ...(action.web !== 'no' &&
      options.find(action.name) === action && { webPath: webPath(options.namespace, action) }),
    limits: action.limits,
    queued: pools.reduce((sum, pool) => sum + pool.queued(), 0),
    processes: processes.map((process) => toProcessStatus(process, memory.get(process))),
  }))
}

function toProcessStatus(process: ActionProcess, memory: number | undefined): ProcessStatus {
  return { pid: process.pid, running: process.running(), memory }
}

/** The path that reaches a web action, as `web-routes.ts` reads it. */
function webPath(namespace: string, { name }: Runnable): string {
  const inPackage = name.includes('/') ? name : `default/${name}`
  return `/web/${[namespace, ...inPackage.split('/')].map(encodeURIComponent).join('/')}`
}
