import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'esbuild'
import { loadingOf } from '../base/required/loading.ts'
import { usesReplaced } from '../base/required/replaced.ts'

/** Of modules that stand for others, which are in bundles of their own. */
const LATE = 'late'
/** Of modules that have something in the place of others. */
const REPLACED = 'replaced'
/** Of modules with nothing in them. */
const NEEDLESS = 'needless'

const LATE_MODULE = fileURLToPath(new URL('../base/required/late-module.ts', import.meta.url))
const REPLACING = fileURLToPath(new URL('../base/required/replaced.ts', import.meta.url))

/**
 * Has what packages require loaded as {@link loadingOf} says. What is loaded late is kept out of a bundle: the bundle of it is loaded
 * from beside this one when it is first used.
 *
 * @param bundleOf - notes such a module, and tells the name of its bundle without `.js`
 */
export function loadAsSaid(bundleOf: (module: string) => string): Plugin {
  return {
    name: 'required-modules',
    setup(building) {
      building.onResolve({ filter: /^[^/]/ }, ({ importer, path, kind, namespace }) => {
        if (kind !== 'require-call' || namespace !== 'file') return undefined
        const loading = loadingOf(importer, path, { isBundled: true })
        if (loading === 'at once') return undefined
        if (loading === 'never') return { path, namespace: NEEDLESS }
        const module = createRequire(importer).resolve(path)
        if (loading === 'late') return { path: module, namespace: LATE }
        return { path: module, namespace: REPLACED, pluginData: path }
      })
      building.onResolve({ filter: /^\.\// }, ({ path, namespace }) =>
        namespace === LATE ? { path, external: true } : undefined,
      )
      const resolveDir = building.initialOptions.absWorkingDir ?? ''
      building.onLoad({ filter: /^/, namespace: LATE }, ({ path }) => ({
        contents: `const { createLateModule } = require(${JSON.stringify(LATE_MODULE)})
          module.exports = createLateModule(() => require('./${bundleOf(path)}.js'))`,
        resolveDir,
      }))
      building.onLoad({ filter: /^/, namespace: REPLACED }, ({ path, pluginData: required }) => {
        const replaced = usesReplaced(required) ? `require(${JSON.stringify(path)})` : 'undefined'
        return {
          contents: `const { replace } = require(${JSON.stringify(REPLACING)})
            module.exports = replace(${JSON.stringify(required)}, () => ${replaced})`,
          resolveDir,
        }
      })
      building.onLoad({ filter: /^/, namespace: NEEDLESS }, () => ({ contents: '' }))
    },
  }
}

const MADE_UP = [LATE, REPLACED, NEEDLESS].map((namespace) => `${namespace}:`)

/** Whether an input of a bundle is a file; there are some that were made up. */
export function isFile(input: string): boolean {
  return !MADE_UP.some((start) => input.startsWith(start))
}
