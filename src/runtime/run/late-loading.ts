import Module from 'node:module'
import { createLateModule } from '../../base/late-module.ts'
import { loadTimeOf } from '../../base/late-packages.ts'

/**
 * Has this process load late what built actions load late, see {@link loadTimeOf}: what a package requires from now on, and
 * does not import.
 */
export function loadPackagesLate(): void {
  const { require } = Module.prototype
  Module.prototype.require = function requireLate(this: Module, id: string): unknown {
    const load = (): unknown => Reflect.apply(require, this, [id])
    const time = loadTimeOf(this.filename, id)
    if (time === 'at once') return load()
    return time === 'late' ? createLateModule(load) : {}
  }
}
