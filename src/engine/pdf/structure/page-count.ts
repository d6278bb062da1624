import type { PdfStructure } from './open-structure.ts'
import { isDictionary, nameOf, type PdfDictionary, PdfReference, type PdfValue } from './values.ts'

/** As many nodes of the tree of pages are looked at; beyond that it is believed in what it says. */
const MOST_NODES = 100_000

/** Deeper than any tree of pages. */
const MOST_LEVELS = 64

/**
 * Counts the pages of a document, whatever its tree says of how many they are; 0 when it has none. A page may be there more than
 * once, but what holds pages may not, since it could hold itself. The tree may be one page alone.
 */
export function countPages({ catalog, dictionary, list, resolve }: PdfStructure): number {
  const seen = new Set<number>()
  let nodes = 0

  function count(value: PdfValue | undefined, level: number): number {
    nodes += 1
    const node = dictionary(value)
    if (node === undefined || level > MOST_LEVELS) return 0
    const kids = node.get('Kids')
    if (kids === undefined) return level > 0 || isPage(node) ? 1 : 0
    if (value instanceof PdfReference) {
      if (seen.has(value.number)) return 0
      seen.add(value.number)
    }
    if (nodes > MOST_NODES) return saidCount(node)
    // Who has one may write it without its array.
    if (isDictionary(resolve(kids))) return count(kids, level + 1)
    return list(kids).reduce<number>((sum, kid) => sum + count(kid, level + 1), 0)
  }

  return count(catalog?.get('Pages'), 0)
}

function isPage(node: PdfDictionary): boolean {
  return nameOf(node.get('Type')) === 'Page' || node.has('Contents')
}

function saidCount(node: PdfDictionary): number {
  const said = node.get('Count')
  return typeof said === 'number' && said > 0 ? said : 0
}
