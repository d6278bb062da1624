import path from 'node:path'
import { readManifest } from '../runtime/deploy/manifest.ts'
import { builtAction } from './layout.ts'

/**
 * The names of the actions of a project that are built: those of manifest.yml whose `function` is a built folder.
 *
 * @throws {Error} one sentence naming the entry of manifest.yml that is wrong
 */
export function listActions(project: string): string[] {
  const names = readManifest(path.join(project, 'manifest.yml')).map(({ file }) =>
    builtAction(project, file),
  )
  return [...new Set(names)].filter((name) => name !== undefined)
}
