import { type BuiltInWorker, chooseBuiltInWorker } from './formats.ts'

/** The namespace of the local Adobe I/O Runtime. */
export const NAMESPACE = 'darkroom'

/** The package that `aio` puts the actions of Asset Compute workers into, as in a project's manifest.yml. */
export const WORKER_PACKAGE = 'dx-asset-compute-worker-1'

/** The name of an action of this project, with its package. */
export function builtInAction(worker: BuiltInWorker): string {
  return `${WORKER_PACKAGE}/${worker}`
}

/**
 * What a rendition has to name as its `worker`, so that an action makes it: the URL of the action, or undefined when it is
 * the one that makes such a rendition anyway.
 *
 * @param origin - that of the service
 * @param action - package and name
 */
export function workerUrl(
  origin: string,
  action: string,
  instructions: Readonly<Record<string, unknown>>,
): string | undefined {
  const { fmt } = instructions
  // A request needs one of both, `fmt` and `worker`.
  const asked = typeof fmt === 'string' ? builtInAction(chooseBuiltInWorker(instructions)) : ''
  return asked === action ? undefined : `${origin}/api/v1/web/${NAMESPACE}/${action}`
}
