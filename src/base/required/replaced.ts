import { keepConnections } from './kept-connections.ts'
import { createNamespace } from './namespaces.ts'

/**
 * What a package of Adobe's SDK gets in place of what it requires.
 *
 * @param required - as it says it; one of those that `loading.ts` has as replaced
 * @param load - loads what it would get
 */
export function replace(required: string, load: () => unknown): unknown {
  if (required === 'cls-hooked') return { createNamespace }
  const exported = load()
  return typeof exported === 'function' ? keepConnections(exported) : exported
}
