import { ServiceError } from '../../base/errors.ts'
import { refuseFullDisk } from '../../base/full-disk.ts'
import { createQueue } from '../../tasks/queue.ts'
import type { Action, Sequence } from '../run/action.ts'
import type { DeployedActions } from '../run/namespace-actions.ts'
import { loadCode } from './action-code.ts'
import { toRunnable } from './deployed-action.ts'
import type { ActionContent, ActionEntity, PackageContent, PackageEntity } from './entities.ts'
import { checkActionName, editAction, editPackage } from './entity-edits.ts'
import { type Entities, type EntityStore, openEntityStore } from './entity-store.ts'
import { saveExec } from './save-exec.ts'

/** The packages, actions and sequences that were deployed to the namespace. They outlive the service. */
export interface Deployments extends DeployedActions {
  packages: () => readonly PackageEntity[]
  actions: () => readonly ActionEntity[]
  /** @throws {ServiceError} 404 */
  package: (name: string) => PackageEntity
  /** @throws {ServiceError} 404 */
  action: (name: string) => ActionEntity
  /**
   * The code of an action as it was sent: a script, or a zip file in base64; undefined for a sequence.
   *
   * @throws {ServiceError} 404 when it is gone
   */
  code: (action: ActionEntity) => Promise<string | undefined>
  /**
   * Deploys a package. On return it is on disk, as after everything below.
   *
   * @param overwrite - whether it may be there already; what `content` leaves out then stays as it is
   * @throws {ServiceError} 400, 409, 413, 501
   */
  putPackage: (name: string, content: PackageContent, overwrite: boolean) => Promise<PackageEntity>
  /** @throws {ServiceError} 404, 409 for a package that is not empty */
  deletePackage: (name: string) => Promise<PackageEntity>
  /**
   * Deploys an action or a sequence, see {@link Deployments.putPackage}.
   *
   * @param name - of its package and its own, or its own alone
   * @throws {ServiceError} 400, 404 for a package that is not there, 409, 413
   */
  putAction: (name: string, content: ActionContent, overwrite: boolean) => Promise<ActionEntity>
  /** @throws {ServiceError} 404 */
  deleteAction: (name: string) => Promise<ActionEntity>
  /** Has `retire` end the processes of every action that is replaced or deleted from now on. */
  onRetired: (retire: (action: Action) => Promise<void>) => void
  /** See {@link EntityStore.sweep}; nobody else may use the folder then. */
  sweep: EntityStore['sweep']
}

/**
 * Opens the deployments of a namespace.
 *
 * @param options.directory - a folder of their own
 * @throws {Error} when what is there is damaged
 */
export async function openDeployments(options: {
  directory: string
  namespace: string
  now: () => number
}): Promise<Deployments> {
  const { namespace, now } = options
  const store = await openEntityStore(options.directory)
  // One change after the other: each begins with what the one before has left.
  const changes = createQueue(1)
  const change = <T>(task: () => Promise<T>): Promise<T> => changes.run(0, task)
  const runnables = new Map<string, Action | Sequence>()
  let retire: (action: Action) => Promise<void> = nobodyRuns
  let retired = Promise.resolve()

  function findPackage(name: string): PackageEntity {
    const found = store.current().packages.get(name)
    if (found !== undefined) return found
    throw new ServiceError(
      'not_found',
      `The namespace "${namespace}" has no deployed package "${name}".`,
    )
  }

  function findAction(name: string): ActionEntity {
    const found = store.current().actions.get(name)
    if (found !== undefined) return found
    throw new ServiceError(
      'not_found',
      `The namespace "${namespace}" has no deployed action "${name}".`,
    )
  }

  const actionsIn = (name: string): ActionEntity[] =>
    [...store.current().actions.values()].filter((action) => packageOf(action.name) === name)

  function build(entity: ActionEntity): void {
    const inPackage = store.current().packages.get(packageOf(entity.name))
    runnables.set(entity.name, toRunnable(entity, inPackage, store.pathOf))
  }
  for (const entity of store.current().actions.values()) build(entity)

  /**
   * Commits a change.
   *
   * @param changed - actions that are there anew, or no more; their processes end
   */
  async function commit(entities: Partial<Entities>, changed: readonly string[]): Promise<void> {
    const before = store.current()
    await store.commit({ ...before, ...entities }).catch((error: unknown) => {
      throw refuseFullDisk(error, 'service')
    })
    for (const name of changed) {
      const old = runnables.get(name)
      const oldExec = before.actions.get(name)?.exec
      const entity = store.current().actions.get(name)
      if (entity === undefined) runnables.delete(name)
      else build(entity)
      if (old === undefined || oldExec === undefined) continue
      if ('file' in old && 'folder' in oldExec) {
        // What still runs may load more of its code, and so may what was retired before with the same code.
        retired = Promise.all([retired, retire(old)])
          .then(() => store.discard(oldExec.folder))
          // What cannot be removed now will be at the next start.
          .catch(() => undefined)
      }
    }
  }

  const componentsOf = (name: string): readonly string[] | undefined => {
    const runnable = runnables.get(name)
    return runnable && 'components' in runnable ? runnable.components : undefined
  }

  return {
    packages: () => [...store.current().packages.values()],
    actions: () => [...store.current().actions.values()],
    package: findPackage,
    action: findAction,
    find: (name) => runnables.get(name),
    runnables: () => [...runnables.values()],
    code: async ({ exec, name }) =>
      'folder' in exec ? loadCode(store.pathOf(exec.folder), exec.binary, name) : undefined,

    putPackage: (name, content, overwrite) =>
      change(async () => {
        const { packages } = store.current()
        const old = packages.get(name)
        if (old !== undefined && !overwrite) throw conflict('package', name)
        const entity = editPackage(name, content, old, now())
        // Its actions inherit its parameters.
        const inherits = actionsIn(name).map((action) => action.name)
        await commit({ packages: new Map(packages).set(name, entity) }, inherits)
        return entity
      }),

    deletePackage: (name) =>
      change(async () => {
        const entity = findPackage(name)
        if (actionsIn(name).length > 0) {
          throw new ServiceError(
            'conflict',
            `The package "${name}" is not empty; its actions must be deleted first.`,
          )
        }
        const packages = new Map(store.current().packages)
        packages.delete(name)
        await commit({ packages }, [])
        return entity
      }),

    putAction: (name, content, overwrite) =>
      change(async () => {
        checkActionName(name)
        if (packageOf(name) !== '') findPackage(packageOf(name))
        const { actions } = store.current()
        const old = actions.get(name)
        if (old !== undefined && !overwrite) throw conflict('action', name)
        const exec =
          content.exec === undefined
            ? old?.exec
            : await saveExec(content.exec, { name, namespace, store, componentsOf })
        if (exec === undefined) {
          throw new ServiceError('invalid', 'exec is missing; it must be an object with a kind.')
        }
        try {
          const entity = editAction(name, content, exec, old, now())
          await commit({ actions: new Map(actions).set(name, entity) }, [name])
          return entity
        } catch (error) {
          if ('folder' in exec) await store.discard(exec.folder)
          throw error
        }
      }),

    deleteAction: (name) =>
      change(async () => {
        const entity = findAction(name)
        const actions = new Map(store.current().actions)
        actions.delete(name)
        await commit({ actions }, [name])
        return entity
      }),

    onRetired(listener) {
      retire = listener
    },
    sweep: store.sweep,
  }
}

/** As long as nothing runs them, no action has a process. */
async function nobodyRuns(): Promise<void> {}

/** The package of an action's name; an empty text for an action in none. */
export function packageOf(name: string): string {
  return name.slice(0, Math.max(name.indexOf('/'), 0))
}

function conflict(what: string, name: string): ServiceError {
  return new ServiceError(
    'conflict',
    `There is a deployed ${what} "${name}" already; ?overwrite=true replaces it.`,
  )
}
