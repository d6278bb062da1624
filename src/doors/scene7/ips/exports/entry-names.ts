import path from 'node:path'
import { cleanPath } from '../../../../engine/archive/paths.ts'

/** The extensions of what Image Serving makes. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/gif': '.gif',
  // As in the example of Adobe's page.
  'image/tiff': '.tiff',
  'image/webp': '.webp',
  'image/avif': '.avif',
  'image/jp2': '.jp2',
  'application/pdf': '.pdf',
  'image/eps': '.eps',
}

/** The name of a picture in an export: that of its asset with the extension of the format. */
export function nameOfPicture(baseName: string, mediaType: string): string {
  return `${baseName}${EXTENSIONS[mediaType] ?? ''}`
}

/** A name that every system can unpack, and that is in no folder. */
export function cleanName(name: string): string {
  return cleanPath(name.replaceAll(/[/\\]/g, '_'))
}

/**
 * Makes the names in a ZIP: each is given once, whether in small or capital letters, as Windows and macOS make no difference of
 * them. The second shoe.jpg is shoe-2.jpg.
 */
export function createEntryNames(): (name: string) => string {
  const taken = new Set<string>()
  return (name) => {
    const clean = cleanName(name)
    const extension = path.extname(clean)
    const base = clean.slice(0, clean.length - extension.length)
    let given = clean
    for (let count = 2; taken.has(given.toLowerCase()); count += 1) {
      given = cleanName(`${base}-${count}${extension}`)
    }
    taken.add(given.toLowerCase())
    return given
  }
}
