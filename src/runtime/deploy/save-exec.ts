import { ServiceError } from '../../base/errors.ts'
import { refuseFullDisk } from '../../base/full-disk.ts'
import { NODE_KIND } from '../run/action.ts'
import { readCode, saveCode } from './action-code.ts'
import type { ActionContent, ActionEntity } from './entities.ts'
import type { EntityStore } from './entity-store.ts'
import { checkSequence } from './sequence-check.ts'

/**
 * Checks and keeps what an action or a sequence is to run. The code lies in a new folder, which whoever calls discards when
 * nothing comes of it.
 *
 * @param options.name - of its package and its own, or its own alone
 * @param options.componentsOf - the components of a sequence of the namespace; undefined for what is none
 * @throws {ServiceError} 400, 413, 507
 */
export async function saveExec(
  exec: NonNullable<ActionContent['exec']>,
  options: {
    name: string
    namespace: string
    store: EntityStore
    componentsOf: (name: string) => readonly string[] | undefined
  },
): Promise<ActionEntity['exec']> {
  const { name, namespace, store, componentsOf } = options
  if (exec.kind === 'sequence') {
    const own = `/${namespace}/`
    const components = (exec.components ?? []).map((path) => path.replace(/^\/_\//, own))
    checkSequence(own + name, components, (path) =>
      path.startsWith(own) ? componentsOf(path.slice(own.length)) : undefined,
    )
    return { kind: 'sequence', components }
  }
  const kind = exactKind(exec.kind)
  const code = readCode(exec)
  const folder = store.newFolder()
  try {
    await saveCode(store.pathOf(folder), code)
  } catch (error) {
    await store.discard(folder)
    throw refuseFullDisk(error, 'service')
  }
  return { kind, binary: code.binary, main: code.main, folder }
}

/** Every kind of Node.js runs on the one that is here. */
function exactKind(kind: string): string {
  if (kind === 'nodejs:default') return NODE_KIND
  if (/^nodejs:\d{1,3}$/.test(kind)) return kind
  throw new ServiceError(
    'invalid',
    `exec.kind must be ${NODE_KIND}, another nodejs, or sequence, but it is ${JSON.stringify(kind.slice(0, 60))}.`,
  )
}
