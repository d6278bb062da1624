import path from 'node:path'
import type { Service } from '../../compose/service.ts'
import type { Action } from '../../runtime/run/action.ts'
import { createConcernedActions, folderOf } from '../watching/concerned-actions.ts'
import { watchFiles } from '../watching/watched-files.ts'
import { readWatchedManifest, type WatchedManifest } from '../watching/watched-manifest.ts'

/** The part of a service that is watched for. */
export type WatchedService = Pick<
  Service,
  'actions' | 'manifest' | 'onLoad' | 'loadInTurn' | 'reload' | 'reloadInTurn' | 'isDeployed'
>

/**
 * Has actions loaded anew when what they are made of is saved, made or deleted: what is in their folders, and whatever they import from
 * anywhere but packages. Each is loaded once at the beginning. Tells of mistakes in the configuration, too, which is read at the start
 * of the service; those in actions are told by its log.
 *
 * @param say - tells what was done
 * @param fail - tells what is wrong
 * @returns ends it
 */
export function watchService(
  service: WatchedService,
  { say, fail }: Record<'say' | 'fail', (message: string) => void>,
): () => void {
  const { actions, manifest } = service
  const project = path.dirname(manifest)
  const concerned = createConcernedActions(actions, project)
  let configuration: WatchedManifest = readWatchedManifest(manifest)

  const files = watchFiles((changed) => {
    const found = concerned.of(changed)
    const own = found.filter(({ isIn }) => isIn).map(({ action }) => action)
    const others = found.filter(({ isIn }) => !isIn).map(({ action }) => action)
    for (const action of own) void reload(action)
    if (others.length > 0) void reloadInTurn(others)
    if (configuration.files.some((file) => changed.has(file))) lookAtConfiguration()
  })

  async function reload(action: Action): Promise<void> {
    if (await service.reload(action)) say(`reloaded ${nameAll([action])}`)
  }

  async function reloadInTurn(several: readonly Action[]): Promise<void> {
    const good = await service.reloadInTurn(several)
    if (good.length > 0) say(`reloaded ${nameAll(good)}`)
  }

  function nameAll(several: readonly Action[]): string {
    if (several.length > 1 && several.length === actions.length) return 'all actions'
    const names = several.map(({ name }) => path.basename(name))
    const [only] = names
    const isHidden = names.length === 1 && only !== undefined && service.isDeployed(only)
    return isHidden ? `${only} (its URL has the one that is deployed)` : names.join(', ')
  }

  function lookAtConfiguration(): void {
    const { mistake: before } = configuration
    configuration = readWatchedManifest(manifest, configuration.files)
    files.add(configuration.files)
    const { mistake } = configuration
    if (mistake !== undefined) fail(mistake)
    else if (before !== undefined) say(`${path.basename(manifest)} is right again`)
    else say(`${path.basename(manifest)} has changed; what it says holds from the next start on`)
  }

  service.onLoad((action, load) => {
    if (action.deployed !== undefined) return
    concerned.note(action, load)
    files.add(load.modules)
  })
  files.add(configuration.files)
  for (const action of actions) {
    const folder = folderOf(action, project)
    if (folder === undefined) files.add([action.file])
    else files.addTree(folder)
  }
  void service.loadInTurn(actions)
  return files.close
}
