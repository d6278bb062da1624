import { lstatSync, realpathSync, type Stats } from 'node:fs'
import path from 'node:path'
import { typeOfName } from '../../../sources/media-type.ts'
import { typeOfFile } from './asset-type.ts'
import type { Asset, MountedAssets } from './asset.ts'
import { createFolderIndex } from './folder-index.ts'

/**
 * Mounts a folder whose files are assets by their names: with or without the extension, and with or without the folders below
 * it that they are in. What changes there shows at once. Links are not followed, and what is hidden is not there.
 *
 * @param options.company - whose assets they are
 * @throws {Error} one sentence when there is no such folder, or too much is in it
 */
export function mountFolder(options: {
  readonly folder: string
  readonly company: string
}): MountedAssets {
  const { company } = options
  const folder = openFolder(options.folder)
  const index = createFolderIndex(folder)
  // A mistake is told at the start, and not to whoever asks first.
  index.all()

  function read(relative: string): Asset | undefined {
    const file = path.join(folder, relative)
    const stats = lstatSync(file, { throwIfNoEntry: false })
    return stats?.isFile() ? describe(relative, file, stats) : undefined
  }

  function describe(relative: string, file: string, stats: Stats): Asset {
    const fileName = path.posix.basename(relative)
    const mediaType = typeOfName(fileName)
    const within = path.posix.dirname(relative)
    return {
      company,
      name: index.nameOf(relative),
      folder: within === '.' ? '' : within,
      type: typeOfFile(mediaType),
      original: { path: file, name: fileName, mediaType, size: stats.size },
      isMounted: true,
      modified: stats.mtimeMs,
      version: `${relative}:${stats.mtimeMs}:${stats.size}:${stats.ino}`,
      crops: [],
      members: [],
    }
  }

  return {
    find(ofCompany, name) {
      if (ofCompany !== company) return undefined
      const relative = index.find(name)
      return relative === undefined ? undefined : read(relative)
    },
    list(ofCompany) {
      if (ofCompany !== company) return []
      return index.all().flatMap((relative) => read(relative) ?? [])
    },
  }
}

function openFolder(folder: string): string {
  const stats = lstatSync(folder, { throwIfNoEntry: false })
  const real = stats && realpathSync(folder)
  if (real === undefined || !lstatSync(real).isDirectory()) {
    throw new Error(`${folder} cannot be mounted: it must be a folder with the files to serve.`)
  }
  return real
}
