import { createHash } from 'node:crypto'
import { shownAs } from '../shown-as.ts'
import type { AssetPage, ShownAsset } from './asset-shapes.ts'
import type { AssetFacts } from './inspected-images.ts'

/** Which assets are listed. */
export interface AssetWish {
  /** Those in this folder; with a text, those in and below it. Empty for the topmost. */
  readonly folder: string
  /** Words that are all in the name, the folder or the name of the file; empty for all. */
  readonly text: string
  /** Only those of this type; undefined for all. */
  readonly type: string | undefined
  /** The first that is told. */
  readonly from: number
}

/** How many are told at a time. */
export const ASSETS_PER_PAGE = 120

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Picks what of the assets of a company is listed, by their names as people sort them. */
export function listAssets(all: readonly AssetFacts[], wish: AssetWish): AssetPage {
  const { folder, text, type, from } = wish
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  const within = all.filter((asset) => isWithin(asset.folder, folder))
  const found = within.filter(
    (asset) =>
      (words.length > 0 ? matches(asset, words) : asset.folder === folder) &&
      (type === undefined || asset.type === type),
  )
  const sorted = found.toSorted((one, other) => collator.compare(one.name, other.name))
  const next = from + ASSETS_PER_PAGE
  return {
    assets: sorted.slice(from, next).map(toShownAsset),
    folders: words.length > 0 ? [] : foldersIn(within, folder),
    total: found.length,
    ...(next < found.length && { next }),
  }
}

/** An asset without what only its detail tells. */
export function toShownAsset(asset: AssetFacts): ShownAsset {
  const { company, name, folder, type, isMounted, modified, version, original, members } = asset
  return {
    company,
    name,
    folder,
    type,
    isMounted,
    modified,
    version: shorten(version),
    members: members.map((member) => member.asset),
    ...(original && {
      file: {
        name: original.name,
        type: original.mediaType,
        size: original.size,
        shownAs: shownAs(original.mediaType),
      },
    }),
  }
}

/** So that it fits into the address of a picture, which is another one then. */
function shorten(version: string): string {
  return createHash('sha256').update(version).digest('base64url').slice(0, 10)
}

function isWithin(place: string, folder: string): boolean {
  return folder === '' || place === folder || place.startsWith(`${folder}/`)
}

function matches({ name, folder, original }: AssetFacts, words: readonly string[]): boolean {
  const whole = `${folder}/${name} ${original?.name ?? ''}`.toLowerCase()
  return words.every((word) => whole.includes(word))
}

function foldersIn(assets: readonly AssetFacts[], folder: string): AssetPage['folders'] {
  const counts = new Map<string, number>()
  const start = folder === '' ? 0 : folder.length + 1
  for (const { folder: place } of assets) {
    if (place === folder) continue
    const [first = ''] = place.slice(start).split('/')
    const path = place.slice(0, start) + first
    counts.set(path, (counts.get(path) ?? 0) + 1)
  }
  return Array.from(counts, ([path, count]) => ({ path, count })).toSorted((one, other) =>
    collator.compare(one.path, other.path),
  )
}
