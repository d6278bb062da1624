/**
 * What an asset of Image Serving is, by the group of its format; a set and a template have no file, a profile is one of ICC, and
 * `static` is whatever else there is.
 */
export const ASSET_TYPES = [
  'picture',
  'page',
  'office',
  'video',
  'audio',
  'set',
  'template',
  'profile',
  'static',
] as const

/** One of {@link ASSET_TYPES}. */
export type AssetType = (typeof ASSET_TYPES)[number]
