import type { Asset } from '../../catalogue/asset.ts'
import { ipsTypeOf } from '../assets/ips-type.ts'
import { IpsFault } from '../ips-fault.ts'
import type { Takes } from '../schema/signatures.ts'
import { chooseValue } from './choose-value.ts'

type Search = Takes<'searchAssets'>

/** The most assets of an answer, and of one that tells next to nothing of each (r-search-assets). */
const MOST_ROWS = 1000
const MOST_SMALL_ROWS = 10_000

const SMALL_FIELDS: readonly string[] = [
  'totalRows',
  'assetArray/items/name',
  'assetArray/items/handle',
  'assetArray/items/assetHandle',
  'assetArray/items/type',
  'assetArray/items/subType',
]

const SORT_FIELDS = ['Name', 'Created', 'Modified', 'AssetType', 'FileSize'] as const

type SortField = (typeof SORT_FIELDS)[number]

/** Which of the assets that were found are told of. */
export function readRows({ recordsPerPage, resultsPage = 1, responseFieldArray }: Search): {
  readonly from: number
  readonly to: number
} {
  const isSmall =
    responseFieldArray !== undefined &&
    responseFieldArray.length > 0 &&
    responseFieldArray.every((field) => SMALL_FIELDS.includes(field.trim()))
  const most = isSmall ? MOST_SMALL_ROWS : MOST_ROWS
  const rows = recordsPerPage ?? most
  if (rows < 0 || resultsPage < 1) {
    throw new IpsFault(
      'invalidParameter',
      `resultsPage counts from 1 and recordsPerPage from 0, and they are ${resultsPage} and ${rows}.`,
    )
  }
  const size = Math.min(rows, most)
  return { from: (resultsPage - 1) * size, to: resultsPage * size }
}

/** Sorts assets as a search says; by their names unless it does, which decide as well between those that are equal. */
export function sortAssets(
  assets: readonly Asset[],
  { sortBy, sortDirection }: Search,
): readonly Asset[] {
  const field = chooseValue('sortBy', sortBy, SORT_FIELDS) ?? 'Name'
  const compare = ORDERS[field]
  const direction = chooseValue('sortDirection', sortDirection, ['Ascending', 'Descending'])
  const sign = direction === 'Descending' ? -1 : 1
  return assets.toSorted((a, b) => sign * (compare(a, b) || compareTexts(a.name, b.name)))
}

/** How assets compare by what they may be sorted by; the catalogue keeps one time of each. */
const ORDERS: Readonly<Record<SortField, (a: Asset, b: Asset) => number>> = {
  Name: (a, b) => compareTexts(a.name, b.name),
  AssetType: (a, b) => compareTexts(ipsTypeOf(a, undefined), ipsTypeOf(b, undefined)),
  FileSize: (a, b) => (a.original?.size ?? 0) - (b.original?.size ?? 0),
  Created: (a, b) => a.modified - b.modified,
  Modified: (a, b) => a.modified - b.modified,
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
