import { readPart } from '../../../sources/open-file.ts'

/** Media types of films and sounds that are built like MP4, by their first brands. */
const BRANDS: readonly (readonly [RegExp, string])[] = [
  [/^(3g2|kddi)/, 'video/3gpp2'],
  [/^f4[vp]/i, 'video/x-f4v'],
  [/^(m4[bp]|f4[ab])/i, 'audio/mp4'],
]

/** What the first brand of a file says of its media type that its format does not; undefined when it is nothing. */
export function mediaTypeOfBrand(path: string): string | undefined {
  const start = readPart(path, 4, 8).toString('latin1')
  const brand = start.startsWith('ftyp') ? start.slice(4) : ''
  return BRANDS.find(([pattern]) => pattern.test(brand))?.[1]
}
