import { manifestOf, readManifest } from '../runtime/deploy/manifest.ts'
import { builtAction } from './layout.ts'

/**
 * The names of the actions of a project that are built: those of its manifest whose `function` is a built folder.
 *
 * @throws {Error} one sentence naming the file and the entry that is wrong
 */
export function listActions(project: string): string[] {
  const names = readManifest(manifestOf(project)).map(({ file }) => builtAction(project, file))
  return [...new Set(names)].filter((name) => name !== undefined)
}
