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
  /** The number that is tried next, by names: thousands may be called the same. */
  const next = new Map<string, number>()
  return (name) => {
    const clean = cleanName(name)
    const key = foldCase(clean)
    let given = clean
    let count = next.get(key) ?? 2
    for (; taken.has(foldCase(given)); count += 1) given = withNumber(clean, count)
    next.set(key, count)
    taken.add(foldCase(given))
    return given
  }
}

/** Puts a number before the extension of a name, which loses of its end what there is no room for then. */
function withNumber(name: string, number: number): string {
  const extension = path.extname(name)
  const letters = Array.from(name.slice(0, name.length - extension.length))
  const end = `-${number}${extension}`
  let given = cleanName(`${letters.join('')}${end}`)
  while (!given.endsWith(end) && letters.length > 0) {
    letters.pop()
    given = cleanName(`${letters.join('')}${end}`)
  }
  return given
}

/** The same for all names that some system takes for one: it has ſ for s, and ß for ss. */
function foldCase(name: string): string {
  return name.toLowerCase().toUpperCase()
}
