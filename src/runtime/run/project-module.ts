import { existsSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { compileFunction } from 'node:vm'

/** What a module of CommonJS finds in its scope. */
const SCOPE = ['exports', 'require', 'module', '__filename', '__dirname']

const require = createRequire(import.meta.url)

/**
 * Loads a module of a project, as what builds actions does: a `.js` is what its code says, whatever the `type` of the nearest
 * package.json, and so are those that it requires. A folder stands for the module that its package.json names, or its index.js.
 */
export async function loadProjectModule(given: string): Promise<unknown> {
  const file = isFolder(given) ? require.resolve(given) : given
  loadAsWritten()
  return isCommonJs(file) ? require(file) : import(pathToFileURL(file).href)
}

function isFolder(file: string): boolean {
  return existsSync(file) && statSync(file).isDirectory()
}

/** Has what is required from now on be CommonJS when its code is that; Node goes by the package.json alone. */
function loadAsWritten(): void {
  const load = require.extensions['.js']
  require.extensions['.js'] = (module, file) => {
    if (isCommonJs(file)) {
      Reflect.apply(Reflect.get(module, '_compile'), module, [read(file), file, 'commonjs'])
    } else {
      load?.(module, file)
    }
  }
}

/** Packages are what they say that they are. */
function isCommonJs(file: string): boolean {
  if (path.extname(file) !== '.js' || file.includes(`${path.sep}node_modules${path.sep}`)) {
    return false
  }
  const code = existsSync(file) ? read(file) : ''
  if (!/\b(?:require|exports)\b/.test(code)) return false
  try {
    // Code of ESM is none of a function.
    compileFunction(code, SCOPE)
    return true
  } catch {
    return false
  }
}

function read(file: string): string {
  return readFileSync(file, 'utf8').replace(/^#!/, '//')
}
