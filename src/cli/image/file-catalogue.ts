import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import type { LayerFile } from '../../engine/layers/view-order.ts'
import { type Catalogue, UNLIMITED } from '../../image-serving/catalogue.ts'

/** The files of a folder as what requests name, and those of them that were asked for. */
export interface FileCatalogue extends Catalogue {
  readonly files: () => Readonly<Record<string, LayerFile>>
}

/** Has requests name files of this machine, below `folder` or by an absolute path: whoever calls a command may read them. */
export function createFileCatalogue(folder: string): FileCatalogue {
  const asked = new Map<string, LayerFile>()
  return {
    find(name) {
      const file = path.resolve(folder, name)
      if (!existsSync(file) || !statSync(file).isFile()) return undefined
      asked.set(name, { path: file, name: path.basename(file) })
      return { object: name }
    },
    findMacro: () => undefined,
    attributes: UNLIMITED,
    files: () => Object.fromEntries(asked),
  }
}
