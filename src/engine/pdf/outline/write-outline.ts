import type { Update } from '../stamp/update.ts'
import type { Bookmark } from './read-outline.ts'

/**
 * Adds bookmarks to a file (ISO 32000-1, 12.3.3).
 *
 * @param pages - the numbers of the objects of its pages, in their order
 * @returns the number of the object that has all of them
 */
export function writeOutline(
  { reserve, replace }: Update,
  bookmarks: readonly Bookmark[],
  pages: readonly number[],
): number {
  const root = reserve()

  /** Adds those below a bookmark, and tells how many of them are seen when it is open. */
  function addBelow(below: readonly Bookmark[], parent: number) {
    const numbers = below.map(() => reserve())
    let seen = numbers.length
    for (const [index, bookmark] of below.entries()) {
      const number = numbers[index]
      if (number === undefined) continue
      const inside = addBelow(bookmark.below, number)
      if (bookmark.isOpen) seen += inside.seen
      const [before, after] = [numbers[index - 1], numbers[index + 1]]
      const entries = [
        `/Title ${writeText(bookmark.title)}/Parent ${parent} 0 R`,
        goalOf(bookmark, pages),
        before === undefined ? '' : `/Prev ${before} 0 R`,
        after === undefined ? '' : `/Next ${after} 0 R`,
        inside.ends,
        inside.seen === 0 ? '' : `/Count ${bookmark.isOpen ? inside.seen : -inside.seen}`,
      ]
      replace(number, `<<${entries.join('')}>>`)
    }
    const [first, last] = [numbers[0], numbers.at(-1)]
    return { seen, ends: first === undefined ? '' : `/First ${first} 0 R/Last ${last} 0 R` }
  }

  const { seen, ends } = addBelow(bookmarks, root)
  replace(root, `<</Type/Outlines${ends}/Count ${seen}>>`)
  return root
}

function goalOf({ goes }: Bookmark, pages: readonly number[]): string {
  if (goes === undefined) return ''
  if ('url' in goes) {
    const url = goes.url.replaceAll(/[\\()]/g, '\\$&')
    return `/A<</S/URI/URI(${url})>>`
  }
  const page = pages[goes.page]
  return page === undefined ? '' : `/Dest[${page} 0 R${goes.view}]`
}

/** A text as every reader understands it (ISO 32000-1, 7.9.2.2). */
export function writeText(text: string): string {
  const bytes = Buffer.from(`\uFEFF${text.toWellFormed()}`, 'utf16le').swap16()
  return `<${bytes.toString('hex')}>`
}
