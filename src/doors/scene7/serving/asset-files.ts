import type { LayerFile } from '../../../engine/layers/view-order.ts'
import { MissingObjectError, RequestError } from '../../../image-serving/request-error.ts'
import type { Asset } from '../catalogue/asset.ts'
import type { Catalogues } from '../catalogue/catalogues.ts'
import { requireHere } from './bring-original.ts'
import type { KeptPosters } from './kept-posters.ts'

/** The file of an object, and what changes when the object does. */
export interface AssetFile {
  readonly source: LayerFile
  /** Whose file it is. */
  readonly asset: Asset
  readonly version: string
  /** In milliseconds of the epoch. */
  readonly modified: number
}

const DEEPEST_SET = 8

/**
 * Finds the file in which an object is seen: its own, or for a set that of its first member.
 *
 * @throws {@link MissingObjectError} when it is not there, {@link RequestError} when it has no file, {@link Unprepared} when that is
 *   not on this machine yet
 */
export function findAssetFile(catalogues: Catalogues, company: string, object: string): AssetFile {
  const versions: string[] = []
  let asset = demand(catalogues, company, object)
  for (let depth = 0; depth <= DEEPEST_SET; depth += 1) {
    versions.push(asset.version)
    if (asset.original) {
      requireHere(asset.original)
      const { path, name } = asset.original
      return {
        source: { path, name },
        asset,
        version: versions.join('|'),
        modified: asset.modified,
      }
    }
    const [first] = asset.members
    if (!first) break
    asset = demand(catalogues, asset.company, first.asset)
  }
  throw new RequestError(`${object} has no picture of its own: its type is ${asset.type}.`)
}

/** Finds the file in which an object is seen; throws as {@link findAssetFile} does. */
export type FindFile = (company: string, object: string) => AssetFile

/**
 * Finds the picture in which an object is seen: its file, or what is shown of one that is no picture.
 *
 * @throws also {@link Unprepared}
 */
export function createFindPicture(catalogues: Catalogues, posters: KeptPosters): FindFile {
  return (company, object) => {
    const found = findAssetFile(catalogues, company, object)
    return { ...found, source: posters.find(found.asset) ?? found.source }
  }
}

function demand(catalogues: Catalogues, company: string, object: string): Asset {
  const found = catalogues.find(company, object)
  if (!found) throw new MissingObjectError(object)
  return found.asset
}
