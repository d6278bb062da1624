import { takeFoldersAtOnce } from './folders-at-once.ts'
import { keepConnections } from './kept-connections.ts'
import { createNamespace } from './namespaces.ts'
import { fetchNearby } from './nearby-fetch.ts'

/** Whether what {@link replace} gives for something uses that; it need not be there otherwise. */
export function usesReplaced(required: string): boolean {
  return required !== 'cls-hooked'
}

/**
 * What a package of Adobe's SDK gets in place of what it requires.
 *
 * @param required - as it says it; one of those that `loading.ts` has as replaced
 * @param load - loads what it would get
 */
export function replace(required: string, load: () => unknown): unknown {
  if (required === 'cls-hooked') return { createNamespace }
  if (required === '@adobe/node-fetch-retry') return fetchNearby(() => functionOf(load()))
  if (required === 'fs-extra') return takeFoldersAtOnce(Object(load()))
  return keepConnections(functionOf(load()))
}

function functionOf(exported: unknown): CallableFunction {
  if (typeof exported !== 'function') throw new TypeError('What was required is not a function')
  return exported
}
