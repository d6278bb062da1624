import type { ShownAsset } from '../../../src/doors/page/images/asset-shapes.ts'
import { assetWords } from './asset-words.ts'

/** What an asset is, in a word: what people call its kind, such as `PDF` or `Video`. */
export function markOf({
  type,
  file,
  members,
}: Pick<ShownAsset, 'type' | 'file' | 'members'>): string {
  if (file?.type === 'application/pdf') return 'PDF'
  if (type === 'set')
    return `${assetWords.types.set} · ${assetWords.catalogue.members(members.length)}`
  return assetWords.types[type]
}
