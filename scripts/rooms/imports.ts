import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** One file's import of another, by their paths from the root, such as `src/cli/start.ts`. */
export interface Import {
  readonly from: string
  readonly to: string
  /** Whether it is only loaded: as a thread, or into another process. */
  readonly loaded: boolean
}

/** The files of the house and what they import of each other. */
export interface House {
  readonly files: readonly string[]
  readonly imports: readonly Import[]
}

/**
 * Reads what the files of `src/`, `actions/`, `page/` and `worker/` import of each other: types, dynamic imports and the threads
 * that are started by `new URL('./thread.ts', import.meta.url)` included, tests and declarations of other packages not.
 * What looks like an import of a file that is not there is none (TypeScript tells of those).
 *
 * @param root - the folder that has `src/` in it
 */
export function readHouse(root: string): House {
  const files = globSync('{src,actions,page,worker}/**/*.ts', { cwd: root })
    .filter((file) => !file.endsWith('.d.ts') && !file.includes('node_modules'))
    .map((file) => file.replaceAll(path.sep, '/'))
    .toSorted()
  const known = new Set(files)
  const imports = files.flatMap((from) => {
    const text = readFileSync(path.join(root, from), 'utf8')
    const named = text.matchAll(/(\bfrom|\bimport|\bimport\(|\bnew URL\()\s*'(\.[^']+)'/g)
    return Array.from(named, ([, how = '', name = '']) => ({
      from,
      to: path.posix.join(path.posix.dirname(from), name),
      loaded: how.startsWith('new'),
    })).filter(({ to }) => known.has(to))
  })
  return { files, imports }
}
