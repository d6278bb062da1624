import type { ShownAsset } from '../../../src/doors/page/images/asset-shapes.ts'
import { lettersOf as lettersOfFile } from '../../files/shown-file.ts'
import { imageUrl } from '../image-url.ts'

/** What of an asset a picture of it needs. */
export type Pictured = Pick<
  ShownAsset,
  'company' | 'name' | 'type' | 'version' | 'members' | 'file'
>

/** The name that requests have for an asset. */
export function objectOf({ company, name }: Pick<ShownAsset, 'company' | 'name'>): string {
  return `${company}/${name}`
}

/**
 * The address of a picture of an asset that fits into a box; of a set it is the first of its pictures.
 *
 * @param box - in pixels of the page
 * @param density - how many pixels of the screen one of those has
 * @returns undefined for what has no picture: sound, and files that are no documents
 */
export function pictureUrl(
  asset: Pictured,
  box: { readonly width: number; readonly height: number },
  density: number,
): string | undefined {
  const { type, company, version, members } = asset
  if (type === 'audio' || type === 'static' || type === 'profile') return undefined
  const [first] = members
  if (type === 'set' && first === undefined) return undefined
  const object = type === 'set' ? memberObject(company, first ?? '') : objectOf(asset)
  return imageUrl(object, commandsOf(box, density, version))
}

/** The commands for a picture that fits into a box, and changes its address with the asset. */
export function commandsOf(
  { width, height }: { readonly width: number; readonly height: number },
  density: number,
  version: string,
): string {
  const dpr = density > 1 ? [`dpr=on,${Math.min(3, Math.ceil(density))}`] : []
  // A comment, which changes nothing but the address.
  const fresh = `.v=${encodeURIComponent(version)}`
  return [`wid=${width}`, `hei=${height}`, 'fit=constrain', ...dpr, 'fmt=webp-alpha', fresh].join(
    '&',
  )
}

/** The name that requests have for a member of a set, which has that of its company or not. */
export function memberObject(company: string, member: string): string {
  return member.startsWith(`${company}/`) ? member : `${company}/${member}`
}

/** What stands for an asset without a picture, such as `MP3`. */
export function lettersOf({ file, type }: Pick<ShownAsset, 'file' | 'type'>): string {
  return lettersOfFile(file?.name ?? '') || type.toUpperCase()
}
