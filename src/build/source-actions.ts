import path from 'node:path'
import { readManifest } from '../runtime/deploy/manifest.ts'
import type { Action } from '../runtime/run/action.ts'
import { builtAction, sourceModule } from './layout.ts'

/**
 * Reads the actions of a `manifest.yml` as they run where nothing has been built: one whose function is a built folder
 * runs from what that is built from.
 *
 * @param variables - see {@link readManifest}
 * @throws {Error} one sentence naming the file and the entry that is wrong
 */
export function readSourceActions(
  manifest: string,
  variables?: Readonly<Record<string, string | undefined>>,
): Action[] {
  const project = path.dirname(path.resolve(manifest))
  return readManifest(path.resolve(manifest), variables).map((action) => {
    const name = builtAction(project, action.file)
    return name === undefined ? action : { ...action, file: sourceModule(project, name) }
  })
}
