import { mkdirSync } from 'node:fs'
import type { Prepared } from '../../deploy/compose/prepare.ts'

/** Where `prepare` puts everything in a folder; those that volumes of Docker are, are there. */
export function foldersIn(folder: {
  pathTo: (name: string) => string
}): Pick<Prepared, 'kept' | 'folders'> {
  for (const name of ['kept', 'runtimeHome']) mkdirSync(folder.pathTo(name), { recursive: true })
  return {
    kept: folder.pathTo('kept'),
    folders: {
      front: folder.pathTo('front'),
      runtime: folder.pathTo('runtime'),
      postgres: folder.pathTo('postgres'),
      store: folder.pathTo('store'),
      balancer: folder.pathTo('balancer'),
      runtimeHome: folder.pathTo('runtimeHome'),
    },
  }
}
