import type { Asset } from '../../catalogue/asset.ts'

/** How the files of an export come about. */
export type ExportFormat = 'orig' | 'convert'

/** What becomes of an asset in an export: it goes as it is, as a picture, or not at all. */
export type ExportWay =
  | { readonly way: 'original' | 'picture' }
  | { readonly way: 'none'; readonly why: string }

/** What pictures are made of by an export; all else goes as it is (Adobe's page about exporting assets). */
const CONVERTED: ReadonlySet<Asset['type']> = new Set(['picture', 'page', 'template'])

/**
 * Decides what becomes of an asset.
 *
 * @param type - what IPS calls it
 */
export function wayOf(
  { type: kind, original }: Pick<Asset, 'type' | 'original'>,
  type: string,
  fmt: ExportFormat,
): ExportWay {
  if (kind === 'set') return { way: 'none', why: `assets of the type ${type} cannot be exported` }
  if (fmt === 'convert' && CONVERTED.has(kind)) return { way: 'picture' }
  if (original) return { way: 'original' }
  return {
    way: 'none',
    why: `assets of the type ${type} have no original, so fmt must be convert`,
  }
}
