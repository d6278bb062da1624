import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/**
 * Writes a project with actions.
 *
 * @param files - by their paths in it; package.json and a manifest.yml of the actions that are there are added
 */
export function writeProject(
  folder: string,
  files: Readonly<Record<string, string | Buffer>>,
): string {
  const actions = Object.keys(files)
    .map((file) => /^actions\/([^/]+)\//.exec(file)?.[1])
    .filter((name) => name !== undefined)
  const manifest = {
    packages: {
      own: {
        actions: Object.fromEntries(
          actions.map((name) => [name, { function: `build/actions/${name}` }]),
        ),
      },
    },
  }
  const all = {
    'package.json': JSON.stringify({ name: 'own', version: '1.2.3' }),
    'manifest.yml': JSON.stringify(manifest),
    ...files,
  }
  for (const [name, content] of Object.entries(all)) {
    const file = path.join(folder, name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
  return folder
}
