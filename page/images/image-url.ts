/**
 * The address of a picture of Image Serving.
 *
 * @param object - `COMPANY/ASSET`, or with `:CROP`
 * @param commands - as they are written into a URL, such as `wid=400&fmt=webp`
 */
export function imageUrl(object: string, commands = ''): string {
  return `/is/image/${encodeObject(object)}${commands === '' ? '' : `?${commands}`}`
}

/** The address of the original of an asset. */
export function contentUrl(object: string): string {
  return `/is/content/${encodeObject(object)}`
}

/** Slashes part the names of folders and stay; a colon before a crop does as well. */
function encodeObject(object: string): string {
  return object
    .split('/')
    .map((segment) => encodeURIComponent(segment).replaceAll('%3A', ':'))
    .join('/')
}
