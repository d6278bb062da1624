import { manifestOf, readManifest } from '../runtime/deploy/manifest.ts'
import { builtAction } from './layout.ts'

/**
 * The names of the actions of a project that are built: those of its manifest whose `function` is a built folder.
 *
 * @returns by each name those under which it is deployed, with their packages
 * @throws {Error} one sentence naming the file and the entry that is wrong
 */
export function listActions(project: string): ReadonlyMap<string, readonly string[]> {
  const built = readManifest(manifestOf(project)).flatMap(({ name: deployed, file }) => {
    const name = builtAction(project, file)
    return name === undefined ? [] : [{ name, deployed }]
  })
  const byName = Map.groupBy(built, ({ name }) => name)
  return new Map(Array.from(byName, ([name, each]) => [name, each.map(({ deployed }) => deployed)]))
}
