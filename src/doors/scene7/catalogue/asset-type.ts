import type { AssetType } from '../../../contract/asset-types.ts'
import { formatOfMediaType } from '../../../sources/format-lookup.ts'
import { KNOWN_FORMATS } from '../../../sources/formats.ts'

/** The registered name of ICC profiles, and one that some clients have for them. */
const PROFILE = /^application\/(?:vnd\.iccprofile|x-icc)$/

/** What a file of this media type is as an asset. */
export function typeOfFile(mediaType: string): AssetType {
  if (PROFILE.test(mediaType)) return 'profile'
  const format = formatOfMediaType(mediaType)
  const group = format === undefined ? undefined : KNOWN_FORMATS[format].group
  if (group === 'picture' || group === 'page' || group === 'office') return group
  if (group === 'video' || mediaType.startsWith('video/')) return 'video'
  if (group === 'audio' || mediaType.startsWith('audio/')) return 'audio'
  return mediaType.startsWith('image/') ? 'picture' : 'static'
}
