import type { Action, BuiltInAction, Runnable, Sequence } from './action.ts'

/** What was deployed to a namespace, as it is run. */
export interface DeployedActions {
  /** What runs when `name` is invoked; undefined when nothing of that name is deployed. */
  find: (name: string) => Action | Sequence | undefined
  /** All that {@link DeployedActions.find} finds. */
  runnables: () => readonly (Action | Sequence)[]
}

/** Whatever a namespace can run. */
export interface NamespaceActions {
  /** Its own actions alone, which run from where they are. */
  readonly own: ReadonlyMap<string, Action>
  readonly deployed: DeployedActions
  /** What was deployed goes before the own action of its name. */
  find: (name: string) => Runnable | undefined
  /** A component of a sequence, such as `/namespace/package/action`; built-in actions are in namespaces of their own. */
  findComponent: (path: string) => Runnable | undefined
}

/** Where the actions of a namespace come from. */
export interface ActionSources {
  namespace: string
  /** Its own actions, which run from where they are. */
  actions: readonly Action[]
  /** What was deployed to the namespace. */
  deployed?: DeployedActions
  /** Actions of other namespaces that sequences may have, by their full names. */
  builtIn?: ReadonlyMap<string, BuiltInAction>
}

/** Makes the {@link NamespaceActions} of a namespace. */
export function createNamespaceActions(sources: ActionSources): NamespaceActions {
  const { namespace, builtIn } = sources
  const own = new Map(sources.actions.map((action) => [action.name, action]))
  const deployed = sources.deployed ?? { find: () => undefined, runnables: () => [] }

  const find = (name: string): Runnable | undefined => deployed.find(name) ?? own.get(name)

  return {
    own,
    deployed,
    find,
    findComponent(path) {
      const [, owner = '', ...name] = path.split('/')
      const isHere = owner === namespace || owner === '_'
      return isHere ? find(name.join('/')) : builtIn?.get(path)
    },
  }
}
