import { registerHooks } from 'node:module'
import { sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A specifier of a package, or of an import that a package maps to another; as opposed to a path or a URL. */
const PACKAGE = /^(?![./]|[a-z][a-z\d+.-]+:)/i

/**
 * Keeps the modules in a folder from finding packages outside of it. Node looks for packages in every folder above, and
 * above this one may be those of a project that knows nothing of what was deployed.
 *
 * @param folder - an absolute path without symbolic links
 */
export function isolateModules(folder: string): void {
  const inside = folder + sep
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const resolved = nextResolve(specifier, context)
      const isOutside =
        PACKAGE.test(specifier) &&
        isFileIn(inside, context.parentURL) &&
        resolved.url.startsWith('file:') &&
        !isFileIn(inside, resolved.url)
      if (isOutside) {
        throw Object.assign(new Error(`Cannot find module '${specifier}'`), {
          code: 'MODULE_NOT_FOUND',
        })
      }
      return resolved
    },
  })
}

function isFileIn(folder: string, url: string | undefined): boolean {
  return url?.startsWith('file:') === true && fileURLToPath(url).startsWith(folder)
}
