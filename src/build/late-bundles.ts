import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'esbuild'
import { loadTimeOf } from '../base/late-packages.ts'

/** Of modules that stand for others, which are in bundles of their own. */
const LATE = 'late'
/** Of modules with nothing in them. */
const NEEDLESS = 'needless'

const LATE_MODULE = fileURLToPath(new URL('../base/late-module.ts', import.meta.url))

/**
 * Keeps out of a bundle what is loaded late, see {@link loadTimeOf}: the bundle of it is loaded from beside this one when it is
 * first used.
 *
 * @param bundleOf - notes the module, and tells the name of its bundle without `.js`
 */
export function leaveLate(bundleOf: (module: string) => string): Plugin {
  return {
    name: LATE,
    setup(building) {
      building.onResolve({ filter: /^[^./]/ }, ({ importer, path, kind, namespace }) => {
        if (kind !== 'require-call' || namespace !== 'file') return undefined
        const time = loadTimeOf(importer, path)
        if (time === 'never') return { path, namespace: NEEDLESS }
        if (time === 'at once') return undefined
        return { path: createRequire(importer).resolve(path), namespace: LATE }
      })
      building.onLoad({ filter: /^/, namespace: NEEDLESS }, () => ({ contents: '' }))
      building.onLoad({ filter: /^/, namespace: LATE }, ({ path }) => ({
        contents: `const { createLateModule } = require(${JSON.stringify(LATE_MODULE)})
          module.exports = createLateModule(() => require('./${bundleOf(path)}.js'))`,
        resolveDir: building.initialOptions.absWorkingDir ?? '',
      }))
      building.onResolve({ filter: /^\.\// }, ({ path, namespace }) =>
        namespace === LATE ? { path, external: true } : undefined,
      )
    },
  }
}

/** Whether an input of a bundle is a file; there are some that were made up. */
export function isFile(input: string): boolean {
  return !input.startsWith(`${LATE}:`) && !input.startsWith(`${NEEDLESS}:`)
}
