import path from 'node:path'
import type { ReadableStream } from 'node:stream/web'
import { ServiceError } from '../../../base/errors.ts'
import { readMediaType, typeOfName } from '../../../sources/media-type.ts'
import type { Asset, MountedAssets } from './asset.ts'
import type { KeptAssets } from './kept-assets.ts'
import { isSegment } from './object-name.ts'

/** How many names are tried for a file that must not replace another. */
const MOST_NAMES = 1000

/** A file that somebody sends, to become an asset. */
export interface SentFile {
  /** As it comes; some clients send the path that a file has with them. */
  readonly fileName: string
  /** What the client says that it is; what its name says counts where that is nothing. */
  readonly contentType: string | undefined
  readonly body: ReadableStream<Uint8Array>
  /** Without slashes at its ends; empty for the topmost. */
  readonly folder: string
  /** Whether it takes the place of an asset of its name; otherwise it gets another name. */
  readonly overwrites: boolean
  /** What it can be found by, see {@link KeptAssets.findOrigin}. */
  readonly origin?: string | undefined
}

/** How a file is called, and the asset that it becomes. */
export interface SentName {
  readonly file: string
  readonly asset: string
}

/**
 * Reads what a file is called that is sent.
 *
 * @throws {ServiceError} `invalid` when no file can be called so
 */
export function readSentName(given: string): SentName {
  const file = given.slice(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1)
  const asset = path.parse(file).name
  if (!isSegment(file) || !isSegment(asset) || file.startsWith('.')) {
    throw new ServiceError(
      'invalid',
      `${JSON.stringify(given.slice(0, 100))} is no name for a file.`,
    )
  }
  return { file, asset }
}

/**
 * Keeps a file that is sent as an asset of the name that it has without its extension.
 *
 * @param mounted - where a name may have been given already, beside those that are kept
 * @throws {ServiceError} as {@link readSentName} and {@link KeptAssets.addFile}, and `conflict` when too many are called so
 */
export async function keepSentFile(
  { kept, mounted }: { readonly kept: KeptAssets; readonly mounted?: MountedAssets | undefined },
  company: string,
  { fileName, contentType, body, folder, overwrites, origin }: SentFile,
): Promise<Asset> {
  const { file, asset } = readSentName(fileName)
  const chooseName = (isKept: (name: string) => Promise<boolean>): Promise<string> =>
    findFreeName(
      async (name) => mounted?.find(company, name) !== undefined || (await isKept(name)),
      asset,
    )
  const name = overwrites ? asset : chooseName
  const added = await kept.addFile(company, name, {
    origin,
    name: file,
    mediaType: readMediaType(contentType) ?? typeOfName(file),
    body,
  })
  return folder === '' ? added : kept.describe(company, added.name, { folder })
}

async function findFreeName(
  isTaken: (name: string) => Promise<boolean>,
  asset: string,
): Promise<string> {
  if (!(await isTaken(asset))) return asset
  for (let number = 1; number <= MOST_NAMES; number += 1) {
    const name = `${asset}-${number}`
    if (!(await isTaken(name))) return name
  }
  throw new ServiceError('conflict', `There are ${MOST_NAMES} assets called ${asset} already.`)
}
