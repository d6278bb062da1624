import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import type { LayerFile } from '../../engine/layers/view-order.ts'
import { type Catalogue, UNLIMITED } from '../../image-serving/catalogue.ts'
import { RequestError } from '../../image-serving/request-error.ts'
import { type IccHeader, readIccHeader, UnusableProfile } from '../../sources/icc-header.ts'

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
    findProfile(name) {
      const file = path.resolve(folder, name)
      const { mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? {}
      if (mtimeMs === undefined || !/\.ic[cm]$/i.test(file)) return undefined
      return { object: name, path: file, version: String(mtimeMs), ...readProfile(name, file) }
    },
    findMacro: () => undefined,
    attributes: UNLIMITED,
    files: () => Object.fromEntries(asked),
  }
}

function readProfile(name: string, file: string): IccHeader {
  try {
    return readIccHeader(file)
  } catch (error) {
    if (!(error instanceof UnusableProfile)) throw error
    throw new RequestError(`icc=${name} cannot be used: it ${error.message}.`, 'icc')
  }
}
