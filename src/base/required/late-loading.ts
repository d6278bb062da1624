import Module from 'node:module'
import { createLateModule } from './late-module.ts'
import { loadingOf } from './loading.ts'
import { replace } from './replaced.ts'

/**
 * Has this process load what packages require from now on as built actions load it, see {@link loadingOf}; what they import is loaded
 * as ever.
 */
export function loadPackagesLate(): void {
  const require: unknown = Reflect.get(Module.prototype, 'require')
  if (typeof require !== 'function')
    throw new TypeError('This Node.js has no require to stand before')
  Module.prototype.require = function requireLate(this: Module, id: string): unknown {
    const load = (): unknown => Reflect.apply(require, this, [id])
    const loading = loadingOf(this.filename, id)
    if (loading === 'late') return createLateModule(load)
    if (loading === 'replaced') return replace(id, load)
    return loading === 'never' ? {} : load()
  }
}
