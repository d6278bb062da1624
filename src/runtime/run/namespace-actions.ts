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
  /** Those of the project that is served beside them. */
  readonly ofProject: ReadonlyMap<string, Action>
  readonly deployed: DeployedActions
  /** What was deployed goes before the action of the project of its name, and that one before the own one. */
  find: (name: string) => Runnable | undefined
  /** A component of a sequence, such as `/namespace/package/action`; built-in actions are in namespaces of their own. */
  findComponent: (path: string) => Runnable | undefined
}

/** Where the actions of a namespace come from. */
export interface ActionSources {
  namespace: string
  /** Its own actions, which run from where they are. */
  actions: readonly Action[]
  /** The actions of another project that is served beside them. */
  projectActions?: readonly Action[]
  /** What was deployed to the namespace. */
  deployed?: DeployedActions
  /** Actions of other namespaces that sequences may have, by their full names. */
  builtIn?: ReadonlyMap<string, BuiltInAction>
}

/** Makes the {@link NamespaceActions} of a namespace. */
export function createNamespaceActions(sources: ActionSources): NamespaceActions {
  const { namespace, builtIn } = sources
  const own = byName(sources.actions)
  const ofProject = byName(sources.projectActions ?? [])
  const deployed = sources.deployed ?? { find: () => undefined, runnables: () => [] }

  const find = (name: string): Runnable | undefined =>
    deployed.find(name) ?? ofProject.get(name) ?? own.get(name)

  return {
    own,
    ofProject,
    deployed,
    find,
    findComponent(path) {
      const [, owner = '', ...name] = path.split('/')
      const isHere = owner === namespace || owner === '_'
      return isHere ? find(name.join('/')) : builtIn?.get(path)
    },
  }
}

function byName(actions: readonly Action[]): ReadonlyMap<string, Action> {
  return new Map(actions.map((action) => [action.name, action]))
}
