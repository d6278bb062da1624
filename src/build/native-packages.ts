import { existsSync } from 'node:fs'
import path from 'node:path'

/** In the folder of a package whose native code is compiled where it is installed, or chosen when it is loaded. */
const NATIVE = ['binding.gyp', 'prebuilds']

/**
 * Finds the packages that are not only JavaScript and WebAssembly.
 *
 * @param modules - the modules that are imported from anywhere, as absolute paths
 * @returns their names
 */
export function findNativePackages(modules: readonly string[]): string[] {
  const packages = Map.groupBy(modules, (module) => packageFolder(module))
  return [...packages].flatMap(([folder, own]) => {
    if (folder === undefined) return []
    const isNative =
      own.some((module) => module.endsWith('.node')) ||
      NATIVE.some((name) => existsSync(path.join(folder, name)))
    return isNative ? [packageName(folder)] : []
  })
}

/** The folder of the package that a file is in; undefined for a file in none. */
function packageFolder(file: string): string | undefined {
  return /^.*[/\\]node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+/.exec(file)?.[0]
}

function packageName(folder: string): string {
  const at = folder.lastIndexOf('node_modules') + 'node_modules/'.length
  return folder.slice(at).replaceAll('\\', '/')
}
